"""What `measures` measures, on the networks that answer at the end: how far the reply looks back, and what moves what.

The same numbers as of the other networks, so that all stand on one scale. h_t is what `record_reply` has as the state
after word t: of the bidirectional one both directions' states side by side, of the attentive one what it finds when it
looks back from there.
"""

from __future__ import annotations

import copy
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence
from rnn_core.gradients.jacobians import sequence_maps
from rnn_core.models.measures import traced_back
from rnn_core.models.responder import ReplyModel
from rnn_core.progress import report

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.gradients.gradient_trace import Float64


def input_influence(model: ReplyModel, words: Int[Tensor, " T"]) -> Float64:
    """‖∂h_t/∂x_s‖, the Frobenius norm, (T, T) in float64.

    Closed form, no autograd. With both directions h_t hangs on every x_s, and ‖∂h_t/∂x_s‖² is the sum of the two
    directions' squares, of which off the diagonal only one is not 0. With attention later words can't move h_t.
    """
    model, x = _embedded(model, words)
    if model.kind == "bidirectional":
        return np.hypot(*(influence(model.recurrent, x, direction=direction) for direction in (0, 1)))
    with torch.inference_mode():
        states = model.recurrent(x[None])[0][0]  # (T, H)
        found = pushed(model, states, _reached(model, x))
    return np.tril(found.numpy())


def last_influence(model: ReplyModel, words: Int[Tensor, " T"]) -> Float64:
    """‖∂h_T/∂x_s‖ of the last word's state, (T,)."""
    if model.kind == "bidirectional":
        last: Float64 = input_influence(model, words)[-1]
        return last
    model, x = _embedded(model, words)

    def read(inputs: Float[Tensor, "B T E"]) -> Float[Tensor, "B H"]:
        states = model.recurrent(inputs)[0]  # (B, T, H)
        return model.ended(states, torch.full((len(states),), states.shape[1]))

    return traced_back(read, x)


def _reached(model: ReplyModel, x: Float[Tensor, "T E"]) -> Float[Tensor, "T T·E H"]:
    """∂h_t/∂x of the LSTM, for each t, row by row one number of one word."""
    maps, (steps, wide) = sequence_maps(model.recurrent, x, None, 0, 0), x.shape
    starts = maps.source_jacobian("input")  # (T, E, H) of h, and of c
    now = [start.new_zeros(steps * wide, start.shape[2]) for start in starts]
    found = []
    for t in range(steps):
        report(t / steps)
        known, now_known = t * wide, (t + 1) * wide
        moved = torch.zeros_like(now[0])
        maps.propagate(t, tuple(part[:known] for part in now), moved[:known])
        now[0] = moved
        for part, start in zip(now, starts, strict=True):
            part[known:now_known] = start[t]
        found.append(now[0].clone())
    return torch.stack(found)


def pushed(model: ReplyModel, h: Float[Tensor, "T H"], dh: Float[Tensor, "T T·E H"]) -> Float[Tensor, "T T"]:
    """‖∂(what is found at t)/∂x_s‖, from the LSTM's states and what each number of each word does to them."""
    assert model.attention is not None
    shares, _ = model.causal(h)  # (T, T)
    query, key, v = model.attention.query.weight, model.attention.key.weight, model.attention.score.weight[0]
    asked, offered = dh @ query.T, dh @ key.T  # (T, T·E, H)
    sizes = h.new_zeros(len(h), len(h))
    for t in range(len(h)):
        a = shares[t, : t + 1]  # (t,)
        # de_s = v ⊙ (1 − tanh²(W_a h_t + U_a h_s)) · (W_a dh_t + U_a dh_s)
        slope = v * (1 - torch.tanh(h[t] @ query.T + h[: t + 1] @ key.T).square())  # (t, H)
        de = slope @ asked[t].T + torch.einsum("sk,snk->sn", slope, offered[: t + 1])  # (t, T·E)
        # da = a ⊙ (de − Σ_s a de), d(Σ a h) = Σ da h + a dh
        da = a[:, None] * (de - a @ de)
        dc = da.T @ h[: t + 1] + torch.einsum("s,snh->nh", a, dh[: t + 1])  # (T·E, H)
        sizes[t] = torch.linalg.vector_norm(dc.view(len(h), -1), dim=1)
    return sizes


def reply_norms(model: ReplyModel, words: Int[Tensor, " T"]) -> Mapping[str, Float64]:
    """‖∂ log p / ∂h_t‖ at every word, (T,), where p is the probability of the network's own reply after the last word.

    Under "hidden_state"; here h_t is the LSTM's state after word t, and of both directions the two side by side. The
    attentive one reads its reply from all of them.
    """
    model, x = _embedded(model, words)
    lengths = torch.tensor([len(x)])

    def log_probability(states: Tensor) -> Tensor:
        return torch.log_softmax(model.scores(model.ended(states[None], lengths))[0], dim=-1).max()

    found = backpropagate(model.recurrent, x, log_probability).layers[0]
    sizes = np.linalg.norm(np.concatenate([part["hidden_state"] for part in found], axis=1), axis=1)
    return MappingProxyType({"hidden_state": sizes})


def _embedded(model: ReplyModel, words: Int[Tensor, " T"]) -> tuple[ReplyModel, Float[Tensor, "T E"]]:
    """A copy of the network in float64, and what its LSTM receives, (T, E)."""
    model = copy.deepcopy(model).double()
    with torch.no_grad():
        return model, model.embedding(words)
