"""Where a trained network can be taken: into other chapters, home as files, or away for good."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urlencode

import streamlit as st

from pages._chapters.training import charts, running
from pages._ui import controls, lab, pin, visitor
from pages._ui.chapter import MAX_PIN
from pages._ui.contents import CHAPTERS
from pages._ui.words import markdown, plain
from rnn_core.lineup import UNITS
from rnn_core.messages import text
from rnn_core.takeaway.script import WEIGHTS_FILE
from rnn_core.takeaway.training_script import SCRIPT_FILE, points_table, weights_file, write_training_script
from rnn_core.training.lab.limits import OUTLINES
from rnn_core.training.lab.opened import example_text
from rnn_core.training.lab.run_source import chapters_of
from rnn_core.training.lab.transfer import export_run

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._chapters.training.running import Run
    from pages._ui.chapter import Chapter
    from pages._ui.shell import View

BEFORE = 0  # updates: as the network was before it was trained


def offer(view: View, run: Run) -> None:
    """The links, and folded the files."""
    st.html(f'<p class="ways" lang="{view.lang}">{plain(text("training.open_in", view.lang))} {_links(view, run)}</p>')
    folded = st.expander(markdown(text("training.take", view.lang)), key="take_run", on_change="rerun")
    if folded.open:
        with folded, st.container(horizontal=True):
            _files(view, run)


def _links(view: View, run: Run) -> str:
    """To each chapter that takes the run: its network after training, as it was before, and both below each other."""
    given = example_text(run.spec)
    allowed = chapters_of(run.spec)
    beside = (run.spec.layers, run.spec.bidirectional) == (1, False)  # as `network.stands_beside` has it of its task
    taking = (row for row in CHAPTERS if row.address in allowed and (not row.needs or beside))
    ways = []
    for row in sorted(taking, key=lambda row: allowed.index(row.address)):  # what a task is for comes first
        alike = {"hidden": run.spec.hidden} if row.needs and run.spec.hidden in UNITS else {}  # as large as the others
        field = OUTLINES[run.spec.task].texts.get(row.address, "text")
        said = {**({field: given} if field else {}), **alike}
        after, before = ({"weights": weights, **said} for weights in (f"run:{run.name}", f"run:{run.name}-{BEFORE}"))
        shown = {"after": after, "before": before}
        kept = pin.encode(row, {key: str(value) for key, value in before.items()})
        if pin.KEY in row.controls and len(kept) <= MAX_PIN:
            shown["both"] = {**after, pin.KEY: kept}
        title = text(f"{row.name}.title", view.lang)
        links = " / ".join(_link(view.lang, row, title, when, query) for when, query in shown.items())
        ways.append(f"{plain(text('training.open_chapter', view.lang, chapter=title))} {links}")
    return " · ".join(ways)


def _link(lang: str, row: Chapter, title: str, when: str, query: Mapping[str, object]) -> str:
    said = text(f"training.open_{when}", lang)
    name = plain(text("training.open_link", lang, chapter=title, when=said))
    address = f"{row.address or './'}?{plain(urlencode({'lang': lang, **query}))}"
    return f'<a href="{address}" target="_self" aria-label="{name}">{plain(said)}</a>'


def _files(view: View, run: Run) -> None:
    """The run as files, made when they are asked for; its starter can delete it."""
    st.download_button(
        text("training.file", view.lang),
        lambda: export_run(lab.runs(), run.name),
        f"kioku-{run.name}.zip",
        "application/zip",
        key="export_run",
        on_click="ignore",
    )
    made: dict[str, Callable[[], str | bytes]] = {
        WEIGHTS_FILE: lambda: weights_file(run.spec, lab.runs().snapshot(run.name)),
        SCRIPT_FILE: lambda: write_training_script(run.spec),
        "kioku-points.csv": lambda: points_table(charts.events(run)),
    }
    for name, make in made.items():
        st.download_button(name, make, name, key=f"take_{name}", on_click="ignore")
    if run.mine:
        st.button(text("training.delete", view.lang), key="delete_run", on_click=_delete, args=(run.name,))


def _delete(name: str) -> None:
    running.attempt(lambda: lab.runs().delete(name, visitor.token()))
    controls.take({"run": "", "guess": None, "update": None})
