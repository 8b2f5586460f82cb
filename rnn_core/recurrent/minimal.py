"""`MinGRU` and `MinLSTM`: layers whose gates read the input only, so that all steps are one scan.

    h_t = a_t ⊙ h_{t−1} + b_t,  a_t and b_t from x_t alone

Source: L. Feng et al., "Were RNNs all we needed?", arXiv:2410.01201. The letters are torch's, as everywhere here: z_t
is the share of h_{t−1} that is kept, which the paper calls 1 − z_t.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, ClassVar

import torch
from jaxtyping import Float
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.cells import ClampStep
from rnn_core.recurrent.clamping import Resolved, clamp_at, resolved
from rnn_core.recurrent.clamps import Clamp, resolve
from rnn_core.recurrent.inputs import State, as_tensor, lay_out
from rnn_core.recurrent.scans import scan
from rnn_core.recurrent.trace import LayerTrace, Trace

if TYPE_CHECKING:
    from numpy.typing import ArrayLike

    from rnn_core.quantities import Minimal


class MinimalCell(nn.Module):
    """One layer, one direction, called like a layer of torch.

    Args:
        input_size: D.
        hidden_size: H.
        batch_first: whether a batch comes as (B, T, D) instead of (T, B, D).
    """

    cell: ClassVar[Minimal]
    blocks: ClassVar[int]  # of H rows in its matrix
    num_layers, bidirectional = 1, False  # as torch calls it

    def __init__(self, input_size: int, hidden_size: int, batch_first: bool = False) -> None:
        super().__init__()
        self.input_size, self.hidden_size, self.batch_first = input_size, hidden_size, batch_first
        self.linear = nn.Linear(input_size, self.blocks * hidden_size)

    def gates(self, x: Float[Tensor, "*TB D"]) -> dict[str, Float[Tensor, "*TB H"]]:
        """What each step computes of its input, by the keys of a trace."""
        raise NotImplementedError

    def coefficients(self, x: Float[Tensor, "*TB D"]) -> tuple[Float[Tensor, "*TB H"], Float[Tensor, "*TB H"]]:
        """a_t and b_t of every step."""
        raise NotImplementedError

    def clamped(self, gates: dict[str, Tensor], clamp: ClampStep) -> dict[str, Tensor]:
        """The gates of one step, (B, H), with what is clamped, and what follows from that."""
        return {key: clamp(key, value) for key, value in gates.items()}

    def shares(self, gates: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """Of the gates of one step: how much of h_{t−1} is kept, and how much of n_t is written."""
        raise NotImplementedError

    def forward(self, inputs: Tensor, state: Tensor | None = None, *, loop: bool = False) -> tuple[Tensor, Tensor]:
        """The states of all steps, and the last one.

        Args:
            inputs: (T, D), (T, B, D) or, with batch_first, (B, T, D).
            state: the initial state, (1, H) or (1, B, H); zeros where it is None.
            loop: one step after the other instead of all at once by a scan.

        Returns:
            The states in the layout of the inputs, and the last of them in that of the state.
        """
        turned = self.batch_first and inputs.ndim == 3
        a, b = self.coefficients(inputs.transpose(0, 1) if turned else inputs)
        b = b if state is None else begun(a, b, state)
        states = follow(a, b) if loop else scan(a, b)
        return states.transpose(0, 1) if turned else states, states[-1:]


def begun(a: Float[Tensor, T * BH], b: Float[Tensor, T * BH], state: Float[Tensor, 1 * BH]) -> Tensor:
    """b with what is left of an initial state after the first step, so that h_0 = 0 gives the same states."""
    return torch.cat([torch.addcmul(b[:1], a[:1], state), b[1:]])


def follow(a: Float[Tensor, T * BH], b: Float[Tensor, T * BH]) -> Float[Tensor, T * BH]:
    """h_t = a_t ⊙ h_{t−1} + b_t one step after the other, from h_0 = 0."""
    state, states = torch.zeros_like(b[0]), []
    for a_t, b_t in zip(a, b, strict=True):
        state = torch.addcmul(b_t, a_t, state)
        states.append(state)
    return torch.stack(states)


class MinGRU(MinimalCell):
    """A GRU without reset gate and tanh, whose update gate and candidate don't read h_{t−1}.

    Example:
        >>> layer, x = MinGRU(3, 4), torch.randn(6, 3)
        >>> states, last = layer(x)
        >>> states.shape, torch.allclose(states, layer(x, loop=True)[0], atol=1e-6)
        (torch.Size([6, 4]), True)
    """

    cell, blocks = "mingru", 2

    def gates(self, x: Float[Tensor, "*TB D"]) -> dict[str, Float[Tensor, "*TB H"]]:
        """`update_gate` and `candidate`."""
        z, n = self.linear(x).chunk(2, dim=-1)
        # z_t = σ(W_xz x_t + b_z), n_t = W_xn x_t + b_n
        return {"update_gate": z.sigmoid(), "candidate": n}

    def coefficients(self, x: Float[Tensor, "*TB D"]) -> tuple[Float[Tensor, "*TB H"], Float[Tensor, "*TB H"]]:
        """z_t and (1 − z_t) ⊙ n_t."""
        z, n = self.gates(x).values()
        return z, (1 - z) * n

    def shares(self, gates: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """z_t and 1 − z_t."""
        return gates["update_gate"], 1 - gates["update_gate"]


class MinLSTM(MinimalCell):
    """An LSTM without output gate and tanh, whose gates don't read h_{t−1} and share what there is between them.

    Example:
        >>> gates = MinLSTM(3, 4).gates(torch.randn(6, 3))
        >>> bool(torch.allclose(gates["forget_gate"] + gates["input_gate"], torch.ones(6, 4)))
        True
    """

    cell, blocks = "minlstm", 3

    def gates(self, x: Float[Tensor, "*TB D"]) -> dict[str, Float[Tensor, "*TB H"]]:
        """`input_gate`, `forget_gate` and `candidate`."""
        i, f, n = self.linear(x).chunk(3, dim=-1)
        i, f = i.sigmoid(), f.sigmoid()
        # f_t = σ(W_xf x_t + b_f) / (σ(W_xf x_t + b_f) + σ(W_xi x_t + b_i)), i_t the rest of 1
        return {"input_gate": i / (f + i), "forget_gate": f / (f + i), "candidate": n}

    def coefficients(self, x: Float[Tensor, "*TB D"]) -> tuple[Float[Tensor, "*TB H"], Float[Tensor, "*TB H"]]:
        """f_t and i_t ⊙ n_t."""
        i, f, n = self.gates(x).values()
        return f, i * n

    def clamped(self, gates: dict[str, Tensor], clamp: ClampStep) -> dict[str, Tensor]:
        """The same; i_t = 1 − f_t follows a forget gate that is clamped."""
        f = clamp("forget_gate", gates["forget_gate"].clone())
        i = torch.where(f == gates["forget_gate"], gates["input_gate"], 1 - f)
        return {
            "input_gate": clamp("input_gate", i),
            "forget_gate": f,
            "candidate": clamp("candidate", gates["candidate"]),
        }

    def shares(self, gates: dict[str, Tensor]) -> tuple[Tensor, Tensor]:
        """f_t and i_t."""
        return gates["forget_gate"], gates["input_gate"]


MODULES: dict[Minimal, type[MinimalCell]] = {kind.cell: kind for kind in (MinGRU, MinLSTM)}


def record_minimal(
    module: MinimalCell, inputs: Tensor | ArrayLike, state: State = None, clamps: Sequence[Clamp] = ()
) -> Trace:
    """Every quantity of every step; `parity` is how far the states of the scan are from those of the loop.

    With clamps it goes step by step, since what is held may be the state, and `parity` is nan.

    Raises:
        KiokuError: inputs, a state or clamps that don't fit.
    """
    x, batched = lay_out(as_tensor(inputs, "inputs", module.linear.weight), module)
    with torch.inference_mode():
        a, b = module.coefficients(x)
        start = torch.zeros_like(b[:1]) if state is None else as_tensor(state, "state", b)
        start = start if batched or state is None else start[:, None]
        if start.shape != b[:1].shape:
            want, given = b[:1].shape if batched else b[:1, 0].shape, start.shape if batched else start[:, 0].shape
            raise KiokuError("wrong_state_shape", given=str(tuple(given)), want=str(tuple(want)))
        if clamps:
            size = (*b.shape[:2], module.hidden_size)
            found, parity = _roll(module, module.gates(x), start[0], _checked(clamps, module, size, batched)), math.nan
        else:
            states, looped = scan(a, begun(a, b, start)), follow(a, begun(a, b, start))
            parity = float(((states - looped).abs() / looped.abs().clamp(min=1)).max())
            kept = a * torch.cat([start, states[:-1]])
            found = {**module.gates(x), "kept": kept, "written": b, "hidden_state": kept + b}
    states = found["hidden_state"] if clamps else states
    values = {key: (value if batched else value[:, 0]).numpy() for key, value in found.items()}
    output = states if not module.batch_first else states.transpose(0, 1)
    layer = LayerTrace(module.cell, values)
    return Trace(module.cell, ((layer,),), (output if batched else states[:, 0]).numpy(), parity, module.batch_first)


def _checked(
    clamps: Sequence[Clamp], module: MinimalCell, sizes: tuple[int, int, int], batched: bool
) -> list[Resolved]:
    if not isinstance(clamps, (list, tuple)) or not all(isinstance(clamp, Clamp) for clamp in clamps):
        raise KiokuError("not_clamps", given=type(clamps).__name__)
    for clamp in clamps:
        if module.cell not in QUANTITIES[clamp.quantity].forms:
            raise KiokuError(
                "unknown_quantity",
                given=clamp.quantity,
                known=", ".join(row.key for row in QUANTITIES.of(module.cell)),
            )
        resolve("layer", clamp.layer, 1)
        resolve("direction", clamp.direction, 1)
    return [resolved(clamp, sizes, batched=batched) for clamp in clamps]


def _roll(
    module: MinimalCell, gates: dict[str, Tensor], state: Tensor, clamps: Sequence[Resolved]
) -> dict[str, Tensor]:
    """Step by step, each quantity clamped as soon as it is there."""
    steps = []
    for step in range(len(gates["candidate"])):
        clamp = clamp_at(clamps, step)
        now = module.clamped({key: values[step].clone() for key, values in gates.items()}, clamp)
        keep, write = module.shares(now)
        # h_t = a_t ⊙ h_{t−1} + b_t
        kept, written = clamp("kept", keep * state), clamp("written", write * now["candidate"])
        state = clamp("hidden_state", kept + written)
        steps.append({**now, "kept": kept, "written": written, "hidden_state": state})
    return {key: torch.stack([step[key] for step in steps]) for key in steps[0]}
