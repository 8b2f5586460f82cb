"""/forecast: guesses are judged in place, and the state is the address."""

from __future__ import annotations

import pytest

from pages._chapters.forecast import stocks
from pages._chapters.forecast.errors import GUESS
from rnn_core.messages import LANGUAGES, text
from tests.pages.opening import at_address
from tests.pages.trying import OF_SEVERAL, controls, tried


def said(at: object) -> str:
    return "".join(one.proto.body for one in at.get("html"))  # type: ignore[attr-defined]  # of an AppTest


@pytest.mark.parametrize("lang", LANGUAGES)
def test_nothing_is_given_away_before_the_guesses(lang: str) -> None:
    at = at_address("forecast", {"lang": lang}).run()
    assert not at.exception
    assert text("forecast.predict", lang) in said(at)
    shown = [one.proto.alt for one in at.get("plotly_chart")]
    assert len(shown) == 2  # the influence, and the price that deceives
    assert text("forecast.principle", lang)[:20] not in said(at)


@pytest.mark.parametrize(("guess", "verdict"), [("5", "right"), ("0", "near"), ("50", "wrong")])
def test_a_guess_is_judged_and_drawn(guess: str, verdict: str) -> None:
    at = at_address("forecast", {"lang": "en", GUESS: guess, stocks.GUESS: "1", "slide": "1"}).run()
    assert not at.exception
    assert f'class="verdict {verdict}"' in said(at)
    assert "°C against" in said(at)
    alts = [one.proto.alt for one in at.get("plotly_chart")]
    assert any("Slid earlier by 1 month" in alt for alt in alts)
    assert at.slider(key="slide").value == 1
    assert len(alts) == 4


def test_a_day_that_the_month_does_not_have_is_said() -> None:
    at = at_address("forecast", {"lang": "en", "month": "2", "t": "30"}).run()
    assert not at.exception
    assert any("day 30" in one.value for one in at.warning)


def everything(at: object) -> list[str]:
    charts = [one.proto.spec for one in at.get("plotly_chart")]  # type: ignore[attr-defined]  # of an AppTest
    drawn = [one.proto.json for one in at.get("bidi_component")]  # type: ignore[attr-defined]  # likewise
    return [*charts, *drawn]


@pytest.mark.parametrize(
    ("key", "value"),
    [("cell", "rnn"), ("month", "2"), ("t", "9"), ("ahead", "5"), ("share", "IBM"), ("slide", "2")],
)
def test_each_control_changes_what_is_shown(key: str, value: str) -> None:
    base = {"lang": "en", GUESS: "skip", stocks.GUESS: "skip"}
    before, after = (at_address("forecast", query).run() for query in (base, {**base, key: value}))
    assert not after.exception
    assert everything(before) != everything(after)
    assert after.query_params[key] in (value, [value])


def test_no_control_is_forgotten() -> None:
    assert controls("forecast") - OF_SEVERAL == tried(test_each_control_changes_what_is_shown) | {GUESS, stocks.GUESS}
