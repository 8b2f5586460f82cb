"""The first word is another one: which, and how far the states are apart from there on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed
from pages._chapters.compare.networks import STATE
from pages._ui import cache
from pages._ui.address import CONTROLS
from pages._ui.contrasts import Contrast
from pages._ui.memo import cached
from pages._ui.words import markdown
from rnn_core import KiokuError, contrasts, lineup, order
from rnn_core.figures import ratio
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.shell import View
    from rnn_core.lineup import Compared
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell

INSTEAD = str(CONTROLS["instead"].default)


def prepared() -> tuple[Contrast, ...]:
    """The prepared contrast: a sentence whose reply hangs on its first word, and another word in its place.

    Raises:
        KiokuError: it can't be read.
    """
    case = contrasts.forgotten()
    return (Contrast("first_word", {"text": "".join(case.words), "instead": case.twin[0], "weights": "trained"}),)


def choose(view: View) -> str:
    """The other word: the first of what was typed, if the networks know it."""
    lang, typed = view.lang, view.text("instead")
    try:
        word, *rest = cache.words(typed).tokens
    except KiokuError:  # nothing to read
        st.warning(text("compare.no_other", lang, used=INSTEAD))
        return INSTEAD
    if not cache.known(word):
        st.warning(text("compare.unknown", lang, given=markdown(word), used=INSTEAD))
        return INSTEAD
    if rest:
        st.warning(text("compare.first_of", lang, used=markdown(word)))
    return word


@dataclass(frozen=True)
class Change:
    """What another first word changes.

    Attributes:
        other: that word.
        gaps: network → how far its states are apart at each word.
        left: network → the share of the change at the first word that the reply still reads.
    """

    other: str
    gaps: Mapping[Cell, NDArray[np.float64]]
    left: Mapping[Cell, float]

    def asks(self, words: Sequence[str]) -> bool:
        """Whether it is a question where most is left: something follows the first word, and something changes."""
        return len(words) > 1 and bool(self.left)


@cached()
def change(specs: Sequence[Compared], words: Sequence[str], other: str) -> Change:
    """What it changes in each network that the first word is `other`."""
    changed = order.replaced(words, 0, other)
    pairs: dict[Cell, tuple[NDArray[np.floating], ...]] = {
        spec.cell: tuple(_states(computed.trace(spec, sentence)) for sentence in (words, changed)) for spec in specs
    }
    gaps: dict[Cell, NDArray[np.float64]] = {cell: lineup.rms_difference(*pair) for cell, pair in pairs.items()}
    read: dict[Cell, float] = {
        cell: float(lineup.rms_difference(*(lineup.read_by_reply(cell, states) for states in pair))[0])
        for cell, pair in pairs.items()
    }
    return Change(other, gaps, lineup.share_left(gaps, read))


def _states(trace: ModelTrace) -> NDArray[np.floating]:
    """The states of its last layer, (T, H)."""
    return trace.layers.layers[-1][0][STATE]


def share(found: Change, cell: Cell, lang: str) -> str:
    """The share that is left in a network; – where nothing changed in it."""
    return ratio.change(1.0, found.left[cell], lang) if cell in found.left else "–"
