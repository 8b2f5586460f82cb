"""How far back each network depends on its input: the gradient of its reply, and which word each state hangs on."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed, networks, small_multiples
from pages._ui import blocks
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.compare.networks import Runs, Sizes
    from pages._ui.shell import View


def pull(view: View, runs: Runs, norms: Sizes, carried: Sizes) -> None:
    """How strongly the reply hangs on the states of each network."""
    last = len(runs.words) - 1
    drawn = figures.gradient_norms(norms, runs.words, last, cell_states=carried, glosses=runs.glosses, **view.style)
    drawn = replace(
        drawn,
        title=text("compare.pull", view.lang),
        finding=networks.left(norms, Words(runs.words, runs.glosses, view.lang)),
        method=text("compare.pull_method", view.lang),
    )
    blocks.picture(view, drawn, above=blocks.part_said(view, "compare.back"))


def influence(view: View, runs: Runs) -> None:
    """Which word each state hangs on, in every network, folded: made when it is opened."""
    folded = st.expander(text("compare.influence", view.lang), key="maps", on_change="rerun")
    if not folded.open:
        return
    maps = {cell: computed.influence(spec, runs.words) for cell, spec in runs.specs.items()}
    drawn = {
        cell: memoized(
            figures.influence_map,
            cell,
            values,
            runs.words,
            decades=networks.decades(len(runs.words)),
            direction=networks.READS.get(cell, 0),
            glosses=runs.glosses,
            **view.style,
        )
        for cell, values in maps.items()
    }
    said = figures.influence_across(maps, runs.words, lang=view.lang, glosses=runs.glosses)
    with folded:
        small_multiples.multiples(view, text("compare.influence", view.lang), said, drawn, runs.specs)
