"""Counting instead of learning: how often each sign followed the last n − 1 ones, made smooth by shorter contexts."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

ORDERS, BELIEFS = (2, 3, 4, 5), (8.0, 16.0, 32.0)
"""What is tried by `tuned`: n, and how much the shorter context counts."""


class NGram:
    """The n-gram model of some sequences of signs 0 … V − 1.

    p(v | last n−1 signs) = (count + belief · p(v | last n−2 signs)) / (counts of this context + belief), and below the
    shortest context all V are equally probable. What stands before the first sign is one sign more.

    Source: MacKay & Peto (1995), A hierarchical Dirichlet language model.

    Args:
        sequences: what is counted; each ends with its own last sign.
        signs: V.
        order: n, at least 1.
        belief: how many counts the shorter context is worth.

    Example:
        >>> model = NGram([(0, 1), (0, 1), (1, 1)], signs=2, order=2, belief=1.0)
        >>> model.distribution((0,)).round(3).tolist()
        [0.119, 0.881]
    """

    def __init__(self, sequences: Iterable[Sequence[int]], signs: int, order: int, belief: float) -> None:
        self.signs, self.order, self.belief = signs, order, belief
        self._counts: defaultdict[tuple[int, ...], Counter[int]] = defaultdict(Counter)
        self._known: dict[tuple[int, ...], Float[np.ndarray, " V"]] = {}
        for sequence in sequences:
            padded = (signs,) * (order - 1) + tuple(sequence)
            for at in range(order - 1, len(padded)):
                for back in range(order):
                    self._counts[padded[at - back : at]][padded[at]] += 1

    def distribution(self, before: Sequence[int]) -> Float[np.ndarray, " V"]:
        """The probability of each sign after these, the first of which begins the sequence; read-only."""
        padded = (self.signs,) * (self.order - 1) + tuple(before)
        return self._after(padded[len(padded) - self.order + 1 :])

    def _after(self, context: tuple[int, ...]) -> Float[np.ndarray, " V"]:
        if context not in self._known:
            shorter = self._after(context[1:]) if context else np.full(self.signs, 1 / self.signs)
            found = self.belief * shorter
            counted = self._counts.get(context, Counter())
            for sign, count in counted.items():
                found[sign] += count
            found /= counted.total() + self.belief
            found.flags.writeable = False
            self._known[context] = found
        return self._known[context]

    def surprise(self, sequence: Sequence[int]) -> float:
        """−log p of a whole sequence, its end included."""
        return -sum(math.log(self.distribution(sequence[:at])[sign]) for at, sign in enumerate(sequence))

    def perplexity(self, sequences: Sequence[Sequence[int]]) -> float:
        """exp of the mean of −log p over every sign of some sequences."""
        return math.exp(sum(map(self.surprise, sequences)) / sum(map(len, sequences)))


def tuned(learned: Sequence[Sequence[int]], signs: int, every: int = 10) -> NGram:
    """The n-gram model of `learned` with the order and belief that do best on one of each `every` sequences of it.

    Those are kept aside while it is tuned; what is held out elsewhere is not looked at.

    Example:
        >>> tuned([(0, 1, 2)] * 20 + [(1, 0, 2)] * 20, signs=3).order > 1
        True
    """
    aside = learned[::every]
    rest = [sequence for at, sequence in enumerate(learned) if at % every]
    tried = {
        (order, belief): NGram(rest, signs, order, belief).perplexity(aside) for order in ORDERS for belief in BELIEFS
    }
    order, belief = min(tried, key=lambda plan: tried[plan])
    return NGram(learned, signs, order, belief)
