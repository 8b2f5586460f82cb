"""A whole network with its settings overridden, and everything that a loss says of the words that it has read."""

from __future__ import annotations

import copy
import math
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, overload

import numpy as np
import torch
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence
from rnn_core.gradients.jacobians import step_jacobians
from rnn_core.gradients.minimal import SHARES, precise
from rnn_core.gradients.recurrent_matrix import eigenvalues, largest_singular_values, scale_recurrent
from rnn_core.gradients.singular_values import solve_largest, solve_products, sum_bounds
from rnn_core.gradients.step_eigenvalues import solve_eigenvalues
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.overrides import AWAKE, set_bias, set_forget_bias, set_recurrent_blocks
from rnn_core.models.registry import family_of
from rnn_core.models.sentence_spec import SentenceGradients, SentenceSpec, SentenceSteps
from rnn_core.recurrent.minimal import MinimalCell

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.models.language_model import NextState
    from rnn_core.text.tokenizer import Tokenizer

    Float64 = NDArray[np.float64]

DRAWN = 60  # so many steps have their eigenvalues drawn
WORK = 8e6  # steps · N³ that nobody waits for: 30 steps of 64 numbers, 4 of 128


def find_gradients(spec: SentenceSpec) -> SentenceGradients:
    """Run the network on the words and trace its loss back.

    It runs in float64, as all here does, so that what grows as much as 3²⁰⁰ still has its number.

    Raises:
        KiokuError: no such output, unit, word, layer or direction; weights that can't be loaded; numbers that are no
            longer finite.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> spec = SentenceSpec(model=ModelSpec(cell="gru", hidden=8), words=("犬", "が"), at=1, unit=0)
        >>> find_gradients(spec).by_h.shape
        (2,)
    """
    model, tokenizer = load(spec)
    module, inputs = prepare(model, tokenizer, spec)
    found, where = backpropagate(module, inputs, loss_of(model, tokenizer.outputs, spec)), (spec.layer, spec.direction)
    shares = SHARES  # a minimal cell has no W_hh
    if isinstance(module, nn.RNNBase):
        shares = f"weight_hh_l{spec.layer}{'_reverse' if spec.direction else ''}"
    return SentenceGradients(
        spec=spec,
        loss=found.loss,
        by_h=found.norms("hidden_state", *where),
        by_c=found.norms("cell_state", *where) if found.cell == "lstm" else None,
        shares=found.weight_steps(shares),
    )


def find_influence(spec: SentenceSpec) -> Float64:
    """Run the network on the words: ‖∂h_t/∂x_s‖, (T, T), read-only, where x is the layer's own input; of no loss.

    Raises:
        KiokuError: no such layer or direction; weights that can't be loaded; numbers that are no longer finite.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> find_influence(SentenceSpec(model=ModelSpec(cell="gru", hidden=8), words=("犬", "が"), at=1, unit=0)).shape
        (2, 2)
    """
    module, inputs = prepare(*load(spec), spec)
    found = influence(module, inputs, "input", spec.layer, spec.direction)
    found.flags.writeable = False  # all readers share it
    return found


def find_steps(spec: SentenceSpec) -> SentenceSteps:
    """Run the network on the words: what each of its steps can do to a gradient on its way back from the loss.

    Raises:
        KiokuError: no such layer or direction; weights that can't be loaded; numbers that are no longer finite.

    Example:
        >>> from rnn_core.specs import ModelSpec
        >>> spec = SentenceSpec(model=ModelSpec(cell="gru", hidden=8), words=("犬", "が"), at=1, unit=0)
        >>> find_steps(spec).steps.shape
        (2, 8)
    """
    module, inputs = prepare(*load(spec), spec)
    where, every = (spec.layer, spec.direction), _every(len(spec.words), _size(module))
    jacobians = step_jacobians(module, inputs, None, *where)
    stretch, products, bounds = _stretched(jacobians, spec, every)
    blocks, widths = {}, {}  # a minimal cell has no W_hh
    if isinstance(module, nn.RNNBase):
        blocks, widths = eigenvalues(module, *where), largest_singular_values(module, *where)
    return SentenceSteps(
        spec=spec,
        blocks=blocks,
        widths=widths,
        steps=_sparse(jacobians, every),
        stretch=stretch,
        products=products,
        bounds=bounds,
        every=every,
    )


def prepare(model: NextState, tokenizer: Tokenizer, spec: SentenceSpec) -> tuple[nn.RNNBase | MinimalCell, Float64]:
    """The recurrent part of a network with what `spec` overrides, and the words as it takes them, (T, E)."""
    with torch.inference_mode():
        inputs = model.embedding(torch.tensor(tokenizer.encode(spec.words))).double().numpy()
    return with_overrides(model.recurrent, spec), inputs


def load(spec: SentenceSpec) -> tuple[NextState, Tokenizer]:
    """The network that is asked for, which stays as it is, and how it reads.

    Raises:
        KiokuError: weights that can't be loaded.
    """
    family = family_of(spec.model)
    return family.memoized(spec.model), family.tokenizer(spec.model)


def _size(module: nn.RNNBase | MinimalCell) -> int:
    """N, how many numbers a state is: an LSTM's is h and c."""
    return module.hidden_size * (2 if isinstance(module, nn.LSTM) else 1)


def _every(steps: int, size: int) -> int:
    """Of how many steps one has its eigenvalues; a multiple of what the drawing of so many steps leaves out."""
    drawn = math.ceil(steps / DRAWN)
    return drawn * math.ceil(steps / drawn * size**3 / WORK)


def _sparse(jacobians: Float64, every: int) -> NDArray[np.complex128]:
    """The eigenvalues of the Jacobian of one step in `every`, (T, N); NaN in the others."""
    found = np.full(jacobians.shape[:2], np.nan, dtype=np.complex128)
    found[::every] = solve_eigenvalues(jacobians[::every])
    return found


def _stretched(jacobians: Float64, spec: SentenceSpec, every: int) -> tuple[Float64, Float64, Float64]:
    """What `SentenceSteps` has as `stretch`, `products` and `bounds`."""
    turn = slice(None, None, -1 if spec.direction else 1)  # from the sentence's order to that of reading, and back
    read, at = jacobians[turn], len(jacobians) - 1 - spec.at if spec.direction else spec.at
    places = [*range(0, at, every), at]
    found = np.full((3, len(read)), np.nan)
    stretch = found[0, places[:-1]] = solve_largest(read[[place + 1 for place in places[:-1]]])
    found[1, places] = solve_products(read, at, places)
    found[2, places] = sum_bounds(stretch, places)
    stretch, products, bounds = found[:, turn]
    return stretch, products, bounds


@overload
def with_overrides(module: nn.RNNBase, spec: SentenceSpec) -> nn.RNNBase: ...
@overload
def with_overrides(module: nn.RNNBase | MinimalCell, spec: SentenceSpec) -> nn.RNNBase | MinimalCell: ...
def with_overrides(module: nn.RNNBase | MinimalCell, spec: SentenceSpec) -> nn.RNNBase | MinimalCell:
    """A copy in float64 with what `spec` overrides: first the matrix, then its radius, then the gate's bias."""
    if isinstance(module, MinimalCell):  # which has none of them
        return precise(module)
    copied = _with_nonlinearity(module, spec.nonlinearity)
    _start(copied, spec)
    if spec.rho is not None:
        copied = scale_recurrent(copied, spec.rho)
    if spec.forget_bias is not None and isinstance(copied, nn.LSTM):
        set_forget_bias(copied, spec.forget_bias)
    return copied


def _with_nonlinearity(module: nn.RNNBase, nonlinearity: str) -> nn.RNNBase:
    if not isinstance(module, nn.RNN) or module.nonlinearity == nonlinearity:
        return copy.deepcopy(module).double()
    with InitialValues(seed=0):  # overwritten below
        copied = nn.RNN(
            module.input_size,
            module.hidden_size,
            module.num_layers,
            nonlinearity=nonlinearity,
            bias=module.bias,
            batch_first=module.batch_first,
            bidirectional=module.bidirectional,
            dtype=torch.float64,
        )
    copied.load_state_dict(module.state_dict())
    return copied


def _start(module: nn.RNNBase, spec: SentenceSpec) -> None:
    """Put the wanted matrix in the place of each block of W_hh."""
    if spec.start == "own":
        return
    set_recurrent_blocks(module, spec.start, runtime.generator(spec.model.seed))
    if spec.start == "identity" and spec.nonlinearity == "relu" and isinstance(module, nn.RNN):
        set_bias(module, AWAKE)


def loss_of(model: NextState, outputs: Sequence[str], spec: SentenceSpec) -> Callable[[Tensor], Tensor]:
    """The loss as a function of the last layer's states, (T, directions · H).

    Raises:
        KiokuError: no such output, unit or word.
    """
    if spec.at >= len(spec.words):
        raise KiokuError("no_such_place", field="at", given=spec.at, last=len(spec.words) - 1)
    if spec.output is None:
        units = model.recurrent.hidden_size * (1 + model.recurrent.bidirectional)
        if spec.unit is None or spec.unit >= units:
            raise KiokuError("no_such_place", field="unit", given=spec.unit, last=units - 1)
        return lambda states: states[spec.at, spec.unit]
    if spec.output not in outputs:
        raise KiokuError("no_such_output", given=spec.output)
    which, precise = outputs.index(spec.output), copy.deepcopy(model).double()
    return lambda states: -torch.log_softmax(precise.scores(states[spec.at]), dim=-1)[which]
