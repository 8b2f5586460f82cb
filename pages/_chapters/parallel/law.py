"""The third question: what decides how many rounds it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.parallel import computed
from pages._ui import blocks, predict
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.figures import NetworkRounds

GUESS = "guess_law"
UNITS, EXPONENT, NEITHER = 1, 2, 3
ORDERS = 0.5  # a rank correlation of at least this size


def draw(view: View) -> bool:
    """Ask, and once it is answered show the networks. Whether nothing is left to ask."""
    lang = view.lang
    answer = predict.ask(view, "parallel.law", options(lang), GUESS)
    if not answer.revealed:
        return False
    points = computed.networks()
    said = ""
    if answer.guess is not None:
        best = outcome(points)
        why = text("parallel.law_why", lang, better=options(lang)[best])
        said = predict.verdict_said(view, "right" if answer.guess == best else "wrong", why)
    shown = memoized(figures.rounds_by_network, points, guess=answer.guess, **view.style)
    blocks.picture(view, shown, above=said)
    folded = st.expander(text("parallel.learning", lang), key="learning", on_change="rerun")
    if folded.open:
        with folded:
            blocks.picture(view, memoized(figures.rounds_by_epoch, *computed.by_epoch(), **view.style))
    predict.again(view, GUESS)
    return True


def options(lang: str) -> Mapping[int, str]:
    """What can be guessed."""
    return {at: text(f"parallel.law_{key}", lang) for at, key in enumerate(("units", "exponent", "neither"), 1)}


def outcome(points: tuple[NetworkRounds, ...]) -> int:
    """What orders the rounds better; neither, where both hardly do."""
    by_units, by_exponent = (abs(order) for order in figures.order_said(points))
    if max(by_units, by_exponent) < ORDERS:
        return NEITHER
    return UNITS if by_units > by_exponent else EXPONENT
