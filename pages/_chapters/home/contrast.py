"""Memory made felt: one sentence whose reply hangs on how it began, read by an RNN and an LSTM of one size."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache
from pages._ui.sentence import bubble
from pages._ui.words import plain
from rnn_core import KiokuError, ModelSpec, contrasts, runtime
from rnn_core.figures.words import quoted
from rnn_core.messages import text
from rnn_core.tasks.smalltalk import gloss

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.models.model_trace import Guess
    from rnn_core.quantities import Recurrent

CELLS: tuple[Recurrent, ...] = ("rnn", "lstm")


def forgotten(view: View) -> None:
    """The prepared contrast: what each network answers, and a click to see it do so.

    Nothing before torch is there, and nothing without the trained weights: a page that needs them says so itself.

    Raises:
        KiokuError: the contrast can't be read.
    """
    if not runtime.ready():
        return
    case = contrasts.forgotten()
    specs = networks()
    try:
        replies = [cache.trace(spec, case.words).reply for spec in specs]
    except KiokuError:
        return
    blocks.part(view, "home.forgotten")
    said = text(
        "home.forgotten_finding",
        view.lang,
        sentence=_quoted("".join(case.words), case.english, view.lang),
        twin=_quoted("".join(case.twin), case.twin_english, view.lang),
        reply=_quoted(case.reply, gloss(case.reply), view.lang),
        instead=_quoted(case.instead, gloss(case.instead), view.lang),
        units=case.hidden,
    )
    st.html(f'<p class="finding" lang="{view.lang}">{plain(said)}</p>')
    with st.container(key="forgotten", horizontal=True, gap="large"):
        for spec, reply in zip(specs, replies, strict=True):
            _answer(view, "".join(case.words), spec, reply)


def networks() -> list[ModelSpec]:
    """Which networks answer.

    Raises:
        KiokuError: the contrast can't be read.
    """
    return [ModelSpec(cell=cell, hidden=contrasts.forgotten().hidden) for cell in CELLS]


def _quoted(said: str, english: str, lang: str) -> str:
    return quoted(said, "" if lang == "ja" else english, lang)


def _answer(view: View, sentence: str, spec: ModelSpec, reply: Guess) -> None:
    cell, lang = spec.cell, view.lang
    name = text("home.forgotten_network", lang, cell=cell.upper(), units=spec.hidden)
    with st.container(key=f"forgotten_{cell}", width="content"):
        said = bubble(reply, lang)
        st.html(f'<p class="quiet cell-{cell}">{plain(name)}</p><ol class="reading cell-{cell}">{said}</ol>')
        st.button(
            text("home.forgotten_show", lang, cell=cell.upper()),
            key=f"show_forgotten_{cell}",
            on_click=_show,
            args=(sentence, spec),
        )


def _show(sentence: str, spec: ModelSpec) -> None:
    """Let the page read the sentence with this network: the address, as if the reader had typed and chosen it."""
    st.session_state.update(text=sentence, cell=spec.cell, hidden=spec.hidden, weights=spec.weights)
