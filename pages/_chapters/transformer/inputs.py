"""The sentence of the address, read by the Transformer of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache, controls
from pages._ui.network import Shown, require
from pages._ui.reading import Reading
from rnn_core.messages import text
from rnn_core.specs import TransformerSpec

if TYPE_CHECKING:
    from pages._ui.address import State
    from pages._ui.shell import View


def choose(view: View) -> None:
    """The few controls in sight, and the folded ones."""
    lang = view.lang
    with blocks.control_row():
        controls.sentence("text", lang)
        controls.choice("layer", lang)
        controls.choice("positions", lang)
        blocks.more(view, "hidden", "weights", "seed")


def spec_of(state: State, *, positions: bool | None = None) -> TransformerSpec:
    """The network that the address names, or its twin with or without positions; only fresh weights have a seed."""
    fresh = state["weights"] == "fresh"
    return TransformerSpec.model_validate(
        {
            "hidden": state["hidden"],
            "positions": state["positions"] == "added" if positions is None else positions,
            "weights": state["weights"],
            "seed": state["seed"] if fresh else 0,
        }
    )


def networks(state: State) -> list[TransformerSpec]:
    """Those of the page: the one that the address names, and its twin."""
    return [spec_of(state), *(spec_of(state, positions=positions) for positions in (True, False))]


def read(view: View) -> Reading:
    """Run the network on the sentence.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    require(view)
    segmented = cache.words(view.text("text"))
    trace = cache.trace(spec_of(view.state), segmented.tokens)
    asked, last = view.state["t"], len(trace)
    if isinstance(asked, int) and asked > last:
        st.warning(text("ui.step", view.lang, given=asked, last=last))
        asked = None
    return Reading(trace, trace, Shown(), segmented.cut, (asked if isinstance(asked, int) else last) - 1)
