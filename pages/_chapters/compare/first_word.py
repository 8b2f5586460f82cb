"""The first word is another one: which, what is expected of it, and how far the states are apart from there on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed
from pages._chapters.compare.networks import STATE
from pages._ui import cache, controls, predict
from pages._ui.address import CONTROLS
from pages._ui.contrasts import Contrast
from pages._ui.words import markdown
from rnn_core import KiokuError, contrasts, figures, lineup, order
from rnn_core.figures import called, ratio
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pages._chapters.compare.networks import Runs
    from pages._ui.shell import View
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
    """The control of the other word, and the word: the first of what was typed, if the networks know it."""
    lang, typed = view.lang, view.text("instead")
    controls.sentence("instead", lang)
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
        read: network → how far apart is what its reply is read from.
        left: network → the share of the change at the first word that the reply still reads.
    """

    other: str
    gaps: Mapping[Cell, NDArray[np.float64]]
    read: Mapping[Cell, float]
    left: Mapping[Cell, float]


def change(runs: Runs, other: str) -> Change:
    """What it changes in each network that the first word is `other`."""
    changed = order.replaced(runs.words, 0, other)
    pairs = {
        cell: (layer[STATE], computed.trace(runs.specs[cell], changed).layers.layers[-1][0][STATE])
        for cell, layer in runs.layers.items()
    }
    gaps = {cell: lineup.rms_difference(*pair) for cell, pair in pairs.items()}
    read = {
        cell: float(lineup.rms_difference(*(lineup.read_by_reply(cell, states) for states in pair))[0])
        for cell, pair in pairs.items()
    }
    return Change(other, gaps, read, figures.share_left(gaps, read))


def verdict(view: View, found: Change, guess: Cell) -> str:
    """What there is to say of a guess, as HTML."""
    lang, most = view.lang, max(found.left, key=found.left.__getitem__)
    judged = figures.judge_share(found.left, guess)
    ends = {"share": share(found, guess, lang), "most": share(found, most, lang)}
    key = "compare.why.right" if judged == "right" else "compare.why.other"
    why = text(key, lang, guess=called(guess, lang), cell=called(most, lang), **ends)
    return predict.verdict_said(view, judged, why)


def share(found: Change, cell: Cell, lang: str) -> str:
    """The share that is left in a network; – where nothing changed in it."""
    return ratio.change(1.0, found.left[cell], lang) if cell in found.left else "–"


def options(lang: str) -> Mapping[int, str]:
    """What can be guessed, and what it is called."""
    return {number: called(cell, lang) for number, cell in enumerate(lineup.NETWORKS, 1)}


def guessed(guess: int | None) -> Cell | None:
    """The network that a guess names."""
    return None if guess is None else lineup.NETWORKS[guess - 1]
