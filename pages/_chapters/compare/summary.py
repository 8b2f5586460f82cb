"""Everything that was measured on the networks, in one table."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.compare import computed
from pages._ui import blocks
from pages._ui.words import formula
from rnn_core import lineup
from rnn_core.figures import called
from rnn_core.figures.captions import percent
from rnn_core.figures.ratio import change
from rnn_core.gradients import decay
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import numpy as np
    from numpy.typing import NDArray

    from pages._chapters.compare.networks import Runs
    from pages._ui.shell import View
    from rnn_core.quantities import Cell

    Sizes = Mapping[Cell, NDArray[np.float64]]


def table(view: View, runs: Runs, norms: Sizes, gaps: Sizes | None, seconds: Mapping[Cell, float]) -> None:
    """The table, with how its numbers were measured; what has not been revealed yet is left out."""
    lang = view.lang
    columns = dict(
        zip(_heads(lang, gaps is not None), zip(*_rows(view, runs, norms, gaps, seconds), strict=True), strict=True)
    )
    with st.container(key="measured"):
        st.html(blocks.table(columns))
    st.html(f'<p class="method" lang="{lang}">{formula(text("compare.table_method", lang))}</p>')


def _heads(lang: str, revealed: bool) -> list[str]:
    keys = ["cell", "units", "parameters", "accuracy", "reply", "probability", "ratio", "reach"]
    keys += ["lives"] if revealed else []
    return [text(f"compare.column.{key}", lang) for key in (*keys, "time")]


def _rows(
    view: View, runs: Runs, norms: Sizes, gaps: Sizes | None, seconds: Mapping[Cell, float]
) -> list[tuple[object, ...]]:
    return [
        (
            called(cell, view.lang),
            lineup.units(runs.specs[cell]),
            f"{trace.parameters:,}",
            _accuracy(view, computed.correct_replies(runs.specs[cell])),
            trace.reply.text,
            percent(trace.reply.probability, view.lang),
            change(float(norms[cell][-1]), float(norms[cell][0]), view.lang),
            steps(decay.reach(norms[cell], len(trace) - 1), len(trace), view.lang),
            *([steps(lineup.persistence(gaps[cell]), len(trace), view.lang)] if gaps else []),
            f"{1e6 * seconds[cell]:,.0f}",
        )
        for cell, trace in runs.traces.items()
    ]


def steps(found: float | None, length: int, lang: str) -> str:
    """A number of words; where the sentence ends before, that it is more than it has."""
    return f"{found:.1f}" if found is not None else text("compare.beyond", lang, steps=length - 1)


def _accuracy(view: View, found: tuple[int, int] | None) -> str:
    if found is None:
        return "–"
    right, sentences = found
    share = percent(right / sentences, view.lang)
    return text("compare.right", view.lang, share=share, right=f"{right:,}", sentences=f"{sentences:,}")
