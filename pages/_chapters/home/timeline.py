"""The line of history on the first page: each step with its paper, and a link to the state that shows its point."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.contents import CHAPTERS
from pages._ui.words import markdown
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View


@dataclass(frozen=True)
class Milestone:
    """One step.

    Attributes:
        key: its messages: `home.history.<key>.name`, and `home.history.<key>`, which says what was new.
        year: of the paper.
        paper: authors and title, as they stand on it.
        chapter: where its point is shown.
        state: what the address of that chapter says.
    """

    key: str
    year: int
    paper: str
    chapter: str
    state: Mapping[str, str]


LINE = (
    Milestone("elman", 1990, "Elman: Finding Structure in Time", "cell", {"cell": "rnn"}),
    Milestone(
        "bidirectional", 1997, "Schuster & Paliwal: Bidirectional Recurrent Neural Networks", "bidirectional", {}
    ),
    Milestone("lstm", 1997, "Hochreiter & Schmidhuber: Long Short-Term Memory", "cell", {"cell": "lstm"}),
    Milestone(
        "forget",
        2000,
        "Gers, Schmidhuber & Cummins: Learning to Forget: Continual Prediction with LSTM",
        "gradients",
        {"length": "60", "weights": "fresh", "fbias": "3.0", "curve": "skip"},
    ),
    Milestone(
        "gru",
        2014,
        "Cho et al.: Learning Phrase Representations using RNN Encoder–Decoder for Statistical Machine Translation",
        "cell",
        {"cell": "gru"},
    ),
    Milestone(
        "seq2seq",
        2014,
        "Sutskever, Vinyals & Le: Sequence to Sequence Learning with Neural Networks",
        "attention",
        {"task": "names", "attention": "none", "guess_accuracy": "skip"},
    ),
    Milestone(
        "attention",
        2015,
        "Bahdanau, Cho & Bengio: Neural Machine Translation by Jointly Learning to Align and Translate",
        "attention",
        {"task": "phrases", "attention": "additive"},
    ),
    Milestone("transformer", 2017, "Vaswani et al.: Attention Is All You Need", "transformer", {}),
    Milestone("mingru", 2024, "Feng et al.: Were RNNs All We Needed?", "parallel", {}),
    Milestone("hybrid", 2026, "Qwen3.5-397B: published configuration, February 2026", "parallel", {}),
)


def history(view: View) -> None:
    """The steps from left to right, each a link."""
    blocks.part(view, "home.history")
    scripts = {row.name: row.script for row in CHAPTERS}
    with st.container(key="history", horizontal=True, gap="small"):
        for step in LINE:
            name = markdown(text(f"home.history.{step.key}.name", view.lang))
            said = markdown(text(f"home.history.{step.key}", view.lang))
            paper = markdown(step.paper)
            st.page_link(
                scripts[step.chapter],
                label=f"**{step.year} {name}**  \n{said}  \n*{paper}*",
                query_params={"lang": view.lang, **step.state},
            )
