"""The way from a use to the lab, where a reader trains a network for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.contents import CHAPTERS
from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.training.lab.limits import OUTLINES

if TYPE_CHECKING:
    from pages._ui.shell import View

LAB = "training"


def offer(view: View, task: str) -> None:
    """A link that opens the lab with this task; nothing where the lab does not have it.

    Where this chapter cannot show what is trained there, it says which can.
    """
    outline = OUTLINES.get(task)  # type: ignore[call-overload]  # whichever task it is
    if outline is None:
        return
    lab = next(row for row in CHAPTERS if row.name == LAB)
    query = {"lang": view.lang, "task": task}
    st.page_link(lab.script, label=text("uses.train", view.lang), query_params=query)
    if view.chapter.address not in outline.chapters:
        titles = (text(f"{row.name}.title", view.lang) for row in CHAPTERS if row.address in outline.chapters)
        said = text("uses.opens", view.lang, chapters=text("figures.list", view.lang).join(titles))
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
