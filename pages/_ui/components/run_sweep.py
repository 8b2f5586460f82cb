"""A sweep as one drawing: a map of two settings, or lines through the axes of three, filling in as runs are trained."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import heard
from pages._ui.components.run_comparison import name_of, value_said
from rnn_core.training.lab.limits import SEEDS
from rnn_core.training.lab.sweeps import AXES, SWEPT
from rnn_core.training.lab.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.training.lab.sweeps import Progress, Sweep

OWN = (
    *("title_sweep", "axis", "no_axis", "seeds", "grid", "random", "draw", "start_sweep", "stop_sweep", "progress"),
    *("strip", "improve", "less", "goal_mark", "chosen_solved", "seed_row", "pending"),
    *("solved_at", "seeds_curves", "find_sweep", "find_sweep_none", "find_sweep_empty", "open"),
)
SHARED = ("loss", "baseline", "goal", "nan", "cost")

_render = component("run_sweep", "swept")


@dataclass(frozen=True)
class Choice:
    """What the reader wants to be swept.

    Attributes:
        axes: the settings, in their order.
        seeds: runs of each point.
        drawn: whether points are drawn by chance.
    """

    axes: tuple[str, ...]
    seeds: int
    drawn: bool


def run_sweep(
    lang: str,
    sweep: Sweep,
    found: Sequence[Sequence[Progress]],
    *,
    going: bool,
    without: tuple[str, ...] = (),
    key: str = "run_sweep",
    on_choice_change: Callable[[Choice], None],
    on_act: Callable[[str], None],
    on_open: Callable[[int, int], None],
) -> None:
    """Draw a sweep.

    Args:
        lang: "ja" or "en".
        sweep: what is swept.
        found: of each of its points and of each seed how far it is.
        going: whether this visitor's runs of it are waiting or trained.
        without: settings that this cell or task does not have.
        key: the widget's key.
        on_choice_change: called with what is to be swept instead.
        on_act: called with "sweep" or "cancel".
        on_open: called with the numbers, 0-based, of a point and a seed.
    """
    of = packing.digest(sweep.base.id, *sweep.axes, sweep.seeds, sweep.drawn)

    def chosen() -> None:
        if made := _choice(heard(key, "choice", of).get("choice")):
            on_choice_change(made)

    def acted() -> None:
        if (what := heard(key, "act", of).get("what")) in ("sweep", "cancel"):
            on_act(str(what))

    def opened() -> None:
        said = heard(key, "open", of)
        point, seed = said.get("point"), said.get("seed")
        if isinstance(point, int) and isinstance(seed, int) and 0 <= point < len(found) and 0 <= seed < sweep.repeats:
            on_open(point, seed)

    _render(
        key=key,
        data={"id": of, "going": going} | drawing(lang, sweep, found, without),
        default=dict.fromkeys(("choice", "act", "open")),
        on_choice_change=chosen,
        on_act_change=acted,
        on_open_change=opened,
    )


def _choice(said: object) -> Choice | None:
    """A choice that the browser reports; None where it is none."""
    if not isinstance(said, dict) or not isinstance(axes := said.get("axes"), list):
        return None
    known = tuple(dict.fromkeys(axis for axis in axes if axis in SWEPT))[:AXES]
    seeds = said.get("seeds")
    if not known or not isinstance(seeds, int) or not 1 <= seeds <= SEEDS:
        return None
    return Choice(known, seeds, said.get("drawn") is True)


def drawing(
    lang: str, sweep: Sweep, found: Sequence[Sequence[Progress]], without: tuple[str, ...] = ()
) -> dict[str, JSON]:
    """What the script draws."""
    task = TASKS[sweep.base.task]
    said = packing.labels(lang, {name: f"training_map.{name}" for name in (*SHARED, *OWN)})
    return {
        "axes": [
            {"field": axis, "name": name_of(lang, axis), "values": [value_said(lang, axis, value) for value in values]}
            for axis, values in zip(sweep.axes, sweep.values, strict=True)
        ],
        "points": [
            {"at": list(point), "runs": [_run(progress) for progress in row]}
            for point, row in zip(sweep.points, found, strict=True)
        ],
        "first": sweep.base.seed,
        "seeds": sweep.seeds,
        "drawn": sweep.drawn,
        "offers": {axis: name_of(lang, axis) for axis in SWEPT if axis not in without},
        "cell": sweep.base.cell,
        "updates": sweep.base.steps,
        "seconds": max(1, round(sweep.base.seconds)),
        "task": {"baseline": task.baseline(), "goal": task.goal},
        "text": said | {"title": said["title_sweep"]},
    }


def _run(progress: Progress) -> dict[str, JSON]:
    curve: list[JSON] = [loss if isfinite(loss) else None for loss in progress.curve]
    return {
        "phase": progress.phase,
        "part": progress.part,
        "step": progress.step,
        "solved": progress.solved,
        "diverged": progress.diverged,
        "curve": curve,
    }
