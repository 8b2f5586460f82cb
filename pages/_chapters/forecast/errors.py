"""How good it is: the reader guesses against persistence, then sees the errors of all by how far ahead they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st
from babel.dates import format_date

from pages._chapters.forecast import computed
from pages._chapters.forecast.choices import GAINS
from pages._chapters.uses import worth
from pages._ui import blocks, predict
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.figures.captions import hundredths
from rnn_core.messages import text
from rnn_core.tasks.forecast.spec import ForecastSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.figures import Errors
    from rnn_core.quantities import Recurrent

GUESS, QUESTION = "guess_gain", "forecast.predict"
NEAR = 10  # hundredths: a guess that is so near what was measured is nearly right


def shown(view: View, cell: Recurrent) -> bool:
    """The question, and once it is answered the errors with the guess among them; whether it is."""
    found = computed.errors(cell)
    answer = predict.ask(view, QUESTION, options(view.lang), GUESS)
    if not answer.revealed:
        return False
    said, guess = "", None
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(found, answer.guess), why(found, view.lang))
        guess = found.errors["persistence"][0] * (1 - answer.guess / 100)
    drawn = memoized(figures.forecast_error, found, cell, guess=guess, **view.style)
    if said:
        st.html(said)
    worth.how_good(view, drawn, fails(cell, view.lang))
    predict.again(view, GUESS)
    counts = tuple((inside, of) for inside, of in computed.entry(cell)["covered"])
    blocks.picture(view, memoized(figures.forecast_coverage, counts, cell, **view.style))
    return True


def options(lang: str) -> Mapping[int, str]:
    """By how many hundredths its error may be smaller."""
    return {gain: text("forecast.gain" if gain else "forecast.no_gain", lang, gain=gain) for gain in GAINS}


def smaller(found: Errors) -> float:
    """By how many hundredths the network's error one day ahead is smaller than that of persistence."""
    ours, theirs = found.errors[NETWORK][0], found.errors["persistence"][0]
    return 100 * (1 - ours / theirs)


def verdict(found: Errors, guess: int) -> predict.Verdict:
    """Of a guess: right is the option that lies nearest to what was measured."""
    measured = smaller(found)
    if guess == min(GAINS, key=lambda gain: abs(gain - measured)):
        return "right"
    return "near" if abs(guess - measured) <= NEAR else "wrong"


def why(found: Errors, lang: str) -> str:
    """Both errors, and by how much they differ."""
    ours, theirs, measured = found.errors[NETWORK][0], found.errors["persistence"][0], smaller(found)
    which = "less" if measured >= 0 else "more"
    share = hundredths(abs(measured) / 100)
    return text(f"forecast.why.{which}", lang, ours=f"{ours:.2f}", theirs=f"{theirs:.2f}", share=share)


def fails(cell: Recurrent, lang: str) -> str:
    """The day of the test year on which the forecast of the day before was farthest off."""
    when, said, came = computed.worst(ForecastSpec(cell=cell))
    day = format_date(when, "long", locale=lang)
    return text("forecast.worst", lang, day=day, said=f"{said:.1f}", came=f"{came:.1f}", off=f"{abs(said - came):.1f}")
