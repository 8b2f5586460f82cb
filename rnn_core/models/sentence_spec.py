"""What is asked of a loss on its way back through a sentence, and what was found: readable without torch."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from itertools import cycle, islice
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from pydantic import Field

from rnn_core.specs import ModelSpec, RecurrentSpec, Spec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.gradients.way_back import WayBack

    Float64 = NDArray[np.float64]
    Complex = NDArray[np.complex128]

MAX_WORDS = 200
MAX_RADIUS = 3
JACOBIANS = 10_000_000  # numbers in those of all steps: 80 MB
GROWS, UNIT = 1.1, 0  # ρ of the ReLU network that explodes; the unit read


class SentenceSpec(Spec):
    """A network, what is overridden in it, the words that it reads, and the loss that is traced back.

    Attributes:
        model: which network. A minGRU or minLSTM has no W_hh and no forget bias of its own: what would override them
            does nothing.
        words: what it reads.
        output: the loss is −log of the probability of this output after the word at `at`; None where a unit is read.
        unit: the loss is this unit of h at that word, 0-based.
        at: the word (0-based) at which the loss reads the state.
        start: "identity" and "orthogonal" put such a matrix in the place of each block of W_hh; an identity under a
            ReLU gets the bias 1 too, so that its units begin awake.
        nonlinearity: of an RNN; the gated cells have none to choose.
        rho: the spectral radius that W_hh is scaled to, None for its own.
        forget_bias: what an LSTM's forget gate has as its bias, None for its own.
        layer, direction: of the recurrent layer that is looked at, 0-based; what is overridden, is so in all of them.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.
    """

    model: RecurrentSpec
    words: tuple[str, ...] = Field(min_length=1, max_length=MAX_WORDS)
    at: int = Field(ge=0, lt=MAX_WORDS)
    output: str | None = None
    unit: int | None = Field(default=None, ge=0)
    start: Literal["own", "identity", "orthogonal"] = "own"
    nonlinearity: Literal["tanh", "relu"] = "tanh"
    rho: float | None = Field(default=None, ge=0, allow_inf_nan=False)
    forget_bias: float | None = Field(default=None, allow_inf_nan=False)
    layer: int = Field(default=0, ge=0)
    direction: int = Field(default=0, ge=0, le=1)


@dataclass(frozen=True, eq=False)
class SentenceGradients:
    """What a loss says of every step: T words. Everything in float64, read-only.

    Attributes:
        spec: what was asked.
        loss: L itself.
        by_h: ‖∂L/∂h_t‖, (T,).
        by_c: ‖∂L/∂c_t‖ of an LSTM, (T,).
        shares: the norm of each step's own share of ∂L/∂W_hh, (T,); of a minGRU or minLSTM, which has none, of ∂L/∂W_x.
    """

    spec: SentenceSpec
    loss: float
    by_h: Float64
    by_c: Float64 | None
    shares: Float64

    def __post_init__(self) -> None:
        _freeze(self.by_h, self.by_c, self.shares)

    def in_order_of_reading(self) -> SentenceGradients:
        """The same in the order in which the layer's direction reads: for the backward one the last word is first."""
        if not self.spec.direction:
            return self
        by_c = None if self.by_c is None else self.by_c[::-1].copy()
        return replace(self, by_h=self.by_h[::-1].copy(), by_c=by_c, shares=self.shares[::-1].copy())


@dataclass(frozen=True, eq=False)
class SentenceSteps:
    """What each step can do to a gradient: T words, H units, N numbers a state. Everything in float64, read-only.

    Attributes:
        spec: what was asked.
        blocks: the eigenvalues of each block of W_hh, (H,); nothing of a minGRU or minLSTM.
        widths: the largest singular value of each block of W_hh.
        steps: the eigenvalues of the Jacobian of each step, (T, N); of one step in `every`, NaN in the others.
        stretch: by the word at which the gradient arrives, the largest singular value of the step that it has then
            come back, (T,): the most by which that step can stretch a gradient.
        products: log₁₀ of the largest singular value of all steps from the loss back to each word together, (T,).
        bounds: log₁₀ of the product of their `stretch`, (T,): what they could do at most. Where `every` is more than 1,
            each value stands for the steps that were not computed too.
        every: 1, or more where all of them would take long.

    `steps`, `stretch`, `products` and `bounds` are NaN where they were not computed, and the last three after the loss.
    """

    spec: SentenceSpec
    blocks: Mapping[str, Complex]
    widths: Mapping[str, float]
    steps: Complex
    stretch: Float64
    products: Float64
    bounds: Float64
    every: int = 1

    def __post_init__(self) -> None:
        for name in ("blocks", "widths"):
            object.__setattr__(self, name, MappingProxyType(dict(getattr(self, name))))
        _freeze(self.steps, self.stretch, self.products, self.bounds, *self.blocks.values())

    def in_order_of_reading(self) -> SentenceSteps:
        """The same in the order in which the layer's direction reads."""
        if not self.spec.direction:
            return self
        stretch, products, bounds = (one[::-1].copy() for one in (self.stretch, self.products, self.bounds))
        return replace(self, steps=self.steps[::-1].copy(), stretch=stretch, products=products, bounds=bounds)


def _freeze(*arrays: NDArray[np.generic] | None) -> None:
    for array in arrays:
        if array is not None:
            array.flags.writeable = False


@dataclass(frozen=True, eq=False)
class SentenceWay:
    """A loss on its way back through one direction of one layer, in the order in which that reads; float64.

    In the layer that the loss reads, what is left at a step is all of ∂L/∂s_t. Into a lower one more comes down from
    above at each step; this is what has come through this layer itself.

    Attributes:
        spec: what was asked.
        loss: L itself.
        way: what is left at each step up to that of the loss, and what each step does.
        total: the norm of ∂L/∂W, of all parameters of this direction of this layer as one vector.
        road: of an LSTM, log₁₀ of what comes back along c alone, as a share of the same as in `way`, (at + 1,).
        gate: of an LSTM, the mean of each step's forget gate, (at + 1,).
    """

    spec: SentenceSpec
    loss: float
    way: WayBack
    total: float
    road: Float64 | None = None
    gate: Float64 | None = None

    def decades(self, size: float) -> float | None:
        """A size as log₁₀ of its share of ‖∂L/∂s‖ at the loss, like `way.decades`; None where one of them is 0."""
        return math.log10(size) - math.log10(self.way.size) if size > 0 and self.way.size > 0 else None


def most_steps(model: RecurrentSpec) -> int:
    """How many steps of a network are traced back: the Jacobians of all of them are in memory at once.

    Example:
        >>> most_steps(ModelSpec(cell="lstm", hidden=16)), most_steps(ModelSpec(cell="lstm", hidden=256))
        (9765, 38)
    """
    state = model.hidden * (2 if model.cell == "lstm" else 1)
    return JACOBIANS // state**2


def continued(words: Sequence[str], length: int) -> tuple[str, ...]:
    """The words, over and over again, until there are `length`; never fewer than there were.

    Example:
        >>> continued(("a", "b"), 5), continued(("a", "b"), 1)
        (('a', 'b', 'a', 'b', 'a'), ('a', 'b'))
    """
    return tuple(islice(cycle(words), max(length, len(words)))) if words else ()


def exploding(words: Sequence[str]) -> SentenceSpec:
    """A setting in which what comes back grows: a ReLU network of 16 units with W_hh = 1.1 · I, every unit awake.

    Found by search; `test_sentence_gradients.py` measures the growth, 100-fold and more over 50 steps.
    """
    model = ModelSpec(cell="rnn", hidden=16, weights="fresh")
    at = len(words) - 1
    return SentenceSpec(
        model=model, words=tuple(words), at=at, unit=UNIT, start="identity", nonlinearity="relu", rho=GROWS
    )
