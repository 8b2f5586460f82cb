"""The networks that are compared, and everything that is measured on them: the same sentence, read by each cell."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages._ui import cache
from pages._ui.address import HIDDEN_SIZES
from pages._ui.reading import spec_of, wait
from pages._ui.words import formula, plain
from rnn_core import figures, lineup, runtime
from rnn_core.figures.captions import number, percent
from rnn_core.figures.words import Words, quoted
from rnn_core.messages import text
from rnn_core.parameters import ParameterCount
from rnn_core.quantities import CELLS, QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.shell import View
    from rnn_core.models.model_trace import ModelTrace, Token
    from rnn_core.quantities import Cell
    from rnn_core.specs import ModelSpec
    from rnn_core.trace import LayerTrace

    Sizes = Mapping[Cell, NDArray[np.float64]]

INPUTS = 24  # numbers a word; a test compares it with the networks
STATE = QUANTITIES.of(CELLS[0])[-1].key  # what a cell computes last is what it remembers
MARKED: Mapping[str, Literal["x", "y"]] = MappingProxyType(
    {f"{STATE}_{cell}": "x" for cell in CELLS}
    | {"difference": "x", "gradient_norms": "x"}
    | {f"influence_{cell}": "y" for cell in CELLS}
)
"""The charts that mark the chosen step, and along which axis they do."""


@dataclass(frozen=True)
class Runs:
    """What each cell computed on the sentence.

    Attributes:
        traces: cell → all of it.
        cut: the sentence was longer than what is read.
        step: the chosen step, 0-based.
    """

    traces: Mapping[Cell, ModelTrace]
    cut: bool
    step: int

    @property
    def tokens(self) -> tuple[Token, ...]:
        """The words as the networks received them."""
        return next(iter(self.traces.values())).tokens

    @property
    def words(self) -> tuple[str, ...]:
        """The words."""
        return tuple(token.text for token in self.tokens)

    @property
    def glosses(self) -> tuple[str, ...]:
        """Their meanings."""
        return tuple(token.gloss for token in self.tokens)

    @property
    def specs(self) -> Mapping[Cell, ModelSpec]:
        """Cell → network."""
        return {cell: trace.spec for cell, trace in self.traces.items()}

    @property
    def layers(self) -> Mapping[Cell, LayerTrace]:
        """Cell → its recurrent layer."""
        return {cell: trace.layers.layers[0][0] for cell, trace in self.traces.items()}

    @property
    def counts(self) -> list[tuple[ModelSpec, ParameterCount]]:
        """Each network, and how its numbers are counted."""
        return [
            (trace.spec, ParameterCount(cell, trace.embedding.shape[1], trace.spec.hidden))
            for cell, trace in self.traces.items()
        ]


def read(view: View) -> Runs:
    """Let each cell read the sentence.

    Raises:
        KiokuError: nothing to read, or weights that can't be loaded.
    """
    if not runtime.ready():
        wait(view.lang)
    segmented = cache.words(str(view.state["text"]))
    asked = spec_of(view.state)
    fair: lineup.Fair = "parameters" if view.state["fair"] == "parameters" else "units"
    specs = lineup.lineup(asked.hidden, fair, INPUTS, HIDDEN_SIZES, weights=asked.weights, seed=asked.seed)
    traces = {spec.cell: cache.trace(spec, segmented.tokens) for spec in specs}
    step, last = view.state["t"], len(segmented.tokens)
    if isinstance(step, int) and step > last:
        st.warning(text("ui.step", view.lang, given=step, last=last))
        step = None
    return Runs(traces, segmented.cut, (step if isinstance(step, int) else last) - 1)


def sizes(view: View, runs: Runs) -> None:
    """Say which networks are compared, and how near their counts are."""
    each = text("compare.between", view.lang).join(
        text("compare.size", view.lang, cell=spec.cell.upper(), units=spec.hidden, total=f"{count.total:,}")
        for spec, count in runs.counts
    )
    said = text(f"compare.sizes.{view.state['fair']}", view.lang, each=each)
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def settled(view: View, runs: Runs) -> str:
    """How far each cell's state moves from word to word, a unit and word, as a sentence."""
    if len(runs.words) < 2:
        return text("compare.one_word", view.lang)
    moves = {cell: lineup.restless(layer[STATE]) for cell, layer in runs.layers.items()}
    each = text("compare.between", view.lang).join(
        text("compare.value", view.lang, cell=cell.upper(), value=number(moved)) for cell, moved in moves.items()
    )
    return text("compare.settled", view.lang, each=each)


def influence(view: View, runs: Runs, maps: Sizes) -> str:
    """What the first word still does to the last state in each cell, as a sentence."""
    if len(runs.words) < 2:
        return text("compare.one_word", view.lang)
    return figures.influence_across(maps, runs.words, lang=view.lang, glosses=runs.glosses)


def pulls(runs: Runs) -> tuple[Sizes, Sizes]:
    """How strongly each cell's reply hangs on its states h at every word, and on what else a cell carries on, its c."""
    found = {cell: cache.reply_norms(spec, runs.words) for cell, spec in runs.specs.items()}
    others = {cell: sizes for cell, pull in found.items() for key, sizes in pull.items() if key != STATE}
    return {cell: pull[STATE] for cell, pull in found.items()}, others


def reach(view: View, norms: Sizes) -> None:
    """Say how far back the reply looks in each cell, where there is something to look back on."""
    if all(len(values) < 2 for values in norms.values()):
        return
    said = figures.gradient_reach(norms, len(next(iter(norms.values()))) - 1, lang=view.lang)
    st.html(f'<p class="finding reach" lang="{view.lang}">{formula(said)}</p>')


def expected(view: View, runs: Runs) -> str:
    """What each cell expects after the chosen word, and what it answers after the last one, as a sentence."""
    last = len(runs.words) - 1
    replies = _after(runs, last, view.lang)
    if runs.step == last:
        return replies
    return text("figures.join", view.lang, first=_after(runs, runs.step, view.lang), second=replies)


def _after(runs: Runs, step: int, lang: str) -> str:
    each = []
    for cell, trace in runs.traces.items():
        (best,) = trace.top(step, 1)
        said = quoted(best.text, "" if lang == "ja" else best.gloss, lang)
        each.append(text("compare.reply", lang, cell=cell.upper(), reply=said, share=percent(best.probability, lang)))
    word = Words(runs.words, runs.glosses, lang).said(step)
    return text("compare.replies", lang, word=word, each=text("compare.between", lang).join(each))
