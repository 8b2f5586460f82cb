"""What is measured on the word segmenter and one sentence: what moves what, and when each decision is right."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import torch

from rnn_core.influence_map import influence
from rnn_core.jacobians import sequence_maps
from rnn_core.models.segmenter import BACKWARD, FORWARD, Segmenter, inputs_of, segmenter
from rnn_core.segmentation import TAGS, Revealed, boundaries_of, viterbi, words_of

if TYPE_CHECKING:
    from jaxtyping import Float
    from torch import Tensor

    from rnn_core.gradient_trace import Float64


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
    with torch.inference_mode():
        steps = len(inputs)
        hidden = model.recurrent.hidden_size
        weights = model.readout.weight[: len(TAGS)].double()  # (4, 2H)
        found = np.zeros((steps, steps))
        forward, here = _pulled(model, inputs, FORWARD, weights[:, :hidden])
        backward, here_too = _pulled(model, inputs, BACKWARD, weights[:, hidden:])
        found += forward + backward[::-1, ::-1]
        both = torch.linalg.vector_norm(here + here_too.flip(0), dim=(1, 2))
        np.fill_diagonal(found, both.numpy())
    return found


def _pulled(
    model: Segmenter, inputs: Float[Tensor, "T D"], direction: int, weights: Float[Tensor, "K H"]
) -> tuple[Float64, Float[Tensor, "T K D"]]:
    """One direction in the order of its reading: ‖∂e_t/∂x_s‖ for s < t, and ∂e_t/∂x_t itself.

    All rows of ∂e_t/∂(state at s) go back together, one matrix product a step.
    """
    maps = sequence_maps(model.recurrent, inputs, None, 0, direction)
    starts, jacobians = maps.starts("input"), maps.jacobians()  # (T, D, N), (T, N, N)
    steps, tags = len(starts), len(weights)
    begin = torch.zeros(tags, maps.size, dtype=torch.float64)
    begin[:, : maps.visible] = weights  # ∂e_t/∂(h_t, c_t) = (W, 0)
    found = np.zeros((steps, steps))
    rows = begin.new_empty(0, maps.size)  # of all t > s
    for s in reversed(range(steps)):
        if s + 1 < steps:
            rows = torch.cat([begin, rows]) @ jacobians[s + 1]
            moved = (rows @ starts[s].T).view(steps - s - 1, tags, -1)  # ∂e_t/∂x_s, (·, K, D)
            found[s + 1 :, s] = torch.linalg.vector_norm(moved, dim=(1, 2)).numpy()
    return found, begin @ starts.transpose(1, 2)


def revealed(text: str) -> Revealed:
    """Segment every beginning of a text in nagisa's form, as if nothing followed.

    Example:
        >>> revealed("今日は").ends.tolist()
        [[False, False], [False, False], [False, True]]
    """
    model = segmenter()
    transitions = model.transitions.numpy()
    ends = np.zeros((len(text), max(len(text) - 1, 0)), dtype=bool)
    with torch.inference_mode():
        for n in range(1, len(text) + 1):
            emissions = model(torch.from_numpy(inputs_of(text[:n]))).numpy()  # (n, K)
            words = words_of(text[:n], viterbi(transitions, emissions))
            ends[n - 1, [k - 1 for k in boundaries_of(words)]] = True
    return Revealed(text, ends)
