"""The sentence of the address, read by the network of the address: at once if it can be, else as soon as it can be."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache
from pages._ui.address import CONTROLS
from pages._ui.words import markdown, plain
from rnn_core import KiokuError, ModelSpec, runtime
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.address import State
    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace

PAUSE = 1.0  # seconds between the first picture and the import of torch, which would hold it up
LOOK_EVERY = 0.5  # seconds


@dataclass(frozen=True)
class Reading:
    """What the network computed on the sentence.

    Attributes:
        trace: all of it.
        cut: the sentence was longer than what is read.
        step: the chosen step, 0-based; the last one unless the address names another.
    """

    trace: ModelTrace
    cut: bool
    step: int


def spec_of(state: State) -> ModelSpec:
    """The network that the address names; only fresh weights depend on the seed."""
    named = {key: state[key] for key in ("cell", "hidden", "weights", "seed")}
    return ModelSpec.model_validate(named if named["weights"] == "fresh" else named | {"seed": 0})


def read(view: View) -> Reading:
    """Run the network on the sentence.

    On a server that has just started, the page as it opens comes from a stored trace, and the live numbers take its
    place; any other state waits for them behind a line that says so.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    spec, sentence = spec_of(view.state), view.text("text")
    if not runtime.ready():
        stored = _stored(view, spec, sentence)
        if stored:
            blocks.alone(_replace_when_ready, LOOK_EVERY)(view)
            return _reading(view, stored, cut=False)
        wait(view.lang)
    segmented = cache.words(sentence)
    return _reading(view, cache.trace(spec, segmented.tokens), segmented.cut)


def _reading(view: View, trace: ModelTrace, cut: bool) -> Reading:
    asked, last = view.state["t"], len(trace)
    if isinstance(asked, int) and asked > last:
        st.warning(text("ui.step", view.lang, given=asked, last=last))
        asked = None
    return Reading(trace, cut, (asked if isinstance(asked, int) else last) - 1)


def _stored(view: View, spec: ModelSpec, sentence: str) -> ModelTrace | None:
    if sentence != CONTROLS["text"].default:
        return None
    try:
        stored = cache.first_picture()
    except KiokuError as error:  # it only saves time: without it the reader waits for the live numbers
        st.warning(markdown(error.text(view.lang)))
        return None
    return stored if stored.spec == spec and "".join(token.text for token in stored.tokens) == sentence else None


def _replace_when_ready(_: View) -> None:
    if runtime.ready():
        st.rerun()
    runtime.warm_up_later(PAUSE)


def wait(lang: str) -> None:
    """Until everything is there to compute with, show a line that says so."""
    runtime.warm_up_later(0)
    line = st.empty()
    said = f'<p class="quiet" role="status">{plain(text("ui.loading", lang))}</p>'
    line.html(said)
    while not runtime.wait(LOOK_EVERY):
        line.html(said)  # so that Streamlit can end this run when the reader has moved on
    line.empty()
