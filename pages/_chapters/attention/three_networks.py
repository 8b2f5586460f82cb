"""One input through all three networks: without attention, with additive and with dot-product attention."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from pages._ui import controls
from rnn_core.specs import TranslatorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.address import State
    from pages._ui.chapter import Value
    from pages._ui.shell import View
    from rnn_core.specs import Attention

SPECS = 64  # that are kept: a run asks for each some times
KINDS: tuple[Attention, ...] = ("none", "additive", "dot")


def spec(state: State, attention: str | None = None) -> TranslatorSpec:
    """The network that the address names, or the one beside it with another attention."""
    return _named(state["task"], attention or state["attention"], state["hidden"])


@lru_cache(SPECS)
def _named(task: Value, attention: Value, hidden: Value) -> TranslatorSpec:
    return TranslatorSpec.model_validate({"task": task, "attention": attention, "hidden": hidden})


def specs(state: State) -> list[TranslatorSpec]:
    """Those that are compared, one an attention."""
    return [spec(state, kind) for kind in KINDS]


def typed(state: State) -> str:
    """What the reader wants to have read, by the task."""
    return str(state["names"] if state["task"] == "names" else state["text"])


def networks(view: View) -> Mapping[str, TranslatorSpec]:
    """The three by what they are called."""
    names = (controls.option_name("attention", kind, view.lang) for kind in KINDS)
    return dict(zip(names, specs(view.state), strict=True))
