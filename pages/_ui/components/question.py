"""What a reader is asked in a drawing: a curve to draw, or one of a few answers; and what the script gets of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from pages._ui.controls import SKIP

if TYPE_CHECKING:
    from pages._ui.components.packing import JSON
    from pages._ui.predict import Verdict


@dataclass(frozen=True)
class Curve:
    """How often the networks are right, by the length of the input, which the reader draws first.

    Attributes:
        lengths: of the inputs.
        axis: what they are counted in.
        given: percent at the first length, from which the reader's line starts.
        guess: the reader's percentages, one a length; None where there are none.
        shares: the measured percentages of each network by its kind; None while they are asked for.
    """

    lengths: tuple[int, ...]
    axis: str
    given: int
    guess: tuple[float, ...] | None = None
    shares: tuple[tuple[str, tuple[float, ...]], ...] | None = None


@dataclass(frozen=True)
class Question:
    """What the reader is asked in the drawing.

    Attributes:
        said: the question.
        answer: None while it is asked; "skip", or what was answered.
        options: what can be answered, each with its name; () where a curve is drawn.
        curve: that curve.
        verdict: of an answer whether it is right, and a finished sentence that says why.
    """

    said: str
    answer: int | str | None
    options: tuple[tuple[int, str], ...] = ()
    curve: Curve | None = None
    verdict: tuple[Verdict, str] | None = None

    def takes(self, said: int | str | None) -> bool:
        """Whether it can be answered so: "skip", an option, or a curve as text; None asks again."""
        if said is None or said == SKIP:
            return True
        return bool(self.curve and said) if isinstance(said, str) else said in dict(self.options)


def asked(question: Question | None) -> dict[str, JSON]:
    """The question, its answer, and nothing that would tell the answer before."""
    if question is None:
        return {"question": "", "answer": None, "options": None, "curve": None, "verdict": None}
    verdict = question.verdict
    return {
        "question": question.said,
        "answer": question.answer,
        "options": [{"value": value, "label": label} for value, label in question.options] or None,
        "curve": None if question.curve is None else _curve(question.curve),
        "verdict": None if verdict is None else {"verdict": verdict[0], "why": verdict[1]},
    }


def _curve(curve: Curve) -> dict[str, JSON]:
    return {
        "lengths": list(curve.lengths),
        "axis": curve.axis,
        "given": curve.given,
        "guess": None if curve.guess is None else list(curve.guess),
        "shares": None if curve.shares is None else {kind: list(shares) for kind, shares in curve.shares},
    }
