"""Which network of a task is shown: a shipped one by cell and size, or what a reader has trained for the same task."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.uses.switches import TRAINED
from pages._ui import controls, network
from rnn_core import KiokuError
from rnn_core.messages import text
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from collections.abc import Collection

    from pages._ui.shell import View


def choose(view: View) -> None:
    """The two switches."""
    controls.choice("cell", view.lang)
    controls.choice("hidden", view.lang)


def spec(view: View, task: str) -> ModelSpec:
    """The shipped network that they name."""
    return ModelSpec.model_validate({"task": task, "cell": view.state["cell"], "hidden": view.state["hidden"]})


def is_run(view: View) -> bool:
    """Whether the address names what a reader has trained."""
    return network.is_named(view.state["weights"])


def back(view: View) -> None:
    """What the network of a run is, and the way back from it to the shipped ones; nothing where none is shown."""
    if is_run(view):
        controls.choice("weights", view.lang)
        network.parts(view, network.known(view))


def known_run(view: View, tasks: Collection[str]) -> ModelSpec | None:
    """The network of a run; None where there is none, or none that can be shown: that is said where it is read."""
    found = network.known(view) if is_run(view) else None
    return found if found is not None and _fits(found, tasks) else None


def run(view: View, tasks: Collection[str]) -> ModelSpec | None:
    """The network of a run that has learned one of some tasks; None where the address names none.

    Raises:
        KiokuError: its source does not have it, it has learned something else, or it has several layers.
    """
    if not is_run(view):
        return None
    found = network.spec_of(view.state)
    if not _fits(found, tasks):
        listed = (text(f"training_map.task.{task}", view.lang) for task in tasks)
        raise KiokuError("needs_task", given=view.text("weights"), tasks=text("figures.list", view.lang).join(listed))
    return found


def name(found: ModelSpec, lang: str) -> str:
    """What a network is called among others."""
    plain = f"{found.cell.upper()} {found.hidden}"
    return plain if found.weights == TRAINED else text("uses.own", lang, network=plain)


def _fits(found: ModelSpec, tasks: Collection[str]) -> bool:
    return found.task in tasks and (found.layers, found.bidirectional) == (1, False)
