"""One input through all three networks: without attention, with additive and with dot-product attention."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.attention import computed, decoded
from pages._chapters.attention.aligned import Line, lines
from pages._ui import blocks, controls
from rnn_core.figures.captions import percent
from rnn_core.messages import text
from rnn_core.specs import TranslatorSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.attention.decoded import Decoded
    from pages._ui.address import State
    from pages._ui.shell import View

KINDS = ("none", "additive", "dot")


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


def three(view: View, shown: Decoded) -> None:
    """What each writes, word by word against what is right, where the data knows it, else against the chosen one."""
    lang = view.lang
    source = computed.tokens(shown.spec.task, typed(view.state))
    targets = computed.correct_targets(shown.spec.task, source)
    written = {kind: computed.translation(spec(view.state, kind), source) for kind in KINDS}
    rows = []
    for kind, trace in written.items():
        words = tuple(guess.text for guess in decoded.named(trace).written if not guess.ends)
        good = (words in targets and trace.finished) if targets else None
        share = percent(trace.written[-1].probability, lang)
        said = text("attention.right" if good else "attention.wrong", lang) if targets else ""
        rows.append(Line(controls.option_name("attention", kind, lang), words, said or share, good))
    if targets:
        rows.insert(0, Line(text("attention.reference", lang), targets[0]))
    blocks.part(view, "attention.three", lines(view, rows, targets[0] if targets else rows[-1].words))
