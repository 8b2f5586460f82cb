"""The first word is another one: which, what is expected of it, and how far the states are apart from there on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed
from pages._chapters.compare.networks import STATE
from pages._ui import cache, controls
from pages._ui.address import CONTROLS
from pages._ui.words import markdown
from rnn_core import KiokuError, contrasts, lineup, order
from rnn_core.figures import called
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pages._chapters.compare.networks import Runs
    from pages._ui.shell import View
    from rnn_core.quantities import Cell

INSTEAD = str(CONTROLS["instead"].default)


def contrast(view: View) -> None:
    """The prepared contrast, a click away: a sentence whose reply hangs on its first word.

    Raises:
        KiokuError: it can't be read.
    """
    case = contrasts.forgotten()
    if view.state["text"] == "".join(case.words):
        return
    state = {"text": "".join(case.words), "instead": case.twin[0], "hidden": case.hidden, "fair": "units"}
    said = text("compare.contrast", view.lang)
    st.button(said, key="contrast", on_click=controls.take, args=(state | {"weights": "trained"},))


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


def gaps(runs: Runs, other: str) -> Mapping[Cell, NDArray[np.float64]]:
    """How far each network's states are apart at each word, once the first is `other`."""
    changed = order.replaced(runs.words, 0, other)
    layers = {cell: computed.trace(spec, changed).layers.layers[-1][0] for cell, spec in runs.specs.items()}
    return {cell: lineup.rms_difference(layer[STATE], layers[cell][STATE]) for cell, layer in runs.layers.items()}


def options(lang: str) -> Mapping[int, str]:
    """What can be guessed, and what it is called."""
    return {number: called(cell, lang) for number, cell in enumerate(lineup.NETWORKS, 1)}


def guessed(guess: int | None) -> Cell | None:
    """The network that a guess names."""
    return None if guess is None else lineup.NETWORKS[guess - 1]
