"""The segmentation to take home: the link, the weights with what came in, and a script that prints every number."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui import cache_bidirectional as cache
from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.takeaway.segmenter_script import MAPPED, SCRIPT_FILE, WEIGHTS_FILE, segmenter_script

if TYPE_CHECKING:
    from pages._ui.bidirectional_reading import Reading
    from pages._ui.shell import View


@st.fragment
def whole(view: View, reading: Reading) -> None:
    """Everything that reopens or recomputes what is on the page; made when it is opened."""
    lang, seen = view.lang, reading.seen
    folded = st.popover(text("takeaway.open", lang), key="take_whole", on_change="rerun")
    if not folded.open:
        return
    with folded:
        said = text("bidirectional.take_says", lang, weights=WEIGHTS_FILE, mapped=MAPPED)
        st.html(f'<p class="quiet" lang="{lang}">{plain(said)}</p>')
        with st.container(horizontal=True):
            st.download_button(
                SCRIPT_FILE, segmenter_script(seen), SCRIPT_FILE, "text/x-python", key="take_script", on_click="ignore"
            )
            st.download_button(
                WEIGHTS_FILE,
                cache.weights_file(seen.characters.text, seen.later, seen.other),
                WEIGHTS_FILE,
                "application/octet-stream",
                key="take_weights",
                on_click="ignore",
            )
        st.caption(text("ui.link", lang))
        st.code(blocks.address(view), language=None, wrap_lines=True)
