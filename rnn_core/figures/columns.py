"""What a picture is drawn from and what its table shows: the array of one quantity, beside its words."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.errors import KiokuError
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.figures.words import Words

    Array = NDArray[np.floating]


def matrix(layer: Mapping[str, Array], key: str, words: Words) -> Array:
    """The recorded array of `key`, (T, H), for as many words.

    Raises:
        KiokuError: no such quantity, a batch, or another number of words than steps.
    """
    values = layer[key]
    if values.ndim != 2:
        raise KiokuError("figure_batch", quantity=key, shape=values.shape)
    if len(values) != len(words.tokens):
        raise KiokuError("figure_words", quantity=key, steps=len(values), words=len(words.tokens))
    return values


def checked_units(units: Iterable[int], size: int) -> tuple[int, ...]:
    """Unit numbers, 0-based, all of which exist in a layer of `size` units.

    Raises:
        KiokuError: one does not exist.
    """
    chosen = tuple(units)
    if not all(0 <= unit < size for unit in chosen):
        raise KiokuError("figure_units", given=chosen, last=size - 1)
    return chosen


def permutation(order: Sequence[int] | None, size: int) -> tuple[int, ...]:
    """The order in which units stand, top first; their own without one.

    Raises:
        KiokuError: not each unit exactly once.
    """
    if order is None:
        return tuple(range(size))
    if sorted(order) != list(range(size)):
        raise KiokuError("figure_order", given=len(order), units=size)
    return tuple(order)


def unit_name(unit: int, lang: str) -> str:
    """What a reader calls the unit with this 0-based number."""
    return text("figures.unit", lang, unit=unit + 1)


def table(
    words: Words, columns: Mapping[str, tuple[object, ...] | Array]
) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """Step, word, its meaning for those who need it, then the columns, each T long; raw values, read-only."""
    head: dict[str, tuple[object, ...] | Array] = {
        text("figures.column.step", words.lang): tuple(range(1, len(words.tokens) + 1)),
        text("figures.column.word", words.lang): words.tokens,
    }
    meanings = tuple(words.gloss(step) for step in range(len(words.tokens)))
    if any(meanings):
        head[text("figures.column.meaning", words.lang)] = meanings
    return MappingProxyType(head | dict(columns))
