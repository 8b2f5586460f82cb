"""How one step hands a change on: the Jacobians between neighbouring states, and what they do in the long run.

The state of an RNN or GRU is h; that of an LSTM is h and c side by side. N is its size: H, or P + H for an LSTM.
A change of the state runs forward through `StepMaps`, as rows that are multiplied step by step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.gradients.derivatives import LocalDerivatives, local_derivatives
from rnn_core.gradients.minimal import kept
from rnn_core.recurrent.directions import within
from rnn_core.recurrent.fused import exact_mode
from rnn_core.recurrent.inputs import State, check_inputs
from rnn_core.recurrent.minimal import MinimalCell
from rnn_core.recurrent.recording import record

if TYPE_CHECKING:
    from collections.abc import Iterator

    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.recurrent.inputs import CheckedModule
    from rnn_core.recurrent.trace import Trace


ALL = slice(None)
AT_ONCE = 1 << 22  # numbers of Jacobians that are in memory together
Parts: TypeAlias = tuple[Tensor, ...]  # a state's change: of h alone, or of h and of an LSTM's c


@dataclass(frozen=True, eq=False)
class StepMaps:
    """Each step of one sequence as linear maps on small changes, in the order of reading.

    Attributes:
        through: (T, N₁, P), from h_{t−1} to h_t; for an LSTM to c_t.
        entry: (T, D, N₁), from x_t to the same, row by row what one input changes.
        carry, by_cell: (T, H), ∂c_t/∂c_{t−1} and ∂m_t/∂c_t; LSTM only, as all that follows.
        gate_through, gate_entry: (T, H, P) and (T, D, H), from h_{t−1} and x_t to m_t through the output gate alone.
        projection: (P, H), from m_t to h_t, where there is one.
    """

    through: Float[Tensor, "T H P"]
    entry: Float[Tensor, "T D H"]
    carry: Float[Tensor, "T H"] | None = None
    by_cell: Float[Tensor, "T H"] | None = None
    gate_through: Float[Tensor, "T H P"] | None = None
    gate_entry: Float[Tensor, "T D H"] | None = None
    projection: Float[Tensor, "P H"] | None = None

    @property
    def visible(self) -> int:
        """P, how many of the state's N numbers are h."""
        return self.through.shape[2]

    @property
    def size(self) -> int:
        """N, the size of the state."""
        return sum(self.sizes)

    @property
    def sizes(self) -> tuple[int, ...]:
        """How many numbers each part of the state has."""
        return (self.visible,) if self.carry is None else (self.visible, self.carry.shape[1])

    def source_jacobian(self, source: str) -> Parts:
        """∂(state at t)/∂(x_t, h_t or c_t), transposed, (T, M, ·): row by row one number of the source."""
        if source == "input":
            return self._state(self.entry, self.gate_entry)
        steps, like = len(self.through), self.through
        if source == "hidden":
            rows = torch.eye(self.visible, dtype=like.dtype).expand(steps, -1, -1)
            return (rows, *(like.new_zeros(steps, self.visible, size) for size in self.sizes[1:]))
        rows = torch.eye(self.sizes[1], dtype=like.dtype).expand(steps, -1, -1)
        return self._state(rows, torch.zeros_like(rows))

    def joined_source_jacobian(self, source: str) -> Float[Tensor, "T M N"]:
        """The same with the parts of the state side by side."""
        return torch.cat(self.source_jacobian(source), dim=2)

    def jacobians(self) -> Float[Tensor, "T N N"]:
        """∂(state at t)/∂(state at t − 1)."""
        if self.carry is None or self.gate_through is None:
            return self.through
        by_c = torch.diag_embed(self.carry)  # (T, H, H)
        h = self._state(self.through.mT, self.gate_through.mT)
        c = self._state(by_c, torch.zeros_like(by_c))
        return torch.cat([torch.cat(h, dim=2), torch.cat(c, dim=2)], dim=1).transpose(1, 2)

    def _state(self, change: Tensor, gate_change: Tensor | None) -> Parts:
        """Rows (T, M, ·) of the state from what changes h, or for an LSTM c and, at c held, m: (T, M, ·)."""
        if self.by_cell is None or gate_change is None:
            return (change,)
        # ∂m_t = o-gate's part + ∂m_t/∂c_t ⊙ ∂c_t, ∂h_t = W_hr ∂m_t
        m = torch.addcmul(gate_change, self.by_cell[:, None], change)  # (T, M, H)
        return (m if self.projection is None else m @ self.projection.T, change)

    def propagate(self, t: int, rows: Parts, out: Tensor) -> None:
        """Take changes of the state at t − 1 to the state at t, row by row: of h into `out`, of c in place.

        Shapes: rows (R, P) and, of an LSTM, (R, H); out (R, P).
        """
        h = rows[0]
        if self.carry is None or self.by_cell is None or self.gate_through is None:
            torch.mm(h, self.through[t].T, out=out)
            return
        c = rows[1].mul_(self.carry[t]).addmm_(h, self.through[t].T)
        if self.projection is None:
            torch.mm(h, self.gate_through[t].T, out=out).addcmul_(c, self.by_cell[t])
        else:
            torch.mm(torch.addcmul(h @ self.gate_through[t].T, c, self.by_cell[t]), self.projection.T, out=out)


def step_maps(local: LocalDerivatives, dtype: torch.dtype = torch.float64, steps: slice = ALL) -> StepMaps:
    """The maps of the one sequence that these derivatives are of, or of some of its steps, in `dtype`."""
    by_input, by_state = (values[steps, 0].to(dtype) for values in (local.by_input, local.by_state))  # (T, G, H)
    carry, (gates, units) = local.carry[steps, 0].to(dtype), by_input.shape[1:]  # (T, H)
    w_ih, w_hh = (w.to(dtype).view(gates, units, -1) for w in (local.weights.ih, local.weights.hh))  # (G, H, ·)
    by_row = w_ih.mT.contiguous()  # (G, D, H)
    if local.by_cell is None:
        through = _sum(by_state[:, :, :, None], w_hh)
        through.diagonal(dim1=1, dim2=2).add_(carry)
        return StepMaps(through, _sum(by_input[:, :, None], by_row))
    projection = local.weights.projection
    return StepMaps(
        _sum(by_state[:, :3, :, None], w_hh[:3]),
        _sum(by_input[:, :3, None], by_row[:3]),
        carry,
        local.by_cell[steps, 0].to(dtype),
        by_state[:, 3, :, None] * w_hh[3],
        by_input[:, 3, None] * by_row[3],
        None if projection is None else projection.to(dtype),
    )


def _sum(slope: Tensor, weight: Tensor) -> Tensor:
    """Σ over the gates of slope ⊙ W: slope (T, G, ·, ·) against weight (G, ·, ·)."""
    total = slope[:, 0] * weight[0]
    for gate in range(1, len(weight)):
        total.addcmul_(slope[:, gate], weight[gate])
    return total


def step_jacobians(
    module: nn.RNNBase | MinimalCell,
    inputs: Tensor | ArrayLike,
    state: State = None,
    layer: int = 0,
    direction: int = 0,
) -> Float64:
    """∂(state at t)/∂(state one step before) at each step of one sequence.

    Shapes: (T, H, H) for an RNN or GRU, and for a minGRU or minLSTM, where all but the diagonal is 0. For an LSTM the
    state is h and c side by side, (T, P + H, P + H): its first P rows and columns are ∂h_t/∂h_{t−1} with c held.
    float64. Index t is the position in the input; in the backward direction the step before is the one at t + 1. The
    singular values are `numpy.linalg.svd(…, compute_uv=False)`.

    Raises:
        KiokuError: what `record` refuses, a batch, or no such layer or direction.

    Example:
        >>> import torch
        >>> step_jacobians(torch.nn.LSTM(3, 4), torch.randn(6, 3)).shape
        (6, 8, 8)
    """
    found: Float64
    if isinstance(module, MinimalCell):
        found = torch.diag_embed(kept(module, torch.as_tensor(inputs))[:, 0]).numpy()
        return found
    maps = sequence_maps(module, inputs, state, layer, direction)
    found = maps.jacobians().numpy()
    return found if direction == 0 else found[::-1]


def sequence_maps(
    module: nn.RNNBase,
    inputs: Tensor | ArrayLike,
    state: State,
    layer: int,
    direction: int,
) -> StepMaps:
    """The step maps of one direction of one layer on one sequence, in float64.

    Raises:
        KiokuError: what `record` refuses, a batch, or no such layer or direction.
    """
    with exact_mode():
        return step_maps(sequence_derivatives(module, inputs, state, layer, direction))


def sequence_derivatives(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State, layer: int, direction: int
) -> LocalDerivatives:
    """The derivatives that they are made of.

    Raises:
        KiokuError: what `record` refuses, a batch, or no such layer or direction.
    """
    return recorded_derivatives(module, inputs, state, layer, direction)[2]


def recorded_derivatives(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State, layer: int, direction: int
) -> tuple[CheckedModule, Trace, LocalDerivatives]:
    """The same with the module as it was checked and what was recorded of it.

    Raises:
        KiokuError: as `sequence_derivatives`.
    """
    checked = check_inputs(module, inputs, state)
    if checked.batched:
        raise KiokuError("influence_batch", size=module.input_size, shape=str(tuple(np.shape(inputs))))
    layer, direction = within("layer", layer, len(checked.layers)), within("direction", direction, checked.directions)
    trace = record(module, inputs, state)
    return checked, trace, local_derivatives(checked, trace, layer, direction)


def lyapunov_exponents(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State = None, layer: int = 0, direction: int = 0
) -> Float64:
    """How fast small changes of the state grow (> 0) or shrink (< 0) along this one sequence, per step.

    Shapes: (N,), the largest first, in nats a step: N = H, for an LSTM P + H. −inf where a direction is lost entirely.
    It is an estimate over the T steps that there are, from the QR decompositions of the Jacobians; of the infinite
    sequence only when T is large.

    Raises:
        KiokuError: what `record` refuses, a batch, or no such layer or direction.

    Source: G. Benettin et al., Meccanica 15 (1980) 9; for recurrent networks R. Vogt et al., Frontiers in Applied
    Mathematics and Statistics 8 (2022) 818799.

    Example:
        >>> import torch
        >>> module = torch.nn.RNN(1, 1, nonlinearity="relu", bias=False)
        >>> with torch.no_grad():
        ...     _ = module.weight_hh_l0.fill_(0.5), module.weight_ih_l0.fill_(1.0)
        >>> lyapunov_exponents(module, torch.ones(9, 1)).round(4).tolist()  # log 0.5
        [-0.6931]
    """
    with exact_mode():
        return exponents(sequence_derivatives(module, inputs, state, layer, direction))


def exponents(local: LocalDerivatives) -> Float64:
    """The same from the derivatives of the sequence: (N,), the largest first."""
    size = state_size(local)
    frame, growth = np.eye(size), np.zeros(size)
    with np.errstate(divide="ignore"):
        for steps in stretches(len(local.x), size):
            for jacobian in step_maps(local, steps=steps).jacobians().numpy():
                frame, upper = np.linalg.qr(jacobian @ frame)
                growth += np.log(np.abs(np.diag(upper)))
    found: Float64 = np.sort(growth / len(local.x))[::-1]
    return found


def state_size(local: LocalDerivatives) -> int:
    """N, how many numbers the state has."""
    return local.before.shape[2] + (0 if local.by_cell is None else local.carry.shape[2])


def stretches(steps: int, size: int) -> Iterator[slice]:
    """All steps, as many at a time as their Jacobians, N × N each, fit into `AT_ONCE` numbers."""
    stretch = max(1, AT_ONCE // size**2)
    for first in range(0, steps, stretch):
        yield slice(first, min(first + stretch, steps))
