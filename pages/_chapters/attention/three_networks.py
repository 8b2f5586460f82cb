"""One input through all three networks: without attention, with additive and with dot-product attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import controls
from rnn_core.specs import TranslatorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.address import State
    from pages._ui.shell import View
    from rnn_core.specs import Attention

KINDS: tuple[Attention, ...] = ("none", "additive", "dot")


def spec(state: State, attention: str | None = None) -> TranslatorSpec:
    """The network that the address names, or the one beside it with another attention."""
    named = {"task": state["task"], "attention": attention or state["attention"], "hidden": state["hidden"]}
    return TranslatorSpec.model_validate(named)


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
