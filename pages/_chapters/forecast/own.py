"""A reader's own series: read in memory, trained while they wait, and judged like the others; nothing of it is stored.

What came of it stays in the reader's session, for as long as that lasts.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, lab, turns
from pages._ui.file_field import take_file
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.figures.captions import number, signed
from rnn_core.figures.forecast_error import Errors
from rnn_core.messages import text
from rnn_core.tasks.forecast.table import BYTES, LEAST, STEPS, read_table
from rnn_core.training.lab.apart import compute_apart

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.forecast.table import Table
    from rnn_core.training.own_series import Learned

KEPT, ASKED, FILE = "forecast_own", "forecast_own_asked", "own_series"
KINDS = ("csv", "tsv", "txt")
MARKS = {-1: "wrong", 0: "near", 1: "right"}  # of a verdict, as those on a guess have them


@dataclass(frozen=True, eq=False)
class Kept:
    """What a session has of a file: which it was, with which cell, and what came of it."""

    name: str
    found: Learned


def shown(view: View, cell: Recurrent) -> None:
    """Where a table is handed in; what was read; and how well a network forecasts it."""
    blocks.part(view, "own_series.ask")
    limits = {"least": LEAST, "most": f"{STEPS:,}", "size": BYTES // 2**20}
    st.html(f'<p class="lead" lang="{view.lang}">{plain(text("own_series.lead", view.lang, **limits))}</p>')
    said = text("own_series.file", view.lang)
    handed = take_file(said, view.lang, key=FILE, most=BYTES // 2**20, kinds=KINDS)
    if handed is None:
        st.session_state.pop(KEPT, None)
        return
    with blocks.errors_shown(view):
        data = handed.getvalue()
        table = read_table(data, datetime.now())
        lab.prepare()  # while the reader looks at what was read
        _read(view, table)
        found = _learned(view, table, f"{sha256(data).hexdigest()}-{cell}", cell)
        if found is not None:
            _judged(view, found, cell)


def _read(view: View, table: Table) -> None:
    """What was read, and what was done to read it."""
    series, lang = table.series, view.lang
    step = text(f"own_series.step.{series.unit}", lang, every=series.every)
    first, last = (str(time)[:10] for time in series.times[[0, -1]])
    said = text("own_series.read", lang, values=int(series.known.sum()), first=first, last=last, step=step)
    said = text("own_series.named", lang, name=table.name, said=said) if table.name else said
    notices = (text(f"own_series.note.{code}", lang, count=count) for code, count in table.notices)
    st.html(f'<p class="finding" lang="{lang}">{plain(said)}</p>')
    for notice in notices:
        st.info(markdown(notice))


def _learned(view: View, table: Table, name: str, cell: Recurrent) -> Learned | None:
    """What came of this file with this cell: at once where it is there, else once the reader asks for it."""
    kept = st.session_state.get(KEPT)
    if isinstance(kept, Kept) and kept.name == name:
        return kept.found
    if st.session_state.get(ASKED) != name:
        st.button(text("own_series.train", view.lang), key="own_train", type="primary", on_click=_ask, args=(name,))
        return None
    line = st.empty()  # a click on it ends this run, and with it the training
    line.button(text("own_series.cancel", view.lang), key="own_cancel", on_click=_ask, args=(None,))
    with turns.turn():
        from rnn_core.training.own_series import learn  # needs torch

        found = compute_apart(learn, table.series, cell)
    line.empty()
    st.session_state[KEPT] = Kept(name, found)
    return found


def _ask(name: str | None) -> None:
    st.session_state[ASKED] = name


def _judged(view: View, found: Learned, cell: Recurrent) -> None:
    """The verdict in words, and the errors beside those of the baselines."""
    unit = text("own_series.unit", view.lang)
    others = {str(name): misses for name, misses in found.others.items()}
    gains = {str(name): rows for name, rows in found.gains.items()}
    errors = Errors({**others, NETWORK: found.errors}, gains, found.tested, unit)
    drawn = figures.forecast_error(errors, cell, key="own_error", **view.style)
    kind = MARKS[found.gains[found.best][0].side]
    said = f'<p class="verdict {kind}" lang="{view.lang}" role="status">{plain(verdict(found, view.lang))}</p>'
    blocks.picture(view, drawn, above=said)
    blocks.picture(view, figures.forecast_coverage(found.covered, cell, key="own_coverage", **view.style))


def verdict(found: Learned, lang: str) -> str:
    """Whether the network is worth having: against the best of the baselines one step ahead, with the interval."""
    gain = found.gains[found.best][0]
    which = {-1: "worse", 0: "level", 1: "better"}[gain.side]
    best = text(f"forecast_error.{found.best}", lang)
    ends = {"mean": signed(gain.mean), "low": number(gain.low), "high": number(gain.high)}
    return text(f"own_series.verdict.{which}", lang, best=best, **ends)
