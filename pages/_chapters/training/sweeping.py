"""A sweep on the page: what is swept, and how far each of its trainings is."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.training import comparing, running, settings
from pages._ui import blocks, controls, lab, visitor
from pages._ui.components.run_sweep import Choice, run_sweep
from rnn_core import KiokuError
from rnn_core.training.lab.spec import missing_settings
from rnn_core.training.lab.sweeps import AXES, SWEPT, Progress, Sweep

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.training.lab.spec import TrainSpec

KNOWN, TOLD = "training_swept", "training_told"  # in the session: what is known of trainings; the reader did something
MOST = 512  # trainings of which something is kept
BETWEEN = "."
LEAST = ("lr",)


def draw(view: View) -> None:
    """Draw the sweep that the address describes; while its trainings go on, anew each second."""
    sweep = _sweep(view)
    with blocks.errors_shown(view):
        specs = [sweep.specs(point) for point in sweep.points]
        going = any(lab.runs().folder(spec.id).wanted for row in specs for spec in row if not _done(spec))
        blocks.alone(_drawn, run_every=running.EVERY if going else None)(view, sweep, specs, going)


def _sweep(view: View) -> Sweep:
    base = settings.spec_of(view.state)
    said = view.text("sweep").split(BETWEEN)
    missing = {
        *missing_settings(base.cell, base.task),
        *(("forget_bias",) if "cell" in said else ()),
    }  # not every cell has it
    asked = dict.fromkeys(axis for axis in said if axis in SWEPT and axis not in missing)
    axes = tuple(asked)[:AXES] or LEAST
    return Sweep(base, axes, view.whole("repeat", 1), drawn=view.state["points"] == "random")


def _drawn(view: View, sweep: Sweep, specs: list[tuple[TrainSpec, ...]], going: bool) -> None:
    """The drawing, which runs alone; what the reader does in it, and its beginning and end, concern the whole page."""
    found = [[_read(spec) for spec in row] for row in specs]
    waiting = [spec for row in specs for spec in row if not _done(spec)]
    now = any(lab.runs().folder(spec.id).wanted for spec in waiting)
    if st.session_state.pop(TOLD, False) or now != going:
        st.rerun(scope="app")
    run_sweep(
        view.lang,
        sweep,
        found,
        going=going,
        without=tuple(sorted(missing_settings(sweep.base.cell, sweep.base.task))),
        on_choice_change=_choose,
        on_act=lambda what: _act(what, waiting),
        on_open=lambda point, seed: _open(specs[point][seed]),
    )


def _known() -> dict[str, Progress]:
    known: dict[str, Progress] = st.session_state.setdefault(KNOWN, {})
    while len(known) > MOST:
        del known[next(iter(known))]
    return known


def _read(spec: TrainSpec) -> Progress:
    """How far a training is, whoever has started it."""
    progress = _known().setdefault(spec.id, Progress(spec.steps))
    progress.read(lab.runs().folder(spec.id))
    return progress


def _done(spec: TrainSpec) -> bool:
    return _read(spec).phase == "done"


def _choose(choice: Choice) -> None:
    st.session_state[TOLD] = True
    controls.take(
        {
            "sweep": BETWEEN.join(choice.axes),
            "repeat": choice.seeds,
            "points": "random" if choice.drawn else "grid",
        }
    )


def _act(what: str, waiting: list[TrainSpec]) -> None:
    """Start what is not done, all of it or nothing; or end the reader's own runs of it."""
    st.session_state[TOLD] = True
    if what == "sweep":
        running.attempt(lambda: lab.runs().submit_all(waiting, visitor.token()))
        return
    trainings = {spec.id for spec in waiting}
    for name in lab.runs().of_visitor(visitor.token()):
        with suppress(KiokuError):  # one that is damaged is no part of it
            if lab.runs().spec(name).id in trainings:
                lab.runs().cancel(name, visitor.token())


def _open(spec: TrainSpec) -> None:
    """Show a training alone: as a run of the reader's own, since what was computed is not computed again."""
    st.session_state[TOLD] = True
    running.attempt(lambda: comparing.open_run(lab.runs().submit(spec, visitor.token())))
