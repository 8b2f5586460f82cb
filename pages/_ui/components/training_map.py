"""A training as one drawing: settings, the reader's prediction, and what was recorded, from update to update.

What a run has recorded does not come with the page: the drawing asks the route `/live/<run>` for it, so that no script
runs on the server while a run grows or a reader goes through it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeGuard

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import heard
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.feeling_kinds import kind_name
from rnn_core.messages import template, text
from rnn_core.quantities import CELLS, MINIMAL
from rnn_core.tasks.feelings import TEXTS
from rnn_core.training.lab.tasks import TASKS, find_example

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.components.packing import JSON
    from rnn_core.training.lab.limits import TaskName
    from rnn_core.training.lab.spec import TrainSpec

LABELS = (
    *("title", "task", "length", "cell", "hidden", "lr", "more", "close", "train", "again", "cancel", "leave", "skip"),
    *("resume", "with_clipping", "cost", "predict", "solves", "stuck", "diverges", "by", "drag", "guess", "solves_by"),
    *("diverges_by", "loss", "train_loss", "test", "norm", "before", "after", "unclipped", "growth", "sigma"),
    *("baseline", "goal", "reach", "reach_short", "one_percent", "position", "update", "at_loss", "ghost_loss"),
    *("ghost_norm", "ghost_growth", "ghost_reach", "example", "answer", "prediction", "input", "state", "units"),
    *("truth", "always", "dots", "at", "live", "queue_ahead", "queue_you", "status_empty", "status_queued"),
    *("status_next", "status_running", "status_finished", "status_diverged", "status_cancelled", "status_failed"),
    *("status_missing", "find_empty", "find_ready", "find_queued", "find_next", "find_running", "find_solved"),
    *("find_left", "find_stuck", "find_partly", "find_nan", "find_infinite", "find_cancelled", "find_failed"),
    *("find_missing", "reach_back", "reach_most", "no_reach", "through", "now", "tip", "nan"),
)
FOLDED = (
    *("layers", "bidirectional", "activation", "optimizer", "batch", "clip", "forget_bias", "initialisation"),
    *("weight_scale", "steps", "seed"),
)
"""The settings that are folded, by their names in `TrainSpec`."""
HANDLES = 9  # of a loss that is bent by hand
TOLD = ("optimizer", "clip", "seed")  # of these, what is said though it is as usual
NAMED = ("activation", "optimizer", "initialisation")  # whose value needs no name before it
VALUES = {
    **{"clip:none": "off", "bidirectional:no": "off", "bidirectional:yes": "on", "forget_bias:own": "default"},
    **{f"initialisation:{name}": name for name in ("orthogonal", "identity")},
    "initialisation:own": "default",
}
"""What the values of some settings are called."""
PROPER = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop", "tanh": "tanh", "relu": "ReLU"}

_render = component("training_map", "training")


@dataclass(frozen=True)
class Guess:
    """What the reader expects of a run.

    Attributes:
        outcome: "solves", "stuck" or "diverges"; None where it is not said.
        by: by which update; None for "stuck".
        curve: the loss bent by hand, exponents of 10 at equal distances; None where it is as the outcome has it.
        skipped: whether the reader did not want to guess.
    """

    outcome: str | None = None
    by: int | None = None
    curve: tuple[float, ...] | None = None
    skipped: bool = False


@dataclass(frozen=True)
class Settings:
    """The settings of a training, as its controls have them.

    Attributes:
        spec: what they are.
        chosen: each as the address has it, by its name in `TrainSpec`.
        offers: what each can be put to.
        usual: what each is where nobody has set it.
        without: those that this cell or task does not have.
    """

    spec: TrainSpec
    chosen: tuple[tuple[str, str], ...]
    offers: tuple[tuple[str, tuple[str, ...]], ...]
    usual: tuple[tuple[str, str], ...]
    without: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """What is drawn.

    Attributes:
        settings: the training's.
        guess: what the reader expects of it.
        run: its name; "" before there is one.
        mine: whether this visitor started it.
        over: whether nothing more will come of it by itself.
        update: where it opens; None for the end.
    """

    settings: Settings
    guess: Guess = field(default_factory=Guess)
    run: str = ""
    mine: bool = True
    over: bool = False
    update: int | None = None


def training_map(
    lang: str,
    shown: Shown,
    *,
    key: str = "training_map",
    on_settings_change: Callable[[Mapping[str, str]], None],
    on_guess_change: Callable[[Guess], None],
    on_step_change: Callable[[int], None],
    on_act: Callable[[str, Mapping[str, str], Guess], None],
) -> None:
    """Draw a training.

    Args:
        lang: "ja" or "en".
        shown: what is drawn.
        key: the widget's key.
        on_settings_change: called with the settings that the reader has changed, as the address has them; unchecked.
        on_guess_change: called with what the reader expects.
        on_step_change: called with the update on which the reader rests.
        on_act: called with "train", "skip", "cancel", "continue" or "clip", with the settings that were changed just
            before it, and with the guess.
    """
    of = identity(shown)

    def changed() -> None:
        if given := _settings(heard(key, "set", of).get("set")):
            on_settings_change(given)

    def guessed() -> None:
        on_guess_change(_guess(heard(key, "guess", of).get("guess")))

    def rested() -> None:
        if isinstance(step := heard(key, "spot", of).get("step"), int) and step >= 0:
            on_step_change(step)

    def acted() -> None:
        said = heard(key, "act", of)
        if isinstance(what := said.get("what"), str):
            on_act(what, _settings(said.get("set")), _guess(said.get("guess")))

    moving = {"guess": vars(shown.guess) | {"curve": list(shown.guess.curve or ()) or None}, "at": shown.update}
    run: JSON = {"id": shown.run, "mine": shown.mine, "over": shown.over} if shown.run else None
    _render(
        key=key,
        data=memoized(drawing, lang, shown.settings) | {"id": of, "run": run, **moving},
        default=dict.fromkeys(("set", "guess", "spot", "act")),
        on_set_change=changed,
        on_guess_change=guessed,
        on_spot_change=rested,
        on_act_change=acted,
    )


def identity(shown: Shown) -> str:
    """What the reader's place belongs to: another run, or other settings, are another."""
    return packing.digest(shown.run, *(value for _, value in shown.settings.chosen))


def _settings(said: object) -> dict[str, str]:
    """Settings that the browser reports, by name: no more than that they are texts or numbers is known of them."""
    if not isinstance(said, dict):
        return {}
    return {str(name): str(value) for name, value in said.items() if isinstance(value, (str, int, float))}


def _guess(said: object) -> Guess:
    """A guess that the browser reports; none, where it is not one."""
    if not isinstance(said, dict) or said.get("outcome") not in ("solves", "stuck", "diverges"):
        return Guess(skipped=isinstance(said, dict) and said.get("skipped") is True)
    by, curve = said.get("by"), said.get("curve")
    whole = int(by) if isinstance(by, int | float) and 1 <= by < 1e5 else None
    if said["outcome"] != "stuck" and whole is None:
        return Guess()
    drawn = tuple(min(max(float(one), -9.0), 9.0) for one in curve) if _is_curve(curve) else None
    return Guess(said["outcome"], None if said["outcome"] == "stuck" else whole, drawn)


def _is_curve(said: object) -> TypeGuard[list[float]]:
    return isinstance(said, list) and len(said) == HANDLES and all(isinstance(one, int | float) for one in said)


def drawing(lang: str, settings: Settings) -> dict[str, JSON]:
    """What the script draws of settings, whatever run they belong to."""
    spec, task = settings.spec, TASKS[settings.spec.task]
    return {
        "mode": "run",
        "spec": spec.model_dump(mode="json"),
        "set": dict(settings.chosen),
        "every": spec.every,
        "stops": len(spec.snapshots),
        "seconds": max(1, round(spec.seconds)),
        "offers": {
            **{name: list(values) for name, values in settings.offers},
            **{"folded": list(FOLDED), "told": list(TOLD), "named": list(NAMED)},
            **{"without": list(settings.without), "usual": dict(settings.usual)},
        },
        "task": {"baseline": task.baseline(), "goal": task.goal},
        "example": example(lang, spec.task, spec.length),
        "text": words(lang),
    }


def words(lang: str) -> dict[str, JSON]:
    """What the script says: single messages, and those of each task, setting and value."""
    tasks: dict[str, JSON] = {
        name: {
            "name": text(f"training_map.task.{name}", lang),
            "says": text(f"training_map.says.{name}", lang),
            "floor": template(f"training_map.floor.{name}", lang),
        }
        for name in TASKS
    }
    called = {name: text(f"training_map.value.{value}", lang) for name, value in VALUES.items()}
    own: dict[str, JSON] = {
        "tasks": tasks,
        "settings": {name: text(f"training_map.setting.{name}", lang) for name in FOLDED},
        "values": {**PROPER, **called},
        "names": {cell: figures.called(cell, lang) for cell in (*CELLS, *MINIMAL)},
    }
    return packing.labels(lang, {name: f"training_map.{name}" for name in LABELS} | packing.VERDICTS) | own


def example(lang: str, name: TaskName, length: int) -> dict[str, JSON]:
    """The example that is shown: the input as bars, what of it the answer needs, and what is asked."""
    task, shown = TASKS[name], find_example(name, length)
    needed = [place for place, token in enumerate(shown.tokens) if task.needs(place, token, shown)]
    answer = called(name, shown.targets[-1], lang)
    parts = [shown.tokens[place].rstrip("*") for place in needed] if task.adds else []
    asked: list[JSON] = [[f" + {part}" if place else part, True] for place, part in enumerate(parts)]
    asked += [[f" = {answer}" if parts else f"{text('training_map.answer', lang)} {answer}", False]]
    return {
        "kind": task.output,
        "inputs": heights(shown.tokens) if task.output == "number" else [1.0] * len(shown.tokens),
        "labels": None if task.output == "number" else list(shown.tokens),
        "marked": list(needed),
        "asked": asked,
        "answer": answer,
        "range": list(task.answers),
        "symbols": [called(name, output, lang) for output in task.outputs],
        "always": task.always,
    }


def called(name: TaskName, output: str, lang: str) -> str:
    """What can be answered, as the reader's language has it."""
    if TASKS[name].output == "number":
        return output.replace("-", "−")
    return kind_name(output, lang) if name in TEXTS else output


def heights(tokens: Sequence[str]) -> list[JSON]:
    """The bars of numbers: their sizes, the largest 1 where one is larger than that.

    Example:
        >>> heights(("0.42*", "-0.50")), heights(("-5.0", "20.0"))
        ([0.42, 0.5], [0.25, 1.0])
    """
    sizes = [abs(float(token.rstrip("*"))) for token in tokens]
    return [size / max(1.0, *sizes) for size in sizes]
