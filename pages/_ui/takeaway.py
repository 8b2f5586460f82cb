"""The whole state to take home: the link, the weights, and a script that prints every number on the screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache, cache_attention
from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.specs import TransformerSpec, TranslatorSpec
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE, script
from rnn_core.takeaway.transformer_script import transformer_script

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.models.pins import Pin
    from rnn_core.trace import Clamp


@st.fragment
def whole(
    view: View,
    trace: ModelTrace,
    clamps: Sequence[Clamp] = (),
    choose: cache_attention.Choices = (),
    pins: Sequence[Pin] = (),
) -> None:
    """Everything that reopens or recomputes what is on the page; made when it is opened.

    Args:
        view: the page.
        trace: what is on it.
        clamps: what is held of a next-word network.
        choose: what was put in the place of a translator's own words.
        pins: what is held of its attention.
    """
    lang = view.lang
    folded = st.popover(text("takeaway.open", lang), key="take_whole", on_change="rerun")
    if not folded.open:
        return
    with folded:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("takeaway.says", lang, weights=WEIGHTS_FILE))}</p>')
        with st.container(horizontal=True):
            st.download_button(
                SCRIPT_FILE,
                _script(trace, clamps, choose, pins),
                SCRIPT_FILE,
                "text/x-python",
                key="take_script",
                on_click="ignore",
            )
            st.download_button(
                WEIGHTS_FILE,
                _weights(trace),
                WEIGHTS_FILE,
                "application/octet-stream",
                key="take_weights",
                on_click="ignore",
            )
        st.caption(text("ui.link", lang))
        st.code(blocks.address(view), language=None, wrap_lines=True)


def _script(trace: ModelTrace, clamps: Sequence[Clamp], choose: cache_attention.Choices, pins: Sequence[Pin]) -> str:
    if isinstance(trace.spec, TranslatorSpec):
        return cache_attention.script(trace, choose, pins)
    if isinstance(trace.spec, TransformerSpec):
        return transformer_script(trace)
    return script(trace, clamps)


def _weights(trace: ModelTrace) -> bytes:
    if isinstance(trace.spec, TranslatorSpec):
        return cache_attention.weights_file(trace.spec)
    return cache.weights_file(trace.spec)
