"""What is measured on the word segmenter and one sentence: what moves what, and when each decision is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.utils.rnn import pack_sequence, pad_packed_sequence

from rnn_core.gradients.influence import influence
from rnn_core.gradients.jacobians import step_jacobians
from rnn_core.progress import report
from rnn_core.recurrent.recording import record
from rnn_core.segmentation.model import BACKWARD, FORWARD, Segmenter, inputs_of, segmenter
from rnn_core.segmentation.prefixes import Revealed
from rnn_core.segmentation.tags import TAGS, best_paths, boundaries_of, words_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.gradients.gradient_trace import Float64
    from rnn_core.recurrent.trace import LayerTrace


@dataclass(frozen=True, eq=False)
class Influences:
    """Three maps (T, T) in float64, `map[t, s]`: how strongly what stands at t hangs on what is received at s.

    The source is always x_s, the 200 numbers of the character at s. They hold something of its neighbours and of
    dictionary words, so this is not the influence of the character alone.

    Attributes:
        forward: ‖∂h_t/∂x_s‖ of the forward direction, 0 for s > t.
        backward: the same of the backward direction, 0 for s < t.
        scores: ‖∂e_t/∂x_s‖, where e_t are the scores of B, M, E and S: through the forward direction for s < t, the
            backward one for s > t, and both for s = t.
    """

    forward: Float64
    backward: Float64
    scores: Float64


def influences(text: str) -> Influences:
    """The three maps of a text in nagisa's form; closed forms, no autograd.

    Example:
        >>> found = influences("今日は")
        >>> float(found.forward[0, 2]), float(found.backward[2, 0]), bool((found.scores > 0).all())
        (0.0, 0.0, True)
    """
    model, inputs = segmenter(), torch.from_numpy(inputs_of(text))
    return Influences(
        influence(model.recurrent, inputs),
        influence(model.recurrent, inputs, direction=BACKWARD),
        score_influence(model, inputs),
    )


def score_influence(model: Segmenter, inputs: Float[Tensor, "T D"]) -> Float64:
    """‖∂e_t/∂x_s‖_F for every t and s, (T, T): e_t are the scores of the four tags that a character can have.

    The readout is linear, e_t = W_f h_t + W_b h′_t + b, so each direction gives its part, and at s = t the two add up
    before their norm is taken.
    """
    hidden = model.recurrent.hidden_size
    weights = model.readout.weight.detach()[: len(TAGS)].double().numpy()  # (4, 2H)
    layers = record(model.recurrent, inputs).layers[0]
    forward, here = _pulled(model, inputs, FORWARD, layers[FORWARD], weights[:, :hidden])
    backward, here_too = _pulled(model, inputs, BACKWARD, layers[BACKWARD], weights[:, hidden:])
    found: Float64 = forward + backward
    np.fill_diagonal(found, np.linalg.norm(here + here_too, axis=(1, 2)))
    return found


def _pulled(
    model: Segmenter, inputs: Float[Tensor, "T D"], direction: int, layer: LayerTrace, weights: Float64
) -> tuple[Float64, Float64]:
    """Through one direction: ‖∂e_t/∂x_s‖ for s ≠ t, (T, T), and ∂e_t/∂x_t itself, (T, K, D).

    All rows of ∂e_t/∂(state at s) go back together, one matrix product a step.
    """
    forwards = slice(None, None, -1 if direction == BACKWARD else 1)  # into the order of reading, and out of it
    jacobians = step_jacobians(model.recurrent, inputs, direction=direction)[forwards]  # (T, 2H, 2H)
    entry = _entries(layer, model.recurrent.get_parameter(f"weight_ih_l0{('', '_reverse')[direction]}"))
    order, tags = range(len(inputs))[forwards], len(weights)
    steps = len(order)
    begin = np.hstack([weights, np.zeros_like(weights)])  # ∂e_t/∂(h_t, c_t) = (W, 0), (K, 2H)
    found, here, rows = np.zeros((steps, steps)), np.zeros((steps, tags, inputs.shape[1])), begin[:0]
    for s in reversed(range(steps)):
        report(1 - s / steps)
        enters = entry(order[s])  # one step's at a time: all together would take the memory of ten of the maps
        here[s] = begin @ enters
        if s + 1 < steps:
            rows = np.vstack([begin, rows]) @ jacobians[s + 1]  # of all t > s
            moved = (rows @ enters).reshape(steps - s - 1, tags, -1)  # ∂e_t/∂x_s
            found[s + 1 :, s] = np.linalg.norm(moved, axis=(1, 2))
    return found[forwards, forwards], here[forwards]


def _entries(layer: LayerTrace, weight: Tensor) -> Callable[[int], Float64]:
    """∂(h_t, c_t)/∂x_t of a step, (2H, D), from the gates that were recorded.

    With σ′ = σ(1 − σ) and tanh′ = 1 − tanh², and what the gates let through already multiplied out in the trace:
    ∂c_t/∂x_t = (1 − i)⊙(i⊙g) W_i + (1 − f)⊙(f⊙c_{t−1}) W_f + i⊙(1 − g²) W_g
    ∂h_t/∂x_t = o⊙(1 − tanh² c_t) ∂c_t/∂x_t + (1 − o)⊙h_t W_o
    """
    w_i, w_f, w_g, w_o = np.split(weight.detach().double().numpy(), 4)  # each (H, D)
    gates = ("input_gate", "forget_gate", "cell_candidate", "output_gate")
    values = {key: layer[key].astype(np.float64)[:, :, None] for key in layer}  # each (T, H, 1)

    def entry(t: int) -> Float64:
        i, f, g, o = (values[key][t] for key in gates)  # each (H, 1)
        c, h, kept, written = (values[key][t] for key in ("cell_state", "hidden_state", "kept", "written"))
        by_c = (1 - i) * written * w_i + (1 - f) * kept * w_f + i * (1 - g**2) * w_g  # (H, D)
        by_h = o * (1 - np.tanh(c) ** 2) * by_c + (1 - o) * h * w_o
        found: Float64 = np.concatenate([by_h, by_c])
        return found

    return entry


def revealed(text: str) -> Revealed:
    """Segment every beginning of a text in nagisa's form, as if nothing followed.

    Example:
        >>> revealed("今日は").ends.tolist()
        [[False, False], [False, False], [False, True]]
    """
    model = segmenter()
    lengths = range(1, len(text) + 1)
    ends = np.zeros((len(text), max(len(text) - 1, 0)), dtype=bool)
    parts = []
    for n in lengths:
        report(n / len(text))
        parts.append(torch.from_numpy(inputs_of(text[:n])))
    with torch.inference_mode():
        packed = pack_sequence(parts, enforce_sorted=False)  # all beginnings at once
        states, _ = pad_packed_sequence(model.recurrent(packed)[0])  # (T, T, 2H), of which the second are beginnings
        emissions = model.readout(states).numpy().swapaxes(0, 1)  # (T, T, K)
    for n, tags in zip(lengths, best_paths(model.transitions.numpy(), emissions, lengths), strict=True):
        ends[n - 1, [k - 1 for k in boundaries_of(words_of(text[:n], tags))]] = True
    return Revealed(text, ends)
