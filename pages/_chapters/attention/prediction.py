"""Draw how often the network without attention will be right, by the length of its input, then see all three.

What was drawn is in the address: `guess_accuracy=75_60_40_…`, in percent, for every length but the first, which is
given; or `guess_accuracy=skip`. It belongs to the task and the size that it was drawn for.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.attention import computed
from pages._chapters.attention.three_networks import KINDS, spec, specs, typed
from pages._ui import blocks, controls
from pages._ui.address import literal
from pages._ui.components.accuracy_curve import accuracy_curve
from pages._ui.controls import SKIP
from pages._ui.memo import memoized
from pages._ui.predict import verdict_said
from pages._ui.words import plain
from rnn_core import KiokuError, figures
from rnn_core.figures.captions import hundredths, percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

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


def bottleneck(view: View) -> bool:
    """Ask for the curve as long as it has not been drawn, then show the measured ones; whether they are shown."""
    lang, said = view.lang, view.text("guess_accuracy")
    counts, unit = counted(view), _unit(view)
    first = counts[0]
    question = f"attention.predict.{unit}"
    guess = _read(said, len(first.lengths) - 1)
    if said != SKIP and guess is None:
        first_said = plain(text("predict.first", lang))
        blocks.part(view, question, f'<p class="lead" lang="{lang}">{first_said}</p>')
        if said:
            st.warning(text("attention.no_curve", lang, given=literal(said)))
        with st.container(key="predict_curve"):
            accuracy_curve(lang, first.lengths, round(100 * float(first.shares[0])), unit, on_curve_change=_say)
        return False
    drawn = None if guess is None else [float(first.shares[0]), *(share / 100 for share in guess)]
    blocks.picture(
        view,
        memoized(
            figures.bottleneck,
            counts,
            computed.longest(view.text("task"), unit),
            unit,
            [computed.updates(one) for one in specs(view.state)],
            lang=lang,
            theme=view.theme,
            guess=drawn,
            chosen=_chosen(view),
        ),
        above=blocks.part_said(view, question) + ("" if drawn is None else _judged(view, first, drawn)),
    )
    st.button(text("predict.again", lang), key="again_guess_accuracy", type="tertiary", on_click=_say, args=("",))
    return True


def _judged(view: View, first: figures.Counts, drawn: Sequence[float]) -> str:
    """Whether the curve is right, and what was measured, as HTML."""
    lang, off = view.lang, first.off(drawn)
    measured = text(
        f"attention.measured.{_unit(view)}",
        lang,
        start=percent(float(first.shares[0]), lang),
        end=percent(float(first.shares[-1]), lang),
        first=first.lengths[0],
        last=first.lengths[-1],
    )
    why = text("figures.join", lang, first=measured, second=text("attention.off", lang, off=hundredths(off)))
    return verdict_said(view, "right" if off <= RIGHT else "near" if off <= NEAR else "wrong", why)


def _unit(view: View) -> str:
    """By what the length of the task's inputs is counted."""
    return "names" if view.state["task"] == "names" else "words"


def _chosen(view: View) -> int | None:
    """How long the reader's input is; None where it can't be read."""
    task = view.text("task")
    try:
        return computed.size(task, computed.tokens(task, typed(view.state)), task, _unit(view))
    except KiokuError:
        return None  # what is wrong with it is said where it is read


def _read(said: str, points: int) -> list[int] | None:
    """The percentages of the address; None where it does not have one a length."""
    if not SHAPE.fullmatch(said):
        return None
    values = [int(value) for value in said.split("_")]
    return values if len(values) == points and max(values) <= 100 else None


def _say(curve: str) -> None:
    st.session_state["guess_accuracy"] = curve
