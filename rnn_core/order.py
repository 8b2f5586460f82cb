"""Does the order of the words matter? The networks that are compared, and how far two of their answers are apart."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.quantities import CELLS
from rnn_core.specs import BaselineSpec, ModelSpec, NetworkSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.floating]

Word = TypeVar("Word")

HIDDEN, PLACES, KERNEL = 32, 8, 3
READERS = (
    BaselineSpec(kind="bag", hidden=HIDDEN),
    BaselineSpec(kind="window", words=PLACES, hidden=HIDDEN),
    BaselineSpec(kind="convolution", words=KERNEL, hidden=HIDDEN),
)
RECURRENT = tuple(ModelSpec(cell=cell, hidden=HIDDEN) for cell in CELLS)
NETWORKS: tuple[NetworkSpec, ...] = (*READERS, *RECURRENT)
SENTENCE, SWAP = "犬が人を噛む", (0, 2)  # who bites whom
BEFORE_THE_KERNEL = (0, 1)  # of the same sentence: the CNN's three words are those after them
PLAIN, LONG = "今日は天気が良いね", "今日は天気がとても良いので公園で犬と遊ぶ"  # the second is longer than the window


def swapped(tokens: Sequence[Word], first: int, second: int) -> tuple[Word, ...]:
    """The words with those at two places (0-based) exchanged.

    Raises:
        KiokuError: no such place.

    Example:
        >>> swapped(["犬", "が", "人", "を", "噛む"], 0, 2)
        ('人', 'が', '犬', 'を', '噛む')
    """
    _check("first", first, tokens)
    _check("second", second, tokens)
    words = list(tokens)
    words[first], words[second] = words[second], words[first]
    return tuple(words)


def opening(words: int) -> tuple[int, ...]:
    """The other order with which a sentence opens, as places: two of its first three words are exchanged.

    Example:
        >>> opening(5), opening(2), opening(1)
        ((2, 1, 0, 3, 4), (1, 0), (0,))
    """
    return swapped(range(words), *(min(place, words - 1) for place in SWAP))


def arranged(tokens: Sequence[Word], places: Sequence[int]) -> tuple[Word, ...]:
    """The words in another order.

    Args:
        tokens: the words.
        places: of each word of the new order its place (0-based) in the old one.

    Raises:
        KiokuError: the places are not those of the words, each once.

    Example:
        >>> arranged(["犬", "が", "人"], [2, 1, 0])
        ('人', 'が', '犬')
    """
    if sorted(places) != list(range(len(tokens))):
        raise KiokuError("no_such_order", given=tuple(places), words=len(tokens))
    return tuple(tokens[place] for place in places)


def replaced(tokens: Sequence[str], step: int, word: str) -> tuple[str, ...]:
    """The words with the one at `step` (0-based) replaced.

    Raises:
        KiokuError: no such place.
    """
    _check("step", step, tokens)
    return (*tokens[:step], word, *tokens[step + 1 :])


def _check(field: str, place: int, tokens: Sequence[object]) -> None:
    if not 0 <= place < len(tokens):
        raise KiokuError("no_such_place", field=field, given=place, last=len(tokens) - 1)


def total_variation(one: Array, other: Array) -> float:
    """How much probability must move for one distribution to become the other: ½ Σ |p − q|, in float64.

    0 where they are the same to the last bit, and only there; 1 where they share nothing.

    Example:
        >>> total_variation(np.array([0.75, 0.25]), np.array([0.25, 0.75]))
        0.5
    """
    return float(np.abs(one.astype(np.float64) - other.astype(np.float64)).sum() / 2)


def moved(answers: Sequence[Array]) -> NDArray[np.float64]:
    """How far each answer is from the first: (N + 1) × (V,) → (N,)."""
    first, *others = answers
    return np.array([total_variation(first, other) for other in others])
