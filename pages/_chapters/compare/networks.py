"""The networks that are compared, and everything that is measured on them: the same sentence, read by each."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed
from pages._ui import cache
from pages._ui.network import is_named, require, spec_of
from pages._ui.reading import wait
from pages._ui.words import explained, plain
from rnn_core import figures, lineup, runtime
from rnn_core.figures import called
from rnn_core.figures.captions import percent
from rnn_core.figures.ratio import change
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.quantities import CELLS, QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.shell import View
    from rnn_core.lineup import Compared
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell
    from rnn_core.text.tokenizer import Token

    Sizes = Mapping[Cell, NDArray[np.float64]]

RANDOM = "fresh"  # the weights that have learned nothing
INPUTS = 24  # numbers a word; a test compares it with the networks
READS: Mapping[Cell, int | None] = MappingProxyType({"bidirectional": None})
"""The order in which a network reads, where it is not forwards alone: its states hang on every word."""
HIGH = 1.5  # the upper end of the colour scale of influences, an exponent of 10: those of the Transformer reach it
STATE = QUANTITIES.state(CELLS[0]).key


@dataclass(frozen=True)
class Runs:
    """What each network computed on the sentence.

    Attributes:
        specs: network → what it is exactly.
        traces: network → all that it computed.
        cut: the sentence was longer than what is read.
        step: the chosen step, 0-based.
    """

    specs: Mapping[Cell, Compared]
    traces: Mapping[Cell, ModelTrace]
    cut: bool
    step: int

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words as the networks received them."""
        return next(iter(self.traces.values())).tokens

    @property
    def outputs(self) -> tuple[str, ...]:
        """The most probable output of each network after each word."""
        traces = self.traces.values()
        return tuple(trace.top(step, 1)[0].text for trace in traces for step in range(len(trace)))

    @property
    def words(self) -> tuple[str, ...]:
        """The words."""
        return tuple(token.text for token in self.tokens)

    @property
    def glosses(self) -> tuple[str, ...]:
        """Their meanings."""
        return tuple(token.gloss for token in self.tokens)


def size_control(view: View) -> str:
    """The control of how large the networks are, in what they have equally much of."""
    return "budget" if view.state["fair"] == "parameters" else "hidden"


def read(view: View) -> Runs:
    """Let each network read the sentence.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    if not runtime.ready():
        wait(view.lang)
    segmented = cache.words(view.text("text"))
    require(view)
    asked = spec_of(view.state)
    equal = view.state["fair"] == "parameters"
    units = lineup.equal_units(view.whole("hidden", min(lineup.UNITS)))
    sizes = lineup.BUDGETS[view.whole("budget", min(lineup.BUDGETS))] if equal else units
    own = is_named(asked.weights)
    every = lineup.select_specs(sizes, weights="trained" if own else asked.weights, seed=0 if own else asked.seed)
    specs: dict[Cell, Compared] = {spec.cell: spec for spec in every}
    if own:
        specs[asked.cell] = asked
    traces = {cell: computed.trace(spec, segmented.tokens) for cell, spec in specs.items()}
    step, last = view.state["t"], len(segmented.tokens)
    if isinstance(step, int) and step > last:
        st.warning(text("ui.step", view.lang, given=step, last=last))
        step = None
    return Runs(specs, traces, segmented.cut, (step if isinstance(step, int) else last) - 1)


def sizes(view: View, runs: Runs) -> None:
    """Say what is equal in the networks, and how near their counts are."""
    totals = sorted(trace.parameters for trace in runs.traces.values())
    ends = {"low": f"{totals[0]:,}", "high": f"{totals[-1]:,}"}
    if is_named(view.state["weights"]):
        (own,) = (spec for spec in runs.specs.values() if is_named(spec.weights))
        said = text("compare.sizes.run", view.lang, cell=called(own.cell, view.lang), units=lineup.units(own), **ends)
    elif view.state["fair"] == "parameters":
        more = percent(lineup.spread(totals) - 1, view.lang)
        said = text("compare.sizes.parameters", view.lang, more=more, **ends)
    else:
        units = lineup.units(next(iter(runs.specs.values())))
        said = text("compare.sizes.units", view.lang, units=units, ratio=f"{lineup.spread(totals):.1f}", **ends)
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def trained_for(view: View, cell: Cell) -> str:
    """What a network learned to say, if it has learned anything."""
    if view.state["weights"] == RANDOM:
        return text("compare.trained.none", view.lang)
    return text("compare.trained.replies" if cell in lineup.AT_THE_END else "compare.trained.words", view.lang)


def how(view: View) -> None:
    """How everything on the page was measured, folded."""
    with st.expander(text("compare.how", view.lang), key="how"):
        said = (
            f"<p>{explained(text(f'compare.{key}', view.lang), view.lang)}</p>"
            for key in ("kinds", "states_method", "methods")
        )
        st.html(f'<div class="method" lang="{view.lang}">{"".join(said)}</div>')


def decades(steps: int) -> tuple[float, float]:
    """The ends of the colour scale of the influences, as exponents of 10."""
    return figures.influence_decades(steps)[0], HIGH


def pulls(runs: Runs) -> tuple[Sizes, Sizes]:
    """How strongly each reply hangs on the states h at every word, and on what else a cell carries on, its c."""
    found = {cell: computed.reply_norms(spec, runs.words) for cell, spec in runs.specs.items()}
    others = {cell: sizes for cell, pull in found.items() for key, sizes in pull.items() if key != STATE}
    return {cell: pull[STATE] for cell, pull in found.items()}, others


def left(norms: Sizes, words: Words) -> str:
    """Where most and where least of the gradient is left at the first word, as a sentence."""
    lang, last = words.lang, len(words.tokens) - 1
    if not last:
        return text("compare.one_word", lang)
    kept = {cell: float(values[0]) / float(values[-1]) for cell, values in norms.items() if values[-1] > 0}
    kept = {cell: share for cell, share in kept.items() if isfinite(share)}
    if not kept:
        return text("compare.left.none", lang, word=words.said(last))
    said = {cell: change(1.0, share, lang) for cell, share in kept.items()}
    places = {"word": words.said(last), "first": words.said(0)}
    ends = {"high": said[max(kept, key=kept.__getitem__)], "low": said[min(kept, key=kept.__getitem__)]}
    if ends["high"] == ends["low"]:
        return text("compare.left.same", lang, **places, left=ends["high"])
    most, least = (
        text("figures.list", lang).join(called(cell, lang) for cell in said if said[cell] == ends[end])
        for end in ("high", "low")
    )
    return text("compare.left.differs", lang, most=most, least=least, **places, **ends)
