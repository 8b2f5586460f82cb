"""The same question put to one direction and to two: four small networks, asked at each word and after the last."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.sentiment import computed
from pages._ui import blocks, cache
from pages._ui.memo import memoized
from pages._ui.words import markdown
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import SHIPPED

if TYPE_CHECKING:
    from pages._ui.shell import View


def folded(view: View) -> None:
    """One direction and two on the sentence of the address; made when it is opened."""
    opened = st.expander(markdown(text("sentiment.directions", view.lang)), key="directions", on_change="rerun")
    if not opened.open:
        return
    with opened:
        words = cache.words(view.text("text")).tokens
        said = {spec: computed.classify(spec, words) for spec in SHIPPED}
        drawn = figures.feelings_by_word(
            tuple(one for spec, one in said.items() if spec.asked == "word"),
            tuple(one for spec, one in said.items() if spec.asked == "sentence"),
            glosses=tuple(map(smalltalk.gloss, words)),
            **view.style,
        )
        blocks.picture(view, drawn)
        worth, majority = computed.worth()
        blocks.picture(view, memoized(figures.feelings, worth, majority, **view.style))
