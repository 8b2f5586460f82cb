"""How much can be recalled from a state of fixed size: pairs of key and value in a matrix, nothing learned.

    linear      S ← S + v kᵀ
    decay       S ← 0.9 S + v kᵀ
    delta rule  S ← S + (v − S k) kᵀ
    softmax     keeps every pair: softmax(20 K k) V

A value is one of 64 codes, and counts as recalled where its code is the nearest to what is read.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from types import MappingProxyType

import numpy as np
from jaxtyping import Float, Int
from numpy.typing import NDArray

Array = NDArray[np.float64]

CODES, TRIALS, SHARPNESS, DECAY = 64, 200, 20.0, 0.9
REWRITTEN, WIDTH = 8, 16  # orthonormal keys that are written again and again, and their numbers


def _linear(state: Array, key: Array, value: Array) -> Array:
    return state + np.outer(value, key)


def _decay(state: Array, key: Array, value: Array) -> Array:
    return DECAY * state + np.outer(value, key)


def _delta(state: Array, key: Array, value: Array) -> Array:
    return state + np.outer(value - state @ key, key)


WRITES: Mapping[str, Callable[[Array, Array, Array], Array]] = MappingProxyType(
    {"linear": _linear, "decay": _decay, "delta": _delta}
)


def recall_pairs(width: int, pairs: int, trials: int = TRIALS) -> dict[str, float]:
    """The share of values recalled of so many pairs with random keys, each written once.

    Args:
        width: d, the numbers of a key and of a value; the state has d × d.
        pairs: how many are written.
        trials: over how many draws the share is a mean.

    Example:
        >>> found = recall_pairs(16, 4, trials=20)
        >>> found["softmax"], found["linear"] > 0.9
        (1.0, True)
    """
    draw, right = np.random.default_rng((width, pairs)), dict.fromkeys(("linear", "delta", "softmax"), 0.0)
    for _ in range(trials):
        codes, keys = _units(draw, CODES, width), _units(draw, pairs, width)
        which = draw.integers(0, CODES, pairs)
        for rule in ("linear", "delta"):
            right[rule] += float((_read(_written(rule, keys, codes[which]), keys, codes) == which).mean())
        weights = np.exp(SHARPNESS * keys @ keys.T)
        found = weights / weights.sum(axis=1, keepdims=True) @ codes[which]
        right["softmax"] += float(((found @ codes.T).argmax(axis=1) == which).mean())
    return {rule: round(total / trials, 3) for rule, total in right.items()}


def recall_rewritten(writes: int, trials: int = TRIALS) -> dict[str, float]:
    """The share of the latest values recalled of eight orthonormal keys that are written in random order.

    Args:
        writes: how many times one of the keys is written.
        trials: as in `recall_pairs`.
    """
    draw, right = np.random.default_rng(writes), dict.fromkeys(WRITES, 0.0)
    for _ in range(trials):
        codes = _units(draw, CODES, WIDTH)
        keys = np.linalg.qr(draw.normal(size=(WIDTH, WIDTH)))[0][:REWRITTEN]
        order, which = draw.integers(0, REWRITTEN, writes), draw.integers(0, CODES, writes)
        latest = dict(zip(order.tolist(), which.tolist(), strict=True))
        asked, wanted = keys[list(latest)], np.array(list(latest.values()))
        for rule in WRITES:
            right[rule] += float((_read(_written(rule, keys[order], codes[which]), asked, codes) == wanted).mean())
    return {rule: round(total / trials, 3) for rule, total in right.items()}


def _units(draw: np.random.Generator, count: int, width: int) -> Float[np.ndarray, "N d"]:
    rows = draw.normal(size=(count, width)) / math.sqrt(width)
    found: Float[np.ndarray, "N d"] = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    return found


def _written(rule: str, keys: Float[np.ndarray, "N d"], values: Float[np.ndarray, "N d"]) -> Float[np.ndarray, "d d"]:
    state = np.zeros((values.shape[1], keys.shape[1]))
    for key, value in zip(keys, values, strict=True):
        state = WRITES[rule](state, key, value)
    return state


def _read(
    state: Float[np.ndarray, "d d"], keys: Float[np.ndarray, "N d"], codes: Float[np.ndarray, "C d"]
) -> Int[np.ndarray, " N"]:
    found: Int[np.ndarray, " N"] = (keys @ state.T @ codes.T).argmax(axis=1)
    return found


def count_by_hand(bits: Int[np.ndarray, " T"]) -> int:
    """At how many of these bits two tanh units that were set by hand say wrongly whether the ones are odd.

    s = h₁ − h₂ − 1 is the answer before, ±1: h₁ is on where it or the bit is, h₂ where both are. What is nearly ±1 is
    drawn to it, so errors don't add up.

    Example:
        >>> count_by_hand(np.array([1, 1, 0, 1]))
        0
    """
    (first, second), odd, wrong = (-1.0, -1.0), 0, 0
    for bit in bits.tolist():
        before, now = first - second - 1.0, 2.0 * bit - 1.0
        first, second = math.tanh(8 * (before + now + 1)), math.tanh(8 * (before + now - 1))
        odd ^= bit
        wrong += (first - second - 1.0 > 0) != bool(odd)
    return wrong
