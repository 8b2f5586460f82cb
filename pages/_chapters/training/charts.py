"""The drawing's numbers as charts, folded: there once a run has ended, and before that when they are opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, lab
from pages._ui.words import markdown
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.training.lab.events import from_line
from rnn_core.training.lab.record import read_events
from rnn_core.training.lab.tasks import TASKS

if TYPE_CHECKING:
    from pages._chapters.training.running import Run
    from pages._ui.shell import View
    from rnn_core.training.lab.events import Event


def events(run: Run) -> list[Event]:
    """All that a run has told so far."""
    lines: list[bytes] = []
    more = True
    while more:
        found = lab.runs().events_since(run.name, len(lines))
        lines += found.lines
        more = found.more
    return [from_line(line) for line in lines]


def offer(view: View, run: Run) -> None:
    """The four charts behind a fold."""
    folded = st.expander(markdown(text("training.charts", view.lang)), key="charts", on_change="rerun")
    if not (folded.open or run.status.over):
        return
    record, task = read_events(run.spec, events(run)), TASKS[run.spec.task]
    with folded:
        if not len(record.steps):
            st.html(f'<p class="quiet" lang="{view.lang}">{text("training.no_points", view.lang)}</p>')
            return
        blocks.picture(view, figures.run_loss(record, task.baseline(), task.goal, **view.style))
        blocks.picture(view, figures.run_norms(record, **view.style))
        blocks.picture(view, figures.run_reach(record, **view.style))
        update = view.whole("update", run.spec.steps)
        if len(record.snapshots):
            blocks.picture(view, figures.run_states(record, record.snapshot_at(update), **view.style))
