"""`deer`: a nonlinear recurrence without waiting for the step before, by Newton's method on the whole sequence.

s_t = f(s_{t−1}, x_t) for all t is one equation. From a guess s^k of all states, all steps are computed at once,

    J_t = ∂f/∂s at s^k_{t−1},   δ_t = J_t δ_{t−1} + [f(s^k_{t−1}, x_t) − s^k_t],   s^{k+1} = s^k + δ,

and the line for δ is affine: a scan. After k rounds the first k states are right, so T rounds suffice in exact
arithmetic; how many it takes is what is measured here.
"""

from __future__ import annotations

import copy
import math
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.derivatives import derivatives_at
from rnn_core.gradients.jacobians import exponents, recorded_derivatives, step_maps, stretches
from rnn_core.progress import report
from rnn_core.quantities import BLOCKS
from rnn_core.recurrent.cells import Weights
from rnn_core.recurrent.fused import exact_mode
from rnn_core.recurrent.inputs import State, weights_of

if TYPE_CHECKING:
    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.quantities import Cell
    from rnn_core.recurrent.trace import Trace

SOLVED = 1e-12  # an error below this counts as none
MOST_ROUNDS = 512
LARGEST_SCALE = 10.0


@dataclass(frozen=True, eq=False)
class NewtonRun:
    """What `deer` found. Index t is the position in the input, row k the state of things after k rounds.

    Attributes:
        states: (T, N), what the last round made of every state: h, of an LSTM h and c side by side.
        errors: (R + 1, T), the largest |s^k_t − s_t| / max(1, |s_t|) over the numbers of the state, against torch's own
            sequential run in float64; row 0 is the guess, zeros; inf where a state is no finite number any more.
        residuals: (R + 1,), the largest |f(s_{t−1}, x_t) − s_t| of each round, relative in the same way.
        exponent: λ, the largest Lyapunov exponent of the sequential run, in nats a step.
        loops: how far two sequential runs differ that add in another order: no solution can be nearer than this; inf
            where the states overflow.
        relu: whether it is a ReLU RNN, whose state has no bound that it could be clipped to.
    """

    states: Float64
    errors: Float64
    residuals: Float64
    exponent: float
    loops: float
    relu: bool = False

    @property
    def rounds(self) -> int | None:
        """After how many rounds every state is right; None if that was not reached."""
        right = np.flatnonzero(self.errors.max(axis=1) < SOLVED)
        return int(right[0]) if len(right) else None

    def solved(self, rounds: int) -> bool:
        """Whether the equation is solved after so many rounds, however far the states are from those in order."""
        return bool(self.residuals[rounds] < SOLVED)

    @property
    def stages(self) -> int | None:
        """How many computations had to wait for each other: each round for a step and a scan; None as `rounds`."""
        return None if self.rounds is None else self.rounds * (1 + math.ceil(math.log2(self.errors.shape[1])))


def deer(
    module: nn.RNNBase,
    inputs: Tensor | ArrayLike,
    state: State = None,
    scale: float = 1.0,
    clip: bool = False,
    layer: int = 0,
    direction: int = 0,
) -> NewtonRun:
    """How many rounds of Newton's method one sequence takes.

    All in float64. It ends when every state is right, at the latest after 2 T rounds, or 512. The affine line of a
    round is solved by substitution, which is cheaper here than a scan and gives the same within rounding.

    Args:
        module: any `nn.RNN`, `nn.LSTM` or `nn.GRU`; it stays as it is.
        inputs: one sequence, (T, D).
        state: the initial state as the module takes it; zeros where it is None.
        scale: by what W_hh is multiplied first, from 0 to 10.
        clip: after each round every number goes back to what the cell can reach: |h| ≤ 1, |c_t| ≤ t + |c_0|. The
            state of a ReLU RNN has no such bound, and one that is no number any more goes back to the guess.
        layer, direction: of which layer and direction.

    Raises:
        KiokuError: what `record` refuses, a batch, a scale out of range, or no such layer or direction.

    Source: Y. H. Lim et al., "Parallelizing non-linear sequential models over the sequence length", ICLR 2024,
    arXiv:2309.12252; λ and convergence: X. Gonzalez et al., arXiv:2508.16817.

    Example:
        >>> run = deer(nn.GRU(3, 4), torch.randn(6, 3))
        >>> run.errors.shape[1], 1 <= run.rounds <= 6
        (6, True)
    """
    scaled = _scaled(module, scale)
    given = _double(inputs)
    initial = tuple(map(_double, state)) if isinstance(state, (tuple, list)) else _double(state)
    with exact_mode():
        checked, trace, local = recorded_derivatives(scaled, given, initial, layer, direction)
        start = [part[0] for part in checked.start(layer, direction) if part is not None]
        problem = _Problem(checked.cell, local.weights, local.x[:, 0], start, _states(trace, layer, direction), clip)
        states, errors, residuals = problem.solve()
        loops = float(_distance(problem.other_loop(), problem.truth).max())
        exponent = float(exponents(local)[0])
    as_read = slice(None) if direction == 0 else slice(None, None, -1)
    return NewtonRun(states[as_read], errors[:, as_read], residuals, exponent, loops, problem.weights.relu)


def _scaled(module: nn.RNNBase, scale: float) -> nn.RNNBase:
    """A copy in float64, its W_hh multiplied."""
    if isinstance(scale, bool) or not isinstance(scale, (int, float)) or not 0 <= scale <= LARGEST_SCALE:
        raise KiokuError("deer_scale", given=repr(scale), most=LARGEST_SCALE)
    weights_of(module)  # says what it is, where it is no module
    made = copy.deepcopy(module).double()
    with torch.no_grad():
        for name, weight in made.named_parameters():
            if name.startswith("weight_hh"):
                weight.mul_(scale)
    return made


def _double(given: Any) -> Any:
    """Floats of any precision in float64; what is none stays as it is, and `check_inputs` says so."""
    if isinstance(given, Tensor):
        return given.double() if given.is_floating_point() else given
    try:
        values = np.asarray(given)
    except ValueError:  # ragged lists
        return given
    return values.astype(np.float64) if values.dtype.kind == "f" else given


def _states(trace: Trace, layer: int, direction: int) -> Float[Tensor, "T N"]:
    """What torch itself computes, in the order of reading: h, of an LSTM h and c."""
    found = trace.layers[layer][direction]
    states = np.concatenate([found[key] for key in ("hidden_state", "cell_state") if key in found], axis=1)
    return torch.tensor(states if direction == 0 else states[::-1].copy())


@dataclass(frozen=True, eq=False)
class _Problem:
    """One sequence, all in float64: x (T, D), the initial h [and c], and the states that are to be found (T, N)."""

    cell: Cell
    weights: Weights
    x: Tensor
    start: list[Tensor]
    truth: Tensor
    clip: bool

    def solve(self) -> tuple[Float64, Float64, Float64]:
        """The states (T, N) of the last round, and the errors (R + 1, T) and residuals (R + 1,) of every round."""
        guess, total = torch.zeros_like(self.truth), len(self.x)
        errors, residuals = [_distance(guess, self.truth)], []
        reach = self._reach()
        for done in range(min(2 * total, MOST_ROUNDS)):
            guess, residual = self._round(guess)
            residuals.append(residual)
            if self.clip:
                guess = torch.where(guess.isnan(), 0.0, guess).clamp(-reach, reach)
            errors.append(_distance(guess, self.truth))
            report((done + 1) / min(2 * total, MOST_ROUNDS))
            if float(errors[-1].max()) < SOLVED:
                break
        residuals.append(self._round(guess)[1])
        return guess.numpy(), np.stack([row.numpy() for row in errors]), np.array(residuals)

    def _round(self, guess: Tensor) -> tuple[Tensor, float]:
        """One round on all positions, and how far the guess was from solving the equation."""
        before = torch.cat([torch.cat(self.start)[None], guess[:-1]])  # (T, N)
        change, residual, found = torch.zeros(guess.shape[1], dtype=guess.dtype), 0.0, torch.empty_like(guess)
        for part in stretches(*guess.shape):
            local, after = derivatives_at(self.cell, self.weights, self.x[part], *self._parts(before[part]))
            gap = after - guess[part]
            residual = max(residual, float((gap.abs() / after.abs().clamp(min=1)).nan_to_num(nan=math.inf).max()))
            for t, (jacobian, own) in enumerate(zip(step_maps(local).jacobians(), gap, strict=True), part.start):
                # δ_t = J_t δ_{t−1} + [f(s^k_{t−1}, x_t) − s^k_t]
                change = torch.addmv(own, jacobian, change)
                found[t] = guess[t] + change
        return found, residual

    def _parts(self, states: Tensor) -> tuple[Tensor, Tensor | None]:
        shown = len(self.start[0])
        return states[:, :shown], states[:, shown:] if self.cell == "lstm" else None

    def _reach(self) -> Tensor:
        """The largest value that each number of the state can have, (T, N): |c_t| grows by at most 1 a step."""
        steps = torch.arange(1.0, len(self.x) + 1, dtype=self.truth.dtype)[:, None]
        bounded = not self.weights.relu and self.weights.projection is None
        parts = [torch.full((len(self.x), len(self.start[0])), 1.0 if bounded else math.inf, dtype=self.truth.dtype)]
        if self.cell == "lstm":
            parts.append(steps + self.start[1].abs())
        elif self.cell == "gru":  # an update gate that stays open keeps the initial state
            parts[0] = parts[0].maximum(self.start[0].abs())
        return torch.cat(parts, dim=1)

    def other_loop(self) -> Float[Tensor, "T N"]:
        """The sequential run once more with its units and inputs in reverse, so that every sum has another order."""
        turned, parts = _turned(self.weights, BLOCKS[self.cell]), [part.flip(0) for part in self.start]
        state, found = torch.cat(parts)[None], []
        for x_t in self.x.flip(1):
            state = derivatives_at(self.cell, turned, x_t[None], *self._parts(state))[1]
            found.append(torch.cat([part.flip(1) for part in self._parts(state) if part is not None], dim=1))
        return torch.cat(found)


def _turned(weights: Weights, blocks: int) -> Weights:
    """The weights of the same network with units and inputs in reverse order."""

    def rows(values: Tensor) -> Tensor:  # of each block for itself
        return values.view(blocks, -1, *values.shape[1:]).flip(1).reshape(values.shape)

    ih, hh = rows(weights.ih).flip(1), rows(weights.hh).flip(1)
    bias_ih, bias_hh = (None if bias is None else rows(bias) for bias in (weights.bias_ih, weights.bias_hh))
    projection = None if weights.projection is None else weights.projection.flip(0, 1)
    return Weights(ih, hh, bias_ih, bias_hh, projection, weights.relu)


def _distance(states: Tensor, truth: Tensor) -> Tensor:
    """The largest |s − s′| / max(1, |s′|) of each step, (T,); inf where a number is none."""
    return ((states - truth).abs() / truth.abs().clamp(min=1)).nan_to_num(nan=math.inf).amax(dim=1)
