"""The way from a use to the lab, where a reader trains a network for it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.contents import CHAPTERS
from rnn_core.messages import text
from rnn_core.training.lab.limits import LENGTHS

if TYPE_CHECKING:
    from pages._ui.shell import View

LAB = "training"


def offer(view: View, task: str) -> None:
    """A link that opens the lab with this task; nothing where the lab does not have it."""
    if task in LENGTHS:
        lab = next(row for row in CHAPTERS if row.name == LAB)
        query = {"lang": view.lang, "task": task}
        st.page_link(lab.script, label=text("uses.train", view.lang), query_params=query)
