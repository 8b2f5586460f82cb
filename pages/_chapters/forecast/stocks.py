"""A price: forecasts that seem to follow it, whether they are better than no forecast, and the slide that shows why."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pages._chapters.forecast import computed
from pages._chapters.forecast.choices import VERDICTS
from pages._ui import blocks, controls, predict
from pages._ui.memo import memoized
from rnn_core import figures
from rnn_core.figures.captions import number, signed
from rnn_core.messages import text
from rnn_core.tasks.forecast.spec import PRICES
from rnn_core.tasks.forecast.split import origins

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View

GUESS, QUESTION = "guess_share", "forecast.share"


def shown(view: View) -> bool:
    """The chart that deceives, the question, and once it is answered the verdict and the slide; whether it is."""
    symbol = view.text("share")
    blocks.part(view, "forecast.shares")
    controls.choice("share", view.lang)
    answered = view.state[GUESS] is not None
    if not answered:
        _chart(view, symbol, 0)
    answer = predict.ask(view, QUESTION, options(view.lang), GUESS)
    if not answer.revealed:
        return False
    gain = computed.share_gain(symbol)
    said = ""
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(gain.side, answer.guess), why(symbol, view.lang))
    controls.slider("slide", view.lang, width=320)
    _chart(view, symbol, view.whole("slide", 0), above=said)
    predict.again(view, GUESS)
    return True


def _chart(view: View, symbol: str, slid: int, above: str = "") -> None:
    case = computed.share(symbol)
    step = origins(case.split, case.series, 1)
    drawn = memoized(
        figures.forecast_prices,
        case.series.times[step + 1],
        np.exp(case.series.values[step + 1]),
        np.exp(computed.said(PRICES, case).middle[step, 0]),
        slid,
        PRICES.cell,
        **view.style,
    )
    blocks.picture(view, drawn, above=above)


def options(lang: str) -> Mapping[int, str]:
    """What the comparison with persistence may come to."""
    return {place: text(f"forecast.share.{name}", lang) for place, name in enumerate(VERDICTS)}


def verdict(side: int, guess: int) -> predict.Verdict:
    """Of a guess, an option; `side` is −1 where the network is off more, 1 where it is off less, else 0."""
    return "right" if guess - 1 == side else "wrong"


def why(symbol: str, lang: str) -> str:
    """By how much the network is off less, with its interval."""
    low, mean, high = computed.share_gain(symbol)
    name = VERDICTS[computed.share_gain(symbol).side + 1]
    return text(f"forecast.share.why.{name}", lang, mean=signed(mean), low=number(low), high=number(high))
