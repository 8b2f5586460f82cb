"""The drawing that opens /text-generation, and what is to be remarked on its text."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.text_generation import settings
from pages._ui import blocks, controls, stage, tables
from pages._ui.components.growing_text import growing_text
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.figures.captions import number
from rnn_core.messages import text
from rnn_core.tasks.written import START
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from pages._chapters.text_generation.settings import Asked
    from pages._ui.shell import View

LONGEST = 16  # characters of an unknown token


def draw(view: View, asked: Asked) -> None:
    """Draw the text over the states of its network."""
    step = view.state["t"]
    with stage.drawing(view):
        growing_text(
            view.lang,
            asked.written,
            "beam" if view.state["way"] == "beam" else "draw",
            step=step if isinstance(step, int) else None,
            key=view.key("growing_text"),
            on_step_change=controls.rest,
        )


def pinned(view: View) -> None:
    """Draw the text of a pinned state."""
    draw(view, settings.read(view))


def remarks(view: View, asked: Asked) -> None:
    """What of the beginning was not read, and which of its tokens the network never learned."""
    given = asked.written.trace.tokens[: asked.written.given]
    if asked.cut:
        st.warning(text("text_generation.cut", view.lang, limit=sum(token.text != START for token in given)))
    unknown = [token.text for token in given if not token.known]
    if unknown:
        listed = text("ui.comma", view.lang).join(shorten(one, LONGEST) for one in dict.fromkeys(unknown))
        said = text("ui.unknown", view.lang, words=listed)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def hypotheses(view: View, asked: Asked) -> None:
    """What else a beam has found, with how probable each is."""
    rows = asked.written.beam
    if len(rows) < 2:
        return
    columns = {
        text("text_generation.column.text", view.lang): tuple(asked.written.continued(one.chosen) for one in rows),
        text("text_generation.column.surprise", view.lang): tuple(number(one.surprise) for one in rows),
    }
    st.html(tables.table(columns))


def distribution(view: View, asked: Asked) -> None:
    """The distribution at the place at which the reader rests, as a chart."""
    step = min(view.whole("t", asked.written.given), len(asked.written.trace)) - 1
    blocks.picture(view, figures.next_word(asked.written.trace, step, **view.style))
