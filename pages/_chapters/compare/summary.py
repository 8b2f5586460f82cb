"""Everything that was measured on the networks, in one table, and what guessing would reach."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed, first_word, networks
from pages._ui import tables
from pages._ui.words import plain
from rnn_core import lineup
from rnn_core.figures import called
from rnn_core.figures.captions import percent
from rnn_core.figures.ratio import change
from rnn_core.messages import text
from rnn_core.statistics.intervals import wilson

if TYPE_CHECKING:
    from pages._chapters.compare.first_word import Change
    from pages._chapters.compare.networks import Runs, Sizes
    from pages._chapters.compare.times import Times
    from pages._ui.shell import View
    from rnn_core.lineup import Compared
    from rnn_core.models.measures import Spread


def table(view: View, runs: Runs, norms: Sizes, found: Change, measured: Times | None) -> None:
    """The table, folded: made when it is opened. What has not been measured yet is left out."""
    lang = view.lang
    folded = st.expander(text("compare.all", lang), key="measured", on_change="rerun")
    if not folded.open:
        return
    columns: dict[str, tuple[object, ...]] = {}

    def add(key: str, *values: object) -> None:
        columns[text(f"compare.column.{key}", lang)] = values

    add("cell", *(called(cell, lang) for cell in runs.specs))
    add("units", *(lineup.units(spec) for spec in runs.specs.values()))
    add("parameters", *(f"{trace.parameters:,}" for trace in runs.traces.values()))
    add("trained", *(networks.trained_for(view, cell) for cell in runs.specs))
    add("accuracy", *(accuracy(view, spec) for spec in runs.specs.values()))
    add("reply", *(_meant(trace.reply.text, trace.reply.gloss, lang) for trace in runs.traces.values()))
    add("left", *(first_word.share(found, cell, lang) for cell in runs.specs))
    add("ratio", *(change(float(norms[cell][-1]), float(norms[cell][0]), lang) for cell in runs.specs))
    if measured is not None:
        add("time", *(spread_said(one, lang) for one in measured.spreads))
    with folded:
        st.html(tables.table(columns))
        st.download_button(
            "CSV",
            tables.comma_separated(columns),
            "kioku-compare.csv",
            "text/csv",
            key="csv_measured",
            on_click="ignore",
        )


def accuracy(view: View, spec: Compared) -> str:
    """How often a network replies right on held-out sentences, with its interval; – where nobody has counted."""
    found = computed.accuracy(spec)
    if found is None:
        return "–"
    right, sentences = found
    low, high = (100 * float(end[0]) for end in wilson([right], [sentences]))
    share = percent(right / sentences, view.lang, 1)
    return text("compare.right", view.lang, share=share, low=f"{low:.1f}", high=f"{high:.1f}")


def baselines(view: View) -> None:
    """What is right without reading."""
    found = computed.guessing()
    low, high = (100 * float(end[0]) for end in wilson([found.right], [found.sentences]))
    said = text(
        "compare.baselines",
        view.lang,
        majority=percent(found.right / found.sentences, view.lang, 1),
        low=f"{low:.1f}",
        high=f"{high:.1f}",
        sentences=f"{found.sentences:,}",
        chance=percent(1 / found.replies, view.lang, 1),
    )
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def spread_said(times: Spread, lang: str) -> str:
    """A time in µs, with the quartiles of its runs."""
    median, low, high = (f"{1e6 * seconds:,.0f}" for seconds in (times.median, times.low, times.high))
    return text("compare.time", lang, median=median, low=low, high=high)


def _meant(word: str, gloss: str, lang: str) -> str:
    """A reply, with its meaning for those who need it."""
    return word if lang == "ja" or not gloss else text("compare.meant", lang, word=word, gloss=gloss)
