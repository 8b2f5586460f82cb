"""Runs over each other in one drawing, each named by the settings that tell it from the others."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import heard
from pages._ui.components.training_map import FOLDED, PROPER
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.quantities import CELLS, MINIMAL
from rnn_core.training.lab.tasks import TASKS

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.training.lab.limits import TaskName
    from rnn_core.training.lab.spec import TrainSpec

MOST = 4  # runs over each other
OWN = (
    *("title_compared", "overlay", "no_runs", "open", "solved_at", "lost_at", "unsolved", "under_way"),
    *("find_compare", "find_choose"),
)
SHARED = (
    *("loss", "test", "baseline", "goal", "reach", "one_percent", "update", "prediction", "truth", "nan", "at"),
    "reach_back",
)
COMPARED = ("length", "hidden", "lr", *FOLDED)  # in this order the settings are said, after the cell

_render = component("run_comparison", "compared")


@dataclass(frozen=True)
class Named:
    """A run by its name in the address."""

    run: str
    spec: TrainSpec


def run_comparison(
    lang: str,
    runs: Sequence[Named],
    stored: Sequence[Named],
    task: TaskName,
    *,
    key: str = "run_comparison",
    on_overlay_change: Callable[[tuple[str, ...]], None],
    on_open: Callable[[str], None],
) -> None:
    """Draw runs over each other.

    Args:
        lang: "ja" or "en".
        runs: those that are drawn, at most `MOST`.
        stored: those that can be.
        task: theirs.
        key: the widget's key.
        on_overlay_change: called with the names of the runs that the reader wants over each other.
        on_open: called with the name of the one that the reader wants to see alone.
    """
    of = packing.digest(task, *(one.run for one in runs))

    def chosen() -> None:
        said = heard(key, "overlay", of).get("runs")
        known = {one.run for one in stored}
        if isinstance(said, list) and all(one in known for one in said):
            on_overlay_change(tuple(said[:MOST]))

    def opened() -> None:
        said = heard(key, "open", of).get("run")
        if said in [one.run for one in runs]:
            on_open(str(said))

    _render(
        key=key,
        data={"id": of} | drawing(lang, runs, stored, task),
        default=dict.fromkeys(("overlay", "open")),
        on_overlay_change=chosen,
        on_open_change=opened,
    )


def drawing(lang: str, runs: Sequence[Named], stored: Sequence[Named], task: TaskName) -> dict[str, JSON]:
    """What the script draws, apart from what the runs have recorded."""
    apart = told_apart(lang, [one.spec for one in runs])
    names = told_apart(lang, [one.spec for one in stored])
    said = {name: f"training_map.{name}" for name in (*SHARED, *OWN)}
    own: dict[str, JSON] = {"names": {cell: figures.called(cell, lang) for cell in (*CELLS, *MINIMAL)}}
    words = packing.labels(lang, said) | own
    return {
        "runs": [
            {
                "id": one.run,
                "spec": one.spec.model_dump(mode="json"),
                "every": one.spec.every,
                "name": name,
                "own": list(mine),
            }
            for one, mine, name in zip(runs, apart, short_names(lang, [one.spec for one in runs]), strict=True)
        ],
        "stored": [
            {"id": one.run, "cell": one.spec.cell, "name": " · ".join([figures.called(one.spec.cell, lang), *mine])}
            for one, mine in zip(stored, names, strict=True)
        ],
        "task": {"baseline": TASKS[task].baseline(), "goal": TASKS[task].goal},
        "text": words | {"title": words["title_compared"]},
    }


def told_apart(lang: str, specs: Sequence[TrainSpec]) -> list[tuple[str, ...]]:
    """Of each training the settings, beside the cell, that differ from those of most."""
    return [
        tuple(said(lang, field, getattr(spec, field)) for field in own)
        for spec, own in zip(specs, _own(specs), strict=True)
    ]


def short_names(lang: str, specs: Sequence[TrainSpec]) -> list[str]:
    """Of each training its cell, and where there are several of it, the value that tells it from the others."""
    names = []
    for spec in specs:
        twins = [one for one in specs if one.cell == spec.cell]
        apart = next((field for field in COMPARED if len({getattr(one, field) for one in twins}) > 1), None)
        value = value_said(lang, apart, getattr(spec, apart)) if apart else ""
        names.append(f"{figures.called(spec.cell, lang)} {value}".strip())
    return names


def _own(specs: Sequence[TrainSpec]) -> list[tuple[str, ...]]:
    """Of each the settings that are not as in most; of what two values have equally often, all are said."""
    usual: dict[str, object] = {}
    for field in COMPARED:
        counted = Counter(getattr(spec, field) for spec in specs).most_common(2)
        tie = len(counted) > 1 and counted[0][1] == counted[1][1]
        usual[field] = () if tie or not counted else counted[0][0]  # no value is ()
    return [tuple(field for field in COMPARED if getattr(spec, field) != usual[field]) for spec in specs]


def said(lang: str, field: str, value: object) -> str:
    """A setting in a few words.

    Example:
        >>> said("en", "hidden", 32), said("en", "clip", None), said("en", "activation", "relu")
        ('Hidden size 32', 'Clipping off', 'ReLU')
    """
    if value in PROPER:
        return PROPER[str(value)]
    return f"{name_of(lang, field)} {value_said(lang, field, value)}"


def name_of(lang: str, field: str) -> str:
    """What a setting is called."""
    own = field in ("length", "hidden", "lr", "cell")
    return text(f"training_map.{field}" if own else f"training_map.setting.{field}", lang)


def value_said(lang: str, field: str, value: object) -> str:
    """A setting's value alone."""
    if value in PROPER:
        return PROPER[str(value)]
    if field == "cell":
        return next(figures.called(cell, lang) for cell in (*CELLS, *MINIMAL) if cell == value)
    words = {None: "default" if field == "forget_bias" else "off", False: "off", True: "on"}
    if value is None or isinstance(value, bool | str):
        return text(f"training_map.value.{value if isinstance(value, str) else words[value]}", lang)
    return (f"{value:g}" if isinstance(value, float) else str(value)).replace("-", "−")
