"""A Transformer's forward pass in which no sum knows where a word stands, so that "nothing changes" can be exact.

A sum of rounded numbers depends on their order in its last bits. Here the sum over the words is taken from the smallest
to the largest, whatever order the words have, and every other sum runs over a word's own numbers alone. So equal sets
of words give equal sums to the last bit. It is slower than torch's kernels and differs from them by rounding only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    Array = NDArray[np.floating]

TINY = 1e-5  # what torch.nn.LayerNorm adds to the variance


def states(weights: Mapping[str, Array], heads: int, inputs: Array, *, causal: bool) -> Array:
    """The words' states after all layers.

    Args:
        weights: the blocks' weights by their names in the model (`blocks.0.query.weight`, …).
        heads: how many heads each block has.
        inputs: what the first block receives, (T, E), places added or not.
        causal: whether no word sees a later one.

    Shapes: (T, E) → (T, E), in the dtype of `inputs`.
    """
    x = inputs
    for layer in range(1 + max(int(name.split(".")[1]) for name in weights if name.startswith("blocks."))):
        prefix = f"blocks.{layer}."
        x = _block(
            {name.removeprefix(prefix): w for name, w in weights.items() if name.startswith(prefix)}, heads, x, causal
        )
    return x


def _block(w: Mapping[str, Array], heads: int, x: Array, causal: bool) -> Array:
    q, k, v = (np.split(_linear(w, part, x), heads, axis=1) for part in ("query", "key", "value"))  # heads of (T, F)
    told = np.concatenate([_attend(q[head], k[head], v[head], causal) for head in range(heads)], axis=1)  # (T, E)
    # y = LayerNorm(x + W_o context + b_o)
    y = _norm(w, "norm1", x + _linear(w, "out", told))  # (T, E)
    # h = LayerNorm(y + W_2 relu(W_1 y + b_1) + b_2)
    return _norm(w, "norm2", y + _linear(w, "linear2", np.maximum(_linear(w, "linear1", y), 0)))  # (T, E)


def _attend(q: Array, k: Array, v: Array, causal: bool) -> Array:
    """One head: (T, F) each → (T, F)."""
    # scores[s, t] = q_t · k_s / √F
    scores = _summed(k.T[:, :, None] * q.T[:, None, :]) / np.sqrt(np.asarray(q.shape[1], q.dtype))  # (S, T)
    if causal:
        scores = np.where(np.tri(len(q), k=-1, dtype=bool), -np.inf, scores).astype(q.dtype)
    shares = np.exp(scores - scores.max(axis=0))  # (S, T)
    # Σ_s exp(score) v_s / Σ_s exp(score), each sum from the smallest to the largest
    told = _summed(np.sort(shares[:, :, None] * v[:, None, :], axis=0))  # (T, F)
    found: Array = told / _summed(np.sort(shares, axis=0))[:, None]
    return found


def _linear(w: Mapping[str, Array], part: str, x: Array) -> Array:
    """W x + b for each word, (T, I) → (T, O)."""
    return _summed(x.T[:, :, None] * w[f"{part}.weight"].T[:, None, :]) + w[f"{part}.bias"]


def _norm(w: Mapping[str, Array], part: str, x: Array) -> Array:
    """(x − mean) / √(variance + ε) · γ + β over each word's own numbers, (T, E)."""
    size = np.asarray(x.shape[1], x.dtype)
    apart = x - (_summed(x.T) / size)[:, None]
    spread = _summed((apart * apart).T) / size  # (T,)
    found: Array = (
        apart / np.sqrt(spread + np.asarray(TINY, x.dtype))[:, None] * w[f"{part}.weight"] + w[f"{part}.bias"]
    )
    return found


def _summed(parts: Array) -> Array:
    """The sum over the first axis, one row after the other, so that each place is summed in the same way."""
    found: Array = np.add.reduce(np.ascontiguousarray(parts), axis=0)
    return found
