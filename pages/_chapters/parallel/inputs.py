"""The sentence of the address, repeated as far as it asks, and the network that reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.parallel import computed
from pages._ui import blocks, cache, contrasts, controls
from pages._ui.contrasts import Contrast
from pages._ui.network import require, spec_of
from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.models.sentence_spec import continued

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.gradients.newton import NewtonRun
    from rnn_core.specs import ModelSpec
    from rnn_core.text.tokenizer import Token

ONCE = "once"
CONTRASTS = (
    Contrast("fresh", {"weights": "fresh"}, silent={"round": None}),
    Contrast("clip", {"clipping": "on"}, silent={"round": None}),
    Contrast("chaos", {"factor": 6}, silent={"round": None}),
)


@dataclass(frozen=True, eq=False)
class Reading:
    """What is read.

    Attributes:
        spec: the network.
        tokens: the sentence once, as the network receives it.
        cut: it was longer than what is read.
        words: the words on which Newton's method is tried.
        run: what it found.
    """

    spec: ModelSpec
    tokens: tuple[Token, ...]
    cut: bool
    words: tuple[str, ...]
    run: NewtonRun


def choose(view: View) -> None:
    """The few controls in sight, the folded ones, and what is prepared."""
    lang = view.lang
    with blocks.control_row():
        controls.sentence("text", lang)
        controls.choice("cell", lang)
        controls.choice("length", lang)
        blocks.more(view, "hidden", "weights", "seed")
    contrasts.row(view, CONTRASTS)


def read(view: View) -> Reading:
    """Run Newton's method on the words of the address.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    require(view)
    segmented = cache.words(view.text("text"))
    spec = spec_of(view.state)
    trace = cache.trace(spec, segmented.tokens)
    length = len(segmented.tokens) if view.state["length"] == ONCE else view.whole("length", 0)
    most = computed.longest(spec)
    words = continued(segmented.tokens, max(length, len(segmented.tokens)))[:most]
    if most < length:
        said = text("parallel.bounded", view.lang, words=most, units=spec.hidden)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
    run = computed.solved(spec, words, scale=float(view.whole("factor", 1)), clip=view.state["clipping"] == "on")
    return Reading(spec, trace.tokens, segmented.cut, words, run)
