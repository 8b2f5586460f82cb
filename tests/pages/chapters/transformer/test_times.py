from __future__ import annotations

import json
import re
import threading
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.transformer import computed
from pages._chapters.transformer.guesses import NEVER
from pages._chapters.transformer.times import RACE, compared
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import timing
from rnn_core.models.timing import Point, build
from rnn_core.parallelism import COST_MODELS, LENGTHS, SIZES
from rnn_core.stopwatch import Stopwatch
from tests.pages.reading import charts, html, keys, picture

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

ANSWERED = {"guess_crossover": "skip", "guess_crossover_lstm": "skip"}
TIMES = ["time_training", "time_generation"]  # the second one folded
SOON = 30.0  # seconds in which a thread does what it does at once


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_networks_that_are_compared_are_named_by_the_size_that_they_have(warm: None, lang: str) -> None:
    said = compared(lang)
    for cell in COST_MODELS:
        assert str(SIZES[cell]) in said
        count = sum(weight.numel() for weight in build(cell).parameters())
        assert abs(count - 23_328) < 0.02 * 23_328
    assert "23,328" in said


def point(cell: str, words: int) -> Point:
    """A measurement in which the Transformer is ahead of the GRU from 64 words on, and never of the LSTM."""
    slope = {"rnn": 2e-5, "lstm": 1e-6, "gru": 4e-5, "transformer": 1e-6}[cell]
    start = 1.5e-3 if cell == "transformer" else 1e-4
    again = 1e-4 * words if cell == "transformer" and words < LENGTHS[-1] else None
    return Point(cell, words, start + slope * words, 1e-4, 1e-5 * words, again)


def measured() -> Iterator[Point]:
    yield from (point(cell, words) for words in LENGTHS for cell in COST_MODELS)


@pytest.fixture(autouse=True)
def fresh_stopwatch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch[Point]:
    """No test sees another's measurement, and none waits for a real one."""
    watch = Stopwatch[Point]()
    monkeypatch.setattr(computed, "STOPWATCH", watch)
    monkeypatch.setattr(timing, "measure", measured)
    return watch


def folded_out(at: AppTest) -> AppTest:
    """The page with the times of generation open."""
    at.session_state["generation"] = True
    return at.run()


def labels(at: AppTest, key: str) -> list[str]:
    """What is written on a chart."""
    return [note["text"] for note in json.loads(picture(at, key))["layout"]["annotations"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_a_measurement_the_charts_are_empty_and_say_so(open_page: Open, lang: str) -> None:
    at = folded_out(open_page(page="transformer", lang=lang, **ANSWERED))
    assert keys(at)[-2:] == TIMES
    for key in TIMES:
        assert json.loads(next(e.proto.spec for e in at.get("plotly_chart") if e.proto.id.endswith(key)))["data"] == []
    assert text("transformer.not_yet", lang, total=len(LENGTHS)) in html(at)


@pytest.mark.parametrize(
    ("guess", "verdict"), [(1 + LENGTHS.index(64), "right"), (1 + LENGTHS.index(128), "near"), (1, "wrong")]
)
def test_who_answers_starts_the_measurement_and_sees_every_point(open_page: Open, guess: int, verdict: str) -> None:
    at = open_page(page="transformer", lang="en", guess_crossover=str(guess))
    assert not [key for key in keys(at) if key in TIMES]
    at.button(key="skip_guess_crossover_lstm").click().run()
    assert at.session_state[RACE.own].wait(SOON)
    at.run()
    assert not at.exception
    for shown, cell in zip(charts(at, "chart_time_training"), COST_MODELS, strict=True):
        np.testing.assert_array_equal(shown["x"], LENGTHS)
        np.testing.assert_array_equal(shown["y"], [point(cell, words).training for words in LENGTHS])
    assert keys(at).count("time_generation") == 0
    assert len(charts(folded_out(at), "chart_time_generation")) == 5
    page = html(at)
    assert "from 64 words" in page
    assert re.findall('class="verdict (.*?)"', page) == [verdict]
    assert "28 of 28, in " in page
    assert "▼ GRU" in labels(at, "chart_time_training")


def test_the_lstm_is_never_slower_here_and_that_can_be_guessed(open_page: Open) -> None:
    at = open_page(page="transformer", lang="en", guess_crossover="skip", guess_crossover_lstm=str(NEVER))
    at.button(key="race_start").click().run()
    assert at.session_state[RACE.own].wait(SOON)
    at.run()
    assert re.findall('class="verdict (.*?)"', html(at)) == ["right"]
    assert "▼ LSTM: never" in labels(at, "chart_time_training")


def test_one_button_asks_both_again_and_measures_nothing_anew(open_page: Open) -> None:
    at = open_page(page="transformer", lang="en", **ANSWERED)
    at.button(key="race_start").click().run()
    run = at.session_state[RACE.own]
    assert run.wait(SOON)
    at.run()
    at.button(key="again_race").click().run()
    assert not {"guess_crossover", "guess_crossover_lstm"} & set(at.query_params)
    for control in ("guess_crossover", "guess_crossover_lstm"):
        at.button(key=f"skip_{control}").click().run()
    assert at.session_state[RACE.own] is run
    assert len(charts(at, "chart_time_training")) == len(COST_MODELS)


def test_a_measured_time_is_the_reader_s_own_and_a_link_measures_nothing(open_page: Open) -> None:
    at = open_page(page="transformer", lang="en", **ANSWERED)
    at.button(key="race_start").click().run()
    assert at.session_state[RACE.own].wait(SOON)
    assert charts(at.run(), "chart_time_training")
    assert at.button(key="race_start").label == text("transformer.again", "en")
    other = open_page(page="transformer", lang="en", **ANSWERED)
    assert charts(other, "chart_time_training") == []
    assert text("transformer.not_yet", "en", total=len(LENGTHS)) in html(other)
    assert other.button(key="race_start").label == text("transformer.start", "en")


def test_one_run_at_a_time_and_who_comes_later_waits_their_turn(
    open_page: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    go = threading.Event()

    def slow() -> Iterator[Point]:
        yield point("rnn", 6)
        assert go.wait(SOON)
        yield point("lstm", 6)
        yield point("gru", 6)

    monkeypatch.setattr(timing, "measure", slow)
    at = open_page(page="transformer", lang="en", **ANSWERED)
    at.button(key="race_start").click().run()
    other = open_page(page="transformer", lang="en", **ANSWERED)
    other.button(key="race_start").click().run()
    assert text("transformer.other_reader", "en") in html(other)
    assert charts(other, "chart_time_training") == []
    assert computed.race() is None
    assert text("transformer.other_reader", "en") not in html(at.run())
    at.button(key="race_stop").click().run()
    go.set()
    assert at.session_state[RACE.own].wait(SOON)
    at.run()
    assert text("transformer.stopped", "en", done=2, total=28, seconds="X", at="X").split("X")[0] in html(at)
    assert [len(shown["x"]) for shown in charts(at, "chart_time_training")] == [1, 1]
    other.run()
    assert other.session_state[RACE.own].wait(SOON)
    assert text("transformer.other_reader", "en") not in html(other.run())
    assert len(charts(other, "chart_time_training")) == 3


def test_who_waits_can_give_up(open_page: Open) -> None:
    go = threading.Event()
    theirs = computed.STOPWATCH.start(lambda: iter([go.wait(SOON)]), 1)
    at = open_page(page="transformer", lang="en", **ANSWERED)
    at.button(key="race_start").click().run()
    at.button(key="race_stop").click().run()
    assert text("transformer.not_yet", "en", total=len(LENGTHS)) in html(at)
    go.set()
    assert theirs
    assert theirs.wait(SOON)
    at.run()
    assert RACE.own not in at.session_state


def test_a_measurement_that_fails_is_told(open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Iterator[Point]:
        yield point("rnn", 6)
        raise ValueError("<no> clock")

    monkeypatch.setattr(timing, "measure", fails)
    at = open_page(page="transformer", lang="en", guess_crossover="1", guess_crossover_lstm="skip")
    at.button(key="race_start").click().run()
    assert at.session_state[RACE.own].wait(SOON)
    at.run()
    assert "ValueError" in at.error[0].value
    assert at.button(key="race_start")
    assert 'class="verdict' not in html(at)
