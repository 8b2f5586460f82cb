"""The word of the address, spelt by the network of the address: the drawing that opens the chapter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._chapters.attention import decoded, drawing
from pages._chapters.translation import evaluation

if TYPE_CHECKING:
    from pages._chapters.attention.decoded import Decoded
    from pages._ui.shell import View
    from rnn_core.specs import TranslatorSpec

KATAKANA = "katakana"


@dataclass(frozen=True, eq=False)
class Drawn:
    """What is drawn.

    Attributes:
        spec: which network.
        shown: what it writes.
        told: nothing is left to ask, or nothing was asked of this word.
    """

    spec: TranslatorSpec
    shown: Decoded
    told: bool


def field(view: View) -> str:
    """The control that holds the word."""
    return "english" if view.state["network"] == KATAKANA else "kanji"


def draw(view: View) -> Drawn:
    """Draw it.

    Raises:
        KiokuError: what the network can't read, or weights that can't be loaded.
    """
    kana = view.state["network"] == KATAKANA
    spec = evaluation.KATAKANA if kana else evaluation.KANJI
    found = decoded.given(view, spec.task, view.text(field(view)))
    asked = evaluation.question(view, found) if kana else None
    shown = decoded.read(view, spec, found, decoded.head_of(view) if kana else None)
    drawing.draw(view, found, shown, [spec], guess="guess_spelling", length=len(found.read), question=asked)
    return Drawn(spec, shown, asked is None or view.state["guess_spelling"] is not None)
