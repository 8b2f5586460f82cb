"""One word is replaced: which, by what, and whose answer moves."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import cache, controls
from pages._ui.address import CONTROLS
from pages._ui.words import markdown, on_button
from rnn_core import KiokuError, order
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.shell import View
    from rnn_core.specs import NetworkSpec
    from rnn_core.text.tokenizer import Token


def choose(view: View, tokens: Sequence[Token]) -> tuple[int, str]:
    """The controls of the replacement. Returns the place, 0-based, and the word that is put there."""
    lang, last = view.lang, len(tokens) - 1
    words = Words(tuple(token.text for token in tokens), tuple(token.gloss for token in tokens), lang)
    back = _back(view, last)
    with st.container(key="reach_row", horizontal=True, vertical_alignment="bottom"):
        controls.keep("back", back, words.tokens)
        st.pills(
            text("controls.back.label", lang),
            range(last, -1, -1),
            key="back",
            required=True,
            format_func=lambda distance: on_button(markdown(words.said(last - distance))),
            wrap=True,
        )
        controls.sentence("other", lang)
    return last - back, _word(view)


def _back(view: View, last: int) -> int:
    """How many words before the last one; the first word where the address says nothing, or goes too far."""
    asked = view.state["back"]
    if isinstance(asked, int) and asked <= last:
        return asked
    if asked is not None:
        st.warning(text("order.not_so_far", view.lang, given=asked, last=last))
    controls.correct("back", last)
    return last


def _word(view: View) -> str:
    """The word that is put instead: the first of what was typed, the default where nothing can be read."""
    default = str(CONTROLS["other"].default)
    try:
        first, *rest = cache.words(view.text("other")).tokens
    except KiokuError:  # nothing to read
        st.warning(text("order.no_other", view.lang, used=default))
        return default
    if rest:
        st.warning(text("order.first_of", view.lang, used=markdown(first)))
    return first


def moved(tokens: Sequence[str], word: str) -> Mapping[NetworkSpec, NDArray[np.float64] | None]:
    """How far each network's answer moves when the word at each place is replaced; None where it can't read at all."""
    return {spec: _of(spec, tuple(tokens), word) for spec in order.NETWORKS}


def _of(spec: NetworkSpec, tokens: tuple[str, ...], word: str) -> NDArray[np.float64] | None:
    try:
        return cache.reach(spec, tokens, word)
    except KiokuError as error:
        if error.code != "window_full":
            raise
        return None
