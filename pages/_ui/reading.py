"""The sentence of the address, read by the network of the address: at once if it can be, else as soon as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache, network, pin, turns
from pages._ui.address import CONTROLS
from pages._ui.waiting import line_of_page
from pages._ui.words import markdown, plain
from rnn_core import KiokuError, ModelSpec, runtime
from rnn_core.messages import text
from rnn_core.models.sources import find_source
from rnn_core.specs import RecurrentSpec

if TYPE_CHECKING:
    from pages._ui.network import Shown
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace

PAUSE = 1.0  # seconds between the first picture and the import of torch, which would hold it up
LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True)
class Reading:
    """What the network computed on the sentence.

    Attributes:
        trace: all of it.
        shown: the same as the layer and the direction that are shown have it, in the order of their reading.
        part: which they are.
        cut: the sentence was longer than what is read.
        step: the chosen step, 0-based; the last one unless the address names another.
    """

    trace: ModelTrace
    shown: ModelTrace
    part: Shown
    cut: bool
    step: int


def read(view: View) -> Reading:
    """Run the network on the sentence.

    On a server that has just started, the page as it opens comes from a stored trace, and the live numbers take its
    place; any other state waits for them behind a line that says so.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    spec, sentence = network.recurrent_spec_of(view.state), view.text("text")
    if not runtime.ready():
        stored = _stored(view, spec, sentence)
        if stored:
            blocks.alone(replace_when_ready, LOOK_EVERY)(view)
            return _reading(view, stored, cut=False)
        wait(view.lang)
    segmented = cache.words(sentence, find_source(spec.weights).reads(spec))
    return _reading(view, cache.trace(spec, segmented.tokens), segmented.cut)


def _reading(view: View, trace: ModelTrace, cut: bool) -> Reading:
    asked, last = view.state["t"], len(trace)
    if isinstance(asked, int) and asked > last:
        pin.beyond(view, "ui.step", asked, last)
        asked = None
    part = network.shown(view, trace.spec) if isinstance(trace.spec, ModelSpec) else network.Shown()
    shown = cache.shown(trace, part.layer, part.direction)
    return Reading(trace, shown, part, cut, (asked if isinstance(asked, int) else last) - 1)


def order_said(view: View, part: Shown) -> None:
    """Say that the columns stand in the order in which the backward direction reads."""
    if part.direction:
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("ui.backward", view.lang))}</p>')


def _stored(view: View, spec: RecurrentSpec, sentence: str) -> ModelTrace | None:
    if sentence != CONTROLS["text"].default:
        return None
    try:
        stored = cache.first_picture()
    except KiokuError as error:  # it only saves time: without it the reader waits for the live numbers
        st.warning(markdown(error.text(view.lang)))
        return None
    return stored if stored.spec == spec and "".join(token.text for token in stored.tokens) == sentence else None


def replace_when_ready(_: View) -> None:
    """Draw the page anew once everything is there to compute with: for a part that looks every `LOOK_EVERY` seconds."""
    if runtime.ready():
        st.rerun()
    runtime.warm_up_later(PAUSE)


def wait(lang: str) -> None:
    """Until everything is there to compute with, show a line that says so."""
    runtime.warm_up_later(0)
    line = line_of_page()
    said = f'<p class="quiet" role="status">{plain(text("ui.loading", lang))}</p>'
    line.html(said)
    with turns.aside():
        while not runtime.wait(LOOK_EVERY):
            line.html(said)  # so that Streamlit can end this run when the reader has moved on
    line.empty()
