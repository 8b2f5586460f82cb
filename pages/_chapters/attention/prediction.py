"""How often the network without attention is right, by the length of its input: drawn first, then measured for all.

What was drawn is in the address: `guess_accuracy=75_60_40_…`, in percent, for every length but the first, which is
given; or `guess_accuracy=skip`. It belongs to the task and the size that it was drawn for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.attention import computed
from pages._chapters.attention.three_networks import KINDS, spec, specs
from pages._ui import blocks, controls
from pages._ui.address import literal
from pages._ui.components.question import Curve, Question
from pages._ui.controls import SKIP
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.captions import hundredths, percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._chapters.attention.decoded import Given
    from pages._ui.predict import Verdict
    from pages._ui.shell import View

FEWEST = 30  # held-out inputs of a length below which it is not shown
RIGHT, NEAR = 0.05, 0.15  # how far a guess is off on average, as a share
SHAPE = re.compile(r"\d{1,3}(_\d{1,3}){0,19}", re.ASCII)


def counted(view: View) -> Sequence[figures.Counts]:
    """How often each of the three is right, by the length of the input."""
    lang = view.lang
    return [
        computed.counts(
            spec(view.state, kind), _unit(view), controls.option_name("attention", kind, lang), style, FEWEST
        )
        for style, kind in enumerate(KINDS)
    ]


def question(view: View, counts: Sequence[figures.Counts]) -> Question:
    """The curve that is asked for, as long as none has been drawn; then the measured ones, and what they say of it."""
    said, unit, first = view.text("guess_accuracy"), _unit(view), counts[0]
    percents = _read(said, len(first.lengths) - 1)
    if said and said != SKIP and percents is None:
        st.warning(text("attention.no_curve", view.lang, given=literal(said)))
        view.correct("guess_accuracy", "")
        said = ""
    given = round(100 * float(first.shares[0]))
    guess = None if percents is None else (float(given), *map(float, percents))
    shares = tuple((kind, tuple(map(float, 100 * one.shares))) for kind, one in zip(KINDS, counts, strict=True))
    axis = text(f"bottleneck.axis.{unit}", view.lang)
    return Question(
        text(f"attention.predict.{unit}", view.lang),
        said or None,
        curve=Curve(first.lengths, axis, given, guess, shares if said else None),
        verdict=None if guess is None else _judged(view, first, [share / 100 for share in guess]),
    )


def of_length(counts: Sequence[figures.Counts], length: int) -> Mapping[str, tuple[int, int]]:
    """Of each network by its attention, how many inputs of one length it writes right, of how many."""
    rows = {
        kind: dict(zip(one.lengths, zip(one.right, one.total, strict=True), strict=True))
        for kind, one in zip(KINDS, counts, strict=True)
    }
    return {kind: row[length] for kind, row in rows.items() if length in row}


def measured(view: View, counts: Sequence[figures.Counts], asked: Question, length: int) -> None:
    """The curves with their intervals and counts, folded: made when they are opened."""
    folded = st.expander(text("bottleneck.title", view.lang), key="by_length", on_change="rerun")
    if not folded.open or asked.curve is None:
        return
    guess, unit = asked.curve.guess, _unit(view)
    with folded:
        blocks.picture(
            view,
            memoized(
                figures.bottleneck,
                counts,
                computed.longest(view.text("task"), unit),
                unit,
                [computed.updates(one) for one in specs(view.state)],
                lang=view.lang,
                theme=view.theme,
                guess=None if guess is None else [share / 100 for share in guess],
                chosen=length,
            ),
        )


def length_of(view: View, found: Given) -> int:
    """How long what is read is, as the networks are counted by."""
    size = computed.size(found.task, found.read, found.task, _unit(view))
    assert size is not None
    return size


def _judged(view: View, first: figures.Counts, drawn: Sequence[float]) -> tuple[Verdict, str]:
    """Whether the curve is right, and what was measured."""
    lang, off = view.lang, first.off(drawn)
    said = text(
        f"attention.measured.{_unit(view)}",
        lang,
        start=percent(float(first.shares[0]), lang),
        end=percent(float(first.shares[-1]), lang),
        first=first.lengths[0],
        last=first.lengths[-1],
    )
    why = text("figures.join", lang, first=said, second=text("attention.off", lang, off=hundredths(off)))
    return "right" if off <= RIGHT else "near" if off <= NEAR else "wrong", why


def _unit(view: View) -> str:
    """By what the length of the task's inputs is counted."""
    return "names" if view.state["task"] == "names" else "words"


def _read(said: str, points: int) -> list[int] | None:
    """The percentages of the address; None where it does not have one a length."""
    if not SHAPE.fullmatch(said):
        return None
    values = [int(value) for value in said.split("_")]
    return values if len(values) == points and max(values) <= 100 else None
