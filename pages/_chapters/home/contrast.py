"""One sentence whose reply depends on how it began, read by an RNN and an LSTM of one size."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache, controls, document
from pages._ui.chapter import HIDDEN_SIZES
from pages._ui.components import unrolled
from pages._ui.contrasts import Contrast
from pages._ui.reading import Reading, read
from pages._ui.sentence import bubble
from pages._ui.words import plain
from rnn_core import KiokuError, ModelSpec, contrasts, runtime
from rnn_core.figures.words import quoted
from rnn_core.messages import text
from rnn_core.recurrent.parameters import ParameterCount
from rnn_core.tasks.smalltalk import gloss

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.address import State
    from pages._ui.shell import View
    from rnn_core.models.model_trace import Guess, ModelTrace
    from rnn_core.quantities import Recurrent

DRAWING = "drawing"  # the anchor of what a click changes
CELLS: tuple[Recurrent, ...] = ("rnn", "lstm")
BEGIN: State = MappingProxyType({"t": 1})  # the sentence is longer than a screen, and how it began is the point


def forgotten(view: View) -> list[ModelSpec]:
    """The prepared contrast: what each network answers, and a click to see it do so.

    Nothing before torch is there, and nothing without the trained weights: a page that needs them says so itself.

    Returns:
        The networks whose answers are shown.

    Raises:
        KiokuError: the contrast can't be read.
    """
    if not runtime.ready():
        return []
    case = contrasts.forgotten()
    specs = [ModelSpec(cell=cell, hidden=case.hidden) for cell in CELLS]
    try:
        traces = [cache.trace(spec, case.words) for spec in specs]
        others = [cache.trace(spec, case.words) for spec in _others()]
    except KiokuError:
        return []
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
        for spec, trace in zip(specs, traces, strict=True):
            _answer(view, "".join(case.words), spec, trace.reply)
    st.html(f'<p class="method" lang="{view.lang}">{plain(_limits(traces, others, view.lang))}</p>')
    return specs


def prepared() -> tuple[Contrast, ...]:
    """For the stage: the sentence, read by each of the two.

    Raises:
        KiokuError: the contrast can't be read.
    """
    case = contrasts.forgotten()
    specs = (ModelSpec(cell=cell, hidden=case.hidden) for cell in CELLS)
    return tuple(Contrast(spec.cell, _sets("".join(case.words), spec), silent=BEGIN) for spec in specs)


def _sets(sentence: str, spec: ModelSpec) -> State:
    return {"text": sentence, "cell": spec.cell, "hidden": spec.hidden, "weights": spec.weights}


def _others() -> list[ModelSpec]:
    """A larger RNN and another cell with gates, whose replies show what the contrast doesn't."""
    return [ModelSpec(cell="rnn", hidden=HIDDEN_SIZES[-1]), ModelSpec(cell="gru", hidden=contrasts.forgotten().hidden)]


def _limits(traces: Sequence[ModelTrace], others: Sequence[ModelTrace], lang: str) -> str:
    """That it is one sentence, what other networks reply to it, and how many parameters the two have, as sentences."""
    larger, gated = (_quoted(trace.reply.text, trace.reply.gloss, lang) for trace in others)
    few, many = (
        f"{ParameterCount(trace.layers.cell, trace.embedding.shape[1], contrasts.forgotten().hidden).total:,}"
        for trace in traces
    )
    sizes = {"units": contrasts.forgotten().hidden, "large": HIDDEN_SIZES[-1]}
    return text("home.forgotten_method", lang, rnn=larger, gru=gated, few=few, many=many, **sizes)


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
    """Let the page read the sentence with this network, and bring the drawing into view."""
    controls.take({**_sets(sentence, spec), **BEGIN})
    document.bring(DRAWING)


def draw(view: View, reading: Reading) -> None:
    """Draw the network that read the sentence."""
    step, key = reading.step + 1, view.key("unrolled")
    unrolled(view.lang, reading.shown, step=step, key=key, on_step_change=controls.rest)


def pinned(view: View) -> None:
    """Draw that of a pinned state."""
    draw(view, read(view))
