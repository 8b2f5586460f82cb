"""Which of the shipped networks of a task is shown: cell and size, the same two switches in each chapter on a use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import controls
from rnn_core.specs import ModelSpec

if TYPE_CHECKING:
    from pages._ui.shell import View


def choose(view: View) -> None:
    """The two switches."""
    controls.choice("cell", view.lang)
    controls.choice("hidden", view.lang)


def spec(view: View, task: str) -> ModelSpec:
    """The shipped network that they name."""
    return ModelSpec.model_validate({"task": task, "cell": view.state["cell"], "hidden": view.state["hidden"]})
