"""The whole state to take home: the link, the weights, and a script that prints the gates, states and top outputs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache
from pages._ui.words import plain
from rnn_core import KiokuError
from rnn_core.messages import text
from rnn_core.specs import MinimalSpec, ModelSpec, TransformerSpec
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE, write_script
from rnn_core.takeaway.transformer_script import write_transformer_script

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from streamlit.delta_generator import DeltaGenerator

    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.recurrent.clamps import Clamp


def whole(
    view: View,
    trace: ModelTrace,
    clamps: Sequence[Clamp] = (),
    files: Callable[[], tuple[str, bytes]] | None = None,
) -> None:
    """Everything that reopens or recomputes what is on the page; made when it is opened.

    It runs with the page: as a part that runs alone it would cost each change more than it saves who opens it.

    Args:
        view: the page.
        trace: what is on it.
        clamps: what is held of a next-word network.
        files: the script and the weights of another kind of network.
    """
    with blocks.errors_shown(view):
        if folded := fold(view):
            says = text("takeaway.says", view.lang, weights=WEIGHTS_FILE)
            made, weights = files() if files else _files(trace, clamps)
            fill(folded, view, says, (SCRIPT_FILE, made), (WEIGHTS_FILE, weights))


def fold(view: View) -> DeltaGenerator | None:
    """Where all of it is offered; None while that is closed, so that nothing is made."""
    folded = st.popover(text("takeaway.open", view.lang), key="take_whole", on_change="rerun")
    return folded if folded.open else None


def fill(
    folded: DeltaGenerator, view: View, says: str, script_file: tuple[str, str], weights_file: tuple[str, bytes]
) -> None:
    """Offer the two files, each by its name, and the link, under what is said of them."""
    with folded:
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(says)}</p>')
        with st.container(horizontal=True):
            for key, (name, data), kind in (
                ("take_script", script_file, "text/x-python"),
                ("take_weights", weights_file, "application/octet-stream"),
            ):
                st.download_button(name, data, name, kind, key=key, on_click="ignore")
        st.caption(text("ui.link", view.lang))
        st.code(blocks.address(view), language=None, wrap_lines=True)


def _files(trace: ModelTrace, clamps: Sequence[Clamp]) -> tuple[str, bytes]:
    """The script and the weights of a network that says the next word."""
    spec = trace.spec
    if isinstance(spec, TransformerSpec):
        return write_transformer_script(trace), cache.weights_file(spec)
    if spec.weights.startswith("file:"):
        raise KiokuError("script_of_own")
    if isinstance(spec, ModelSpec):
        return write_script(trace, clamps), cache.weights_file(spec)
    if isinstance(spec, MinimalSpec):
        raise KiokuError("script_of_next_word", model=spec.name)
    raise TypeError(f"{spec.name} has files of its own")
