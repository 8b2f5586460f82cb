"""Which of the shipped networks of a task is shown: cell and size, the same two switches in each chapter on a use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import controls
from pages._ui.chapter import Form
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from pages._ui.shell import View


def held(sizes: tuple[int, ...], opens: int) -> tuple[str | Form, ...]:
    """What a chapter declares for them: the cells are everybody's, the sizes are those that it ships.

    Args:
        sizes: the units of the shipped networks.
        opens: those of the network with which the chapter opens.
    """
    return ("cell", Form("hidden", opens, sizes))


def choose(view: View) -> None:
    """The two switches."""
    controls.choice("cell", view.lang)
    controls.choice("hidden", view.lang)


def spec(view: View, task: str) -> ModelSpec:
    """The shipped network that they name."""
    return ModelSpec.model_validate({"task": task, "cell": view.state["cell"], "hidden": view.state["hidden"]})
