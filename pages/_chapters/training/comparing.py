"""Runs over each other: which, and what can be laid over them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.training import settings
from pages._ui import controls, lab, visitor
from pages._ui.components.run_comparison import MOST, Named, run_comparison
from pages._ui.controls import SKIP
from pages._ui.words import markdown
from rnn_core import KiokuError

if TYPE_CHECKING:
    from pages._ui.shell import View

STORED = 12  # of the reader's own runs that can be chosen
BETWEEN = "."  # the names in the address


def draw(view: View) -> None:
    """Draw the runs that the address names; where it names none, the reader's newest of the chosen task."""
    task = view.text("task")
    asked = [name for name in view.text("runs").split(BETWEEN) if name]
    stored = [one for name in lab.runs().of_visitor(visitor.token()) if (one := _named(name)) and one.spec.task == task]
    named = [one for name in dict.fromkeys(asked) if (one := _named(name, view.lang))][:MOST]
    runs = named or stored[:MOST]
    others = [one for one in stored[:STORED] if one not in runs]
    run_comparison(
        view.lang,
        runs,
        [*runs, *others],
        runs[0].spec.task if runs else settings.spec_of(view.state).task,
        on_overlay_change=lambda names: controls.take({"runs": BETWEEN.join(names)}),
        on_open=open_run,
    )


def open_run(name: str) -> None:
    """Show a run alone."""
    controls.take({"mode": "run", "run": name, "guess": SKIP, "update": None})


def _named(name: str, lang: str = "") -> Named | None:
    """A run by its name; None where it is not there, which is said in a language that is given."""
    try:
        return Named(name, lab.runs().spec(name))
    except KiokuError as error:
        if lang:
            st.warning(markdown(error.text(lang)))
        return None
