"""The claims as one drawing: guess how many hold, and see each judged by what was measured and put on a pile."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, heard_answer, placed, resting, telling
from pages._ui.memo import memoized
from rnn_core.claims.rows import VERDICTS
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from pages._ui.components.packing import JSON
    from pages._ui.predict import Verdict
    from rnn_core.claims.bars import Bar
    from rnn_core.claims.rows import Claim

LABELS = ("title", "before", "now", "yours", "place", "step", "powers", "interval")

_render = component("claim_piles", "sorting")


@dataclass(frozen=True)
class Judged:
    """A claim and what the drawing says of it.

    Attributes:
        claim: its row.
        measured: what was measured, as a sentence.
        link: the address of the state in which it can be tried.
        bars: its numbers as bars.
        written: each of these numbers as it is written.
    """

    claim: Claim
    measured: str
    link: str
    bars: tuple[Bar, ...]
    written: tuple[str, ...]


@dataclass(frozen=True)
class Guessed:
    """How many claims are confirmed, as it is guessed.

    Attributes:
        options: from how many to how many each answer goes.
        answer: what was answered, None while it is asked.
        verdict: whether that is right; None where nothing was guessed.
        why: a finished sentence.
    """

    options: Mapping[int, tuple[int, int]]
    answer: int | str | None
    verdict: Verdict | None
    why: str


def claim_piles(
    lang: str,
    claims: Sequence[Judged],
    guess: Guessed,
    *,
    step: int | None,
    key: str = "claim_piles",
    on_step_change: Callable[[int], None],
    on_answer_change: Callable[[int | str | None], None],
) -> None:
    """Draw the claims.

    Args:
        lang: "ja" or "en".
        claims: in their order.
        guess: the question and its answer.
        step: the claim at which it opens, 1-based; None for the last one.
        key: the widget's key.
        on_step_change: called with the claim on which the reader rests.
        on_answer_change: called with the guess.
    """
    of, bounds = packing.digest("claims", len(claims)), Bounds(len(claims))

    def answered() -> None:
        if (now := heard_answer(key, of)) != "":
            on_answer_change(now)

    drawn = memoized(drawing, lang, tuple(claims), tuple(guess.options.items()))
    theirs = {"of": of, "answer": guess.answer, "verdict": guess.verdict or "", "why": guess.why}
    _render(
        key=key,
        data=drawn | placed(key, of, Spot(step or len(claims)), bounds) | theirs,
        default={"spot": None, "answer": None},
        on_spot_change=telling(on_step_change, partial(resting, key, of, bounds)),
        on_answer_change=answered,
    )


def drawing(lang: str, claims: tuple[Judged, ...], options: tuple[tuple[int, tuple[int, int]], ...]) -> dict[str, JSON]:
    """What the script draws, apart from what the reader does in it."""
    own = {name: f"claim_piles.{name}" for name in LABELS} | packing.VERDICTS
    own |= {
        "ask": "claims.predict",
        "skip": "controls.guess_claims.skip",
        "again": "predict.again",
        "try": "claims.try",
    }
    return {
        "claims": [_claim(lang, one) for one in claims],
        "piles": [text(f"claims.verdict.{verdict}", lang) for verdict in VERDICTS],
        "options": [
            {"value": value, "label": text("claims.option", lang, low=low, high=high), "low": low, "high": high}
            for value, (low, high) in options
        ],
        "text": packing.labels(lang, own),
    }


def _claim(lang: str, one: Judged) -> dict[str, JSON]:
    claim = one.claim
    return {
        "name": text(f"claims.name.{claim.name}", lang),
        "said": text(f"claims.said.{claim.name}", lang),
        "pile": VERDICTS.index(claim.verdict),
        "measured": one.measured,
        "link": one.link,
        "scale": claim.scale,
        "bars": [
            {
                "label": text(f"claims.bar.{bar.key}", lang),
                "value": written,
                "length": bar.length,
                "interval": None if bar.interval is None else list(bar.interval),
            }
            for bar, written in zip(one.bars, one.written, strict=True)
        ],
    }
