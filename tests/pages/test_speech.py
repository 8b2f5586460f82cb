from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.messages import LANGUAGES, text
from rnn_core.speech.digits import recorded
from rnn_core.tasks.digits import DigitSpec
from tests.pages.reading import charts, drawing, html, keys

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_a_drawing_and_its_question_and_tells_nothing(open_page: Open, lang: str) -> None:
    at = open_page(page="speech", lang=lang)
    found = drawing(at, "speech")
    assert found["question"] == text("speech.ask.1", lang)
    assert [found[name] for name in ("answer", "clamped", "verdict")] == [None, None, None]
    assert len(found["options"]) == 4
    assert keys(at) == ["speech_probability"]
    assert text("speech.digits", lang) in html(at)
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize(("guess", "verdict"), [("3", "right"), ("2", "near"), ("0", "wrong")])
def test_an_answer_brings_the_curve_and_why(open_page: Open, guess: str, verdict: str) -> None:
    at = open_page(page="speech", lang="en", guess_held=guess)
    found = drawing(at, "speech")
    assert found["clamped"]
    assert found["verdict"] == {"verdict": verdict, "why": text("speech.why", "en", before=41, after=62, steps=89)}


def test_another_sound_or_clamp_asks_again_and_music_is_nothing_to_ask_of(open_page: Open) -> None:
    at = open_page(page="speech", guess_held="3")
    at.button(key="contrast_emptied").click().run()
    assert drawing(at, "speech")["answer"] is None
    at.button(key="contrast_music").click().run()
    assert drawing(at, "speech")["question"] == ""
    assert drawing(at, "speech")["clamped"]


def test_the_digits_wait_for_their_guess(open_page: Open) -> None:
    at = open_page(page="speech", guess_digits="3", digit="5", cell="gru")
    assert keys(at) == ["speech_probability", "worth", "confusion", "digit_answers"]
    assert 'class="verdict right"' in html(at)
    (cells,) = charts(at, "chart_digit_answers")
    assert (cells["z"] == recorded(DigitSpec(cell="gru"), 5).shares.T).all()


@pytest.mark.parametrize("threshold", ["0", "1", "0.37"])
def test_every_threshold_is_one(open_page: Open, threshold: str) -> None:
    at = open_page(page="speech", threshold=threshold, guess_held="skip", sound="noise")
    assert drawing(at, "speech")["threshold"] == float(threshold)
    assert not at.error
