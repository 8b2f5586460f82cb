"""The equations of RNN, LSTM and GRU, each written once.

Each function takes the inputs and the states *before* each step and gives every quantity of every step. Given a whole
sequence and the states that torch's fused layer found, that is one matrix product for all steps; given one step at a
time, it rolls. `clamp` is called on each quantity as it appears and may put another value in its place (a clamp), so
that everything after it follows.

Letters: T time, B batch, D input, H hidden, P what h is projected to (P = H where there is no projection), G·H the
stacked gates, in torch's order: i, f, g, o and r, z, n.
Source: the equations on the pages of `torch.nn.RNN`, `torch.nn.LSTM` and `torch.nn.GRU`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar, runtime_checkable

import numpy as np
import torch
from jaxtyping import Float
from numpy.typing import NDArray
from torch import Tensor

Values = TypeVar("Values", Tensor, NDArray[np.floating])


@runtime_checkable
class ClampStep(Protocol):
    """Called with each quantity as it is computed; may overwrite values in place, and gives them back."""

    def __call__(self, key: str, values: Values, /) -> Values:
        """The values, with the clamped ones in place."""
        ...


Quantities: TypeAlias = dict[str, Tensor]


@dataclass(frozen=True)
class Weights:
    """One direction of one layer, by torch's names; `bias_*` and `projection` are None where the module has none."""

    ih: Float[Tensor, "GH D"]
    hh: Float[Tensor, "GH P"]
    bias_ih: Float[Tensor, GH] | None
    bias_hh: Float[Tensor, GH] | None
    projection: Float[Tensor, "P H"] | None = None
    relu: bool = False


def no_clamp(_key: str, values: Values, /) -> Values:
    """Clamp nothing."""
    return values


def _affine(vectors: Float[Tensor, "*TB N"], weight: Tensor, bias: Tensor | None) -> Float[Tensor, "*TB GH"]:
    return torch.nn.functional.linear(vectors, weight, bias)


def _tanh(values: Float[Tensor, "*TBH"]) -> Float[Tensor, "*TBH"]:
    """In numpy: as exact as torch's, and on this kind of processor six times as fast."""
    return torch.from_numpy(np.tanh(values.numpy()))


def rnn(
    x: Float[Tensor, "T B D"], h: Float[Tensor, "T B P"], _c: Tensor | None, w: Weights, clamp: ClampStep = no_clamp
) -> Quantities:
    """Steps of `torch.nn.RNN`: `preactivation` and `hidden_state`, each (T, B, H)."""
    # a_t = W_xh x_t + b_xh + W_hh h_{t−1} + b_hh
    a = clamp("preactivation", _affine(x, w.ih, w.bias_ih) + _affine(h, w.hh, w.bias_hh))  # (T, B, H)
    # h_t = tanh(a_t), or relu(a_t)
    h_new = clamp("hidden_state", a.relu() if w.relu else _tanh(a))  # (T, B, H)
    return {"preactivation": a, "hidden_state": h_new}


def lstm(
    x: Float[Tensor, "T B D"],
    h: Float[Tensor, "T B P"],
    c: Float[Tensor, "B H"],
    w: Weights,
    clamp: ClampStep = no_clamp,
) -> Quantities:
    """Steps of `torch.nn.LSTM`, from the cell state `c` on. Each (T, B, H), `hidden_state` (T, B, P)."""
    a = _affine(x, w.ih, w.bias_ih).add_(_affine(h, w.hh, w.bias_hh))  # (T, B, 4H)
    a_i, a_f, a_g, a_o = a.chunk(4, dim=-1)  # each (T, B, H)
    i, f = clamp("input_gate", a_i.sigmoid()), clamp("forget_gate", a_f.sigmoid())
    g, o = clamp("cell_candidate", _tanh(a_g)), clamp("output_gate", a_o.sigmoid())
    written = clamp("written", i * g)
    kept, c_new = _ledger(f, c, written, clamp)
    # tanh(c_t), what the output gate lets through
    shown = clamp("cell_output", _tanh(c_new))  # (T, B, H)
    # h_t = o_t ⊙ tanh(c_t), with a projection W_hr (o_t ⊙ tanh(c_t))
    h_new = o * shown  # (T, B, H)
    if w.projection is not None:
        h_new = _affine(h_new, w.projection, None)  # (T, B, P)
    h_new = clamp("hidden_state", h_new)
    return {
        "input_gate": i,
        "forget_gate": f,
        "cell_candidate": g,
        "output_gate": o,
        "kept": kept,
        "written": written,
        "cell_state": c_new,
        "cell_output": shown,
        "hidden_state": h_new,
    }


def _ledger(
    f: Float[Tensor, "T B H"], c: Float[Tensor, "B H"], written: Float[Tensor, "T B H"], clamp: ClampStep
) -> tuple[Float[Tensor, "T B H"], Float[Tensor, "T B H"]]:
    """What is kept, and the cell state: the only part of a recorded LSTM that goes step by step.

    In numpy on the tensors' own memory, since on rows this small its calls cost a fifth of torch's.
    """
    kept, states, before = torch.empty_like(written), written.clone(), c.numpy()
    multiply, add, clamped = np.multiply, np.add, clamp is not no_clamp
    for f_t, kept_t, c_t in zip(f.numpy(), kept.numpy(), states.numpy(), strict=True):
        # c_t = f_t ⊙ c_{t−1} + i_t ⊙ g_t, of which the last stands there already
        multiply(f_t, before, kept_t)
        if clamped:
            clamp("kept", kept_t)
        before = add(kept_t, c_t, c_t)
        if clamped:
            clamp("cell_state", before)
    return kept, states


def gru(
    x: Float[Tensor, "T B D"], h: Float[Tensor, "T B P"], _c: Tensor | None, w: Weights, clamp: ClampStep = no_clamp
) -> Quantities:
    """Steps of `torch.nn.GRU`. Its reset gate comes after the product, r ⊙ (W_hn h + b_hn). Each (T, B, H)."""
    x_r, x_z, x_n = _affine(x, w.ih, w.bias_ih).chunk(3, dim=-1)  # each (T, B, H)
    h_r, h_z, h_n = _affine(h, w.hh, w.bias_hh).chunk(3, dim=-1)  # each (T, B, H)
    r, z = clamp("reset_gate", (x_r + h_r).sigmoid()), clamp("update_gate", (x_z + h_z).sigmoid())
    # n_t = tanh(W_xn x_t + b_xn + r_t ⊙ (W_hn h_{t−1} + b_hn))
    n = clamp("candidate", _tanh(x_n + r * h_n))
    # h_t = z_t ⊙ h_{t−1} + (1 − z_t) ⊙ n_t
    kept, written = clamp("kept", z * h), clamp("written", (1 - z) * n)
    h_new = clamp("hidden_state", kept + written)
    return {
        "reset_gate": r,
        "update_gate": z,
        "candidate": n,
        "kept": kept,
        "written": written,
        "hidden_state": h_new,
    }


STEPS: dict[str, Callable[..., Quantities]] = {"rnn": rnn, "lstm": lstm, "gru": gru}
