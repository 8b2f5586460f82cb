"""How one step hands a change on: the Jacobians between neighbouring states, and what they do in the long run.

The state of an RNN or GRU is h; that of an LSTM is h and c side by side. N is its size: H, or P + H for an LSTM.
A change of the state runs forward through `StepMaps`, as rows that are multiplied step by step.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from numpy.typing import ArrayLike
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.guests import State, welcome
from rnn_core.places import within
from rnn_core.recording import record
from rnn_core.slopes import Slopes, linearise

if TYPE_CHECKING:
    from jaxtyping import Float

    from rnn_core.gradient_trace import Float64


@dataclass(frozen=True, eq=False)
class StepMaps:
    """Each step of one sequence as linear maps on small changes, in the order of reading.

    Attributes:
        through: (T, N₁, P), from h_{t−1} to h_t; for an LSTM to c_t.
        entry: (T, N₁, D), from x_t to the same.
        keep, shown: (T, H), ∂c_t/∂c_{t−1} and ∂m_t/∂c_t; LSTM only, as all that follows.
        gate_through, gate_entry: (T, H, P) and (T, H, D), from h_{t−1} and x_t to m_t through the output gate alone.
        projection: (P, H), from m_t to h_t, where there is one.
    """

    through: Float[Tensor, "T H P"]
    entry: Float[Tensor, "T H D"]
    keep: Float[Tensor, "T H"] | None = None
    shown: Float[Tensor, "T H"] | None = None
    gate_through: Float[Tensor, "T H P"] | None = None
    gate_entry: Float[Tensor, "T H D"] | None = None
    projection: Float[Tensor, "P H"] | None = None

    @property
    def visible(self) -> int:
        """P, how many of the state's N columns are h."""
        return self.through.shape[2]

    @property
    def size(self) -> int:
        """N, the size of the state."""
        return self.visible + (0 if self.keep is None else self.keep.shape[1])

    def to(self, dtype: torch.dtype) -> StepMaps:
        """The same in `dtype`."""
        rest = (self.keep, self.shown, self.gate_through, self.gate_entry, self.projection)
        return StepMaps(
            self.through.to(dtype), self.entry.to(dtype), *(None if part is None else part.to(dtype) for part in rest)
        )

    def starts(self, source: str) -> Float[Tensor, "T M N"]:
        """The state's answer to x_t, h_t or c_t at its own step: row by row one component of the source."""
        if source == "input":
            return self._state(self.entry, self.gate_entry)
        rows = torch.eye(self.size, dtype=self.through.dtype)
        if source == "hidden":
            return rows[: self.visible].expand(len(self.through), -1, -1)
        changed = self.through.new_zeros(len(self.through), self.size - self.visible, 1)
        return self._state(rows[self.visible :, self.visible :] + changed, 0 * rows[self.visible :, self.visible :])

    def jacobians(self) -> Float[Tensor, "T N N"]:
        """∂(state at t)/∂(state at t − 1)."""
        if self.keep is None:
            return self.through
        nothing = torch.zeros_like(torch.diag_embed(self.keep))
        by_h = self._state(self.through, self.gate_through)  # (T, P, N)
        by_c = self._state(torch.diag_embed(self.keep), nothing)  # (T, H, N)
        return torch.cat([by_h, by_c], dim=1).transpose(1, 2)

    def _state(self, change: Tensor, gate_change: Tensor | None) -> Tensor:
        """Rows (T, M, N) from what changes h, or for an LSTM c and, at c held, m: (T, ·, M)."""
        if self.shown is None or gate_change is None:
            return change.transpose(1, 2)
        # ∂m_t = o-gate's part + ∂m_t/∂c_t ⊙ ∂c_t, ∂h_t = W_hr ∂m_t
        m = (gate_change + self.shown[:, :, None] * change).transpose(1, 2)  # (T, M, H)
        return torch.cat([m if self.projection is None else m @ self.projection.T, change.transpose(1, 2)], dim=2)

    def advance(self, t: int, rows: Float[Tensor, "M N"], out: Float[Tensor, "M N"]) -> None:
        """Take changes of the state at t − 1 to the state at t, row by row."""
        h, c = rows[:, : self.visible], rows[:, self.visible :]
        if self.keep is None or self.shown is None or self.gate_through is None:
            torch.mm(h, self.through[t].T, out=out)
            return
        new_h, new_c = out[:, : self.visible], out[:, self.visible :]
        torch.mul(c, self.keep[t], out=new_c).addmm_(h, self.through[t].T)
        if self.projection is None:
            torch.mm(h, self.gate_through[t].T, out=new_h).addcmul_(new_c, self.shown[t])
        else:
            torch.mm(torch.addcmul(h @ self.gate_through[t].T, new_c, self.shown[t]), self.projection.T, out=new_h)


def step_maps(slopes: Slopes) -> StepMaps:
    """The maps of the one sequence that these slopes are of, in float64."""
    by_input, by_state = slopes.by_input[:, 0], slopes.by_state[:, 0]  # (T, G, H)
    keep, (gates, units) = slopes.keep[:, 0], by_input.shape[1:]  # (T, H)
    w_ih, w_hh = (w.reshape(gates, units, -1) for w in (slopes.weights.ih, slopes.weights.hh))  # (G, H, ·)
    if slopes.shown is None:
        through = _sum(by_state, w_hh)
        through.diagonal(dim1=1, dim2=2).add_(keep)
        return StepMaps(through, _sum(by_input, w_ih))
    return StepMaps(
        _sum(by_state[:, :3], w_hh[:3]),
        _sum(by_input[:, :3], w_ih[:3]),
        keep,
        slopes.shown[:, 0],
        by_state[:, 3, :, None] * w_hh[3],
        by_input[:, 3, :, None] * w_ih[3],
        slopes.weights.projection,
    )


def _sum(slope: Float[Tensor, "T G H"], weight: Float[Tensor, "G H N"]) -> Float[Tensor, "T H N"]:
    """Σ over the gates of slope ⊙ W, row by row."""
    total = slope[:, 0, :, None] * weight[0]
    for gate in range(1, len(weight)):
        total.addcmul_(slope[:, gate, :, None], weight[gate])
    return total


def step_jacobians(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State = None, layer: int = 0, direction: int = 0
) -> Float64:
    """∂(state at t)/∂(state one step before) at each step of one sequence.

    Shapes: (T, H, H) for an RNN or GRU. For an LSTM the state is h and c side by side, (T, P + H, P + H): its first
    P rows and columns are ∂h_t/∂h_{t−1} with c held. float64. Index t is the position in the input; in the backward
    direction the step before is the one at t + 1. The singular values are `numpy.linalg.svd(…, compute_uv=False)`.

    Raises:
        KiokuError: what `record` refuses, a batch, or no such layer or direction.

    Example:
        >>> import torch
        >>> step_jacobians(torch.nn.LSTM(3, 4), torch.randn(6, 3)).shape
        (6, 8, 8)
    """
    maps = sequence_maps(module, inputs, state, layer, direction)
    found: Float64 = maps.jacobians().numpy()
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
    with torch.inference_mode():
        guest = welcome(module, inputs, state)
        if guest.batched:
            raise KiokuError("influence_batch", size=module.input_size, shape=str(tuple(np.shape(inputs))))
        layer, direction = within("layer", layer, len(guest.layers)), within("direction", direction, guest.directions)
        slopes = linearise(guest, record(module, inputs, state), layer, direction)
        return step_maps(slopes)


def lyapunov_exponents(
    module: nn.RNNBase, inputs: Tensor | ArrayLike, state: State = None, layer: int = 0, direction: int = 0
) -> Float64:
    """How fast small changes of the state grow (> 0) or die (< 0) along this one sequence, per step.

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
    steps = sequence_maps(module, inputs, state, layer, direction).jacobians().numpy()
    frame, growth = np.eye(steps.shape[1]), np.zeros(steps.shape[1])
    with np.errstate(divide="ignore"):
        for jacobian in steps:
            frame, upper = np.linalg.qr(jacobian @ frame)
            growth += np.log(np.abs(np.diag(upper)))
    found: Float64 = np.sort(growth / len(steps))[::-1]
    return found
