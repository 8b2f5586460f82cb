"""The networks that are compared, and everything that is measured on them: the same sentence, read by each."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed
from pages._ui import cache
from pages._ui.chapter import HIDDEN_SIZES
from pages._ui.network import require, spec_of
from pages._ui.reading import wait
from pages._ui.sentence import card, remarks
from pages._ui.words import formula, plain
from rnn_core import figures, lineup, runtime
from rnn_core.figures import called
from rnn_core.figures.captions import joined, number, percent
from rnn_core.figures.ratio import change
from rnn_core.figures.words import Words, quoted
from rnn_core.messages import text
from rnn_core.quantities import CELLS, QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pages._ui.components.place import Axis
    from pages._ui.shell import View
    from rnn_core.lineup import Compared
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell
    from rnn_core.recurrent.parameters import ComposedCount, ParameterCount
    from rnn_core.recurrent.trace import LayerTrace
    from rnn_core.text.tokenizer import Token

    Sizes = Mapping[Cell, NDArray[np.float64]]

INPUTS = 24  # numbers a word; a test compares it with the networks
FAR = 1.5  # so many times as many parameters are no longer as good as equal
READS: Mapping[Cell, int | None] = MappingProxyType({"bidirectional": None})
"""The order in which a network reads, where it is not forwards alone: its states hang on every word."""
HIGH = 1.5  # the upper end of the colour scale of influences, an exponent of 10: those of the Transformer reach it
STATE = QUANTITIES.state(CELLS[0]).key
MARKED: Mapping[str, Axis] = MappingProxyType(
    {
        **{f"{STATE}_{cell}": "x" for cell in lineup.NETWORKS},
        **{"difference": "x", "gradient_norms": "x"},
        **{f"influence_{cell}": "y" for cell in lineup.NETWORKS},
    }
)
"""The charts that mark the chosen step, and along which axis they do."""


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
    def words(self) -> tuple[str, ...]:
        """The words."""
        return tuple(token.text for token in self.tokens)

    @property
    def glosses(self) -> tuple[str, ...]:
        """Their meanings."""
        return tuple(token.gloss for token in self.tokens)

    @property
    def layers(self) -> Mapping[Cell, LayerTrace]:
        """Network → its states, of several layers those of the last."""
        return {cell: trace.layers.layers[-1][0] for cell, trace in self.traces.items()}

    @property
    def counts(self) -> list[tuple[Compared, ParameterCount | ComposedCount]]:
        """Each network, and how its numbers are counted."""
        return [
            (spec, lineup.count(cell, self.traces[cell].embedding.shape[1], lineup.units(spec)))
            for cell, spec in self.specs.items()
        ]


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
    fair: lineup.Fair = "parameters" if view.state["fair"] == "parameters" else "units"
    every = lineup.select_specs(asked.hidden, fair, INPUTS, HIDDEN_SIZES, weights=asked.weights, seed=asked.seed)
    specs: dict[Cell, Compared] = {spec.cell: spec for spec in every}
    traces = {cell: computed.trace(spec, segmented.tokens) for cell, spec in specs.items()}
    step, last = view.state["t"], len(segmented.tokens)
    if isinstance(step, int) and step > last:
        st.warning(text("ui.step", view.lang, given=step, last=last))
        step = None
    return Runs(specs, traces, segmented.cut, (step if isinstance(step, int) else last) - 1)


def said(view: View, runs: Runs) -> None:
    """The words as the networks read them, and which networks those are."""
    cards = "".join(card(token, view.lang) for token in runs.tokens)
    st.html(f'<ol class="reading" aria-label="{text("ui.reading", view.lang)}">{cards}</ol>')
    remarks(view, runs.tokens, runs.cut)
    sizes(view, runs)


def seconds(runs: Runs) -> Mapping[Cell, float]:
    """How long each network takes for the sentence."""
    return {cell: computed.seconds(spec, runs.words) for cell, spec in runs.specs.items()}


def sizes(view: View, runs: Runs) -> None:
    """Say which networks are compared, and how near their counts are."""
    each = text("compare.between", view.lang).join(
        text("compare.size", view.lang, cell=called(spec.cell, view.lang), units=count.hidden, total=f"{count.total:,}")
        for spec, count in runs.counts
    )
    said = joined([text(f"compare.sizes.{view.state['fair']}", view.lang, each=each), *_far(view, runs)], view.lang)
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(text("compare.kinds", view.lang))}</p>')


def _far(view: View, runs: Runs) -> list[str]:
    """That the networks are not as equal as they should be, where they are not."""
    lang, counts = view.lang, [count for _, count in runs.counts]
    said, between, units = [], text("compare.between", lang), counts[0].hidden
    others = [count for count in counts if count.hidden != units]
    if view.state["fair"] == "units" and others:
        each = [text("compare.value", lang, cell=called(count.cell, lang), value=count.hidden) for count in others]
        said.append(text("compare.far.units", lang, each=between.join(each), units=units))
    least, most = (best(counts, key=lambda count: count.total) for best in (min, max))
    ratio = lineup.spread([count.total for count in counts])
    if ratio > FAR:
        names = {"least": called(least.cell, lang), "most": called(most.cell, lang)}
        said.append(text(f"compare.far.parameters.{view.state['fair']}", lang, ratio=f"{ratio:.1f}", **names))
    return said


def settled(view: View, runs: Runs) -> str:
    """How far each network's state moves from word to word, a unit and word, as a sentence."""
    if len(runs.words) < 2:
        return text("compare.one_word", view.lang)
    moves = {cell: lineup.mean_step_change(layer[STATE]) for cell, layer in runs.layers.items()}
    each = text("compare.between", view.lang).join(
        text("compare.value", view.lang, cell=called(cell, view.lang), value=number(moved))
        for cell, moved in moves.items()
    )
    return text("compare.settled", view.lang, each=each)


def extents(view: View, runs: Runs) -> Mapping[Cell, str]:
    """From where to where each network's states reach, since one scale for all shows only the largest of them well."""
    found = {cell: layer[STATE] for cell, layer in runs.layers.items()}
    return {
        cell: text("compare.extent", view.lang, low=number(float(states.min())), high=number(float(states.max())))
        for cell, states in found.items()
    }


def decades(steps: int) -> tuple[float, float]:
    """The ends of the colour scale of the influences, as exponents of 10."""
    return figures.influence_decades(steps)[0], HIGH


def influence(view: View, runs: Runs, maps: Sizes) -> str:
    """What the first word still does to the last state in each network, as a sentence."""
    if len(runs.words) < 2:
        return text("compare.one_word", view.lang)
    return figures.influence_across(maps, runs.words, lang=view.lang, glosses=runs.glosses)


def pulls(runs: Runs) -> tuple[Sizes, Sizes]:
    """How strongly each reply hangs on the states h at every word, and on what else a cell carries on, its c."""
    found = {cell: computed.reply_norms(spec, runs.words) for cell, spec in runs.specs.items()}
    others = {cell: sizes for cell, pull in found.items() for key, sizes in pull.items() if key != STATE}
    return {cell: pull[STATE] for cell, pull in found.items()}, others


def left(view: View, runs: Runs, norms: Sizes) -> str | None:
    """Where most and where least of the error is left at the first word, as a sentence; None where there is none."""
    kept = {cell: values[0] / values[-1] for cell, values in norms.items() if len(values) > 1 and values[-1] > 0}
    if not kept:
        return None
    words, places = Words(runs.words, runs.glosses, view.lang), {}
    for end, best in (("most", max), ("least", min)):
        cell = best(kept, key=kept.__getitem__)
        ratio = change(float(norms[cell][-1]), float(norms[cell][0]), view.lang)
        places[end] = text("compare.value", view.lang, cell=called(cell, view.lang), value=ratio)
    last = len(runs.words) - 1
    return text("compare.left", view.lang, word=words.said(last), first=words.said(0), steps=last, **places)


def reach(view: View, norms: Sizes) -> None:
    """Say how far back the reply looks in each network, where there is something to look back on."""
    if all(len(values) < 2 for values in norms.values()):
        return
    said = figures.gradient_reach(norms, len(next(iter(norms.values()))) - 1, lang=view.lang)
    st.html(f'<p class="quiet reach" lang="{view.lang}">{formula(said)}</p>')


def expected(view: View, runs: Runs) -> str:
    """What each network expects after the chosen word, and what it answers after the last one, as a sentence."""
    last = len(runs.words) - 1
    replies = _after(runs, last, view.lang)
    if runs.step == last:
        return replies
    return joined([_after(runs, runs.step, view.lang), replies], view.lang)


def _after(runs: Runs, step: int, lang: str) -> str:
    """What is expected after the word at `step`; networks that expect the same word are named together."""
    groups: dict[str, dict[Cell, float]] = {}
    for cell, trace in runs.traces.items():
        (best,) = trace.top(step, 1)
        said = quoted(best.text, "" if lang == "ja" else best.gloss, lang)
        groups.setdefault(said, {})[cell] = best.probability
    each = text("compare.between", lang).join(
        agreed(said, found, len(runs.traces), lang) for said, found in groups.items()
    )
    return text("compare.replies", lang, word=Words(runs.words, runs.glosses, lang).said(step), each=each)


def agreed(said: str, found: Mapping[Cell, float], networks: int, lang: str) -> str:
    """Which networks expect a word; if all do, how probable they find it too, from the least to the most."""
    names = text("networks.list", lang).join(called(cell, lang) for cell in found)
    if len(found) < networks:
        return text("compare.reply", lang, cell=names, reply=said)
    shares = [*dict.fromkeys(percent(share, lang) for share in sorted(found.values()))]
    share = text("compare.to", lang).join(dict.fromkeys((shares[0], shares[-1])))
    return text("compare.agree", lang, count=networks, reply=said, share=share)
