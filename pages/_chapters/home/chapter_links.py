"""The way from the first page into the chapters: each with the question that it answers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.contents import CHAPTERS
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View


def ways(view: View, question: str) -> None:
    """A link to every other chapter, under a heading (a message id)."""
    blocks.part(view, question)
    with st.container(key="ways", gap="small"):
        for row in CHAPTERS:
            if row is not view.chapter:
                title, asks = (text(f"{row.name}.{what}", view.lang) for what in ("title", "question"))
                st.page_link(row.script, label=f"**{title}**  \n{asks}")
