"""The states of both directions, one map each on one scale: what has been read from the left and from the right."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import number
from rnn_core.figures.characters import Characters
from rnn_core.figures.heatmap import heatmap
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.statistics import comparison

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.figures.picture import Picture
    from rnn_core.figures.theme import Theme
    from rnn_core.segmentation.tags import Segmentation

    Array = NDArray[np.floating]

DIRECTIONS = ("forward", "backward")


def halves(found: Segmentation, *, lang: str, theme: Theme) -> tuple[Picture, Picture]:
    """The hidden states of the forward and of the backward direction; keys end in `_forward` and `_backward`."""
    sentence = Characters.of(found.characters.text, lang)
    both = found.halves
    *_, state = QUANTITIES.of(both[0].cell)  # what a cell computes last is what it remembers
    forward, backward = (
        replace(
            heatmap(layer, state.key, sentence.tokens, lang=lang, theme=theme, compare=both, suffix=f"_{direction}"),
            title=text(f"halves.{direction}", lang),
            finding=_finding(found, direction, layer[state.key], sentence),
            method=_method(found, direction, layer[state.key], lang),
        )
        for direction, layer in zip(DIRECTIONS, both, strict=True)
    )
    return forward, backward


def _method(found: Segmentation, direction: str, values: Array, lang: str) -> str:
    said = text("halves.method", lang, characters=len(values), units=values.shape[1], dtype=values.dtype.name)
    if direction == "forward" or found.later == "own":
        return said
    return said + text(f"halves.instead.{found.later}", lang)


def _finding(found: Segmentation, direction: str, values: Array, sentence: Characters) -> str:
    """Where the state changes most; in the order of its reading, where it has been read in one."""
    lang, last = sentence.lang, len(values) - 1
    if not values.any():
        return text("halves.zero", lang)
    if last == 0:
        return text("halves.one", lang, character=sentence.said(0))
    moved = comparison.changes(values)  # (T − 1,)
    if not moved.any():
        return text("halves.same", lang)
    instead = direction == "backward" and found.later != "own"
    before = int(last - 1 - moved[::-1].argmax() if direction == "backward" else moved.argmax())
    change = number(float(moved[before]))
    if instead:
        return text("halves.beside", lang, first=sentence.said(before), second=sentence.said(before + 1), change=change)
    place = before if direction == "backward" else before + 1
    return text(f"halves.most.{direction}", lang, character=sentence.said(place), change=change)
