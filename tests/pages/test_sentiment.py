from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest

from rnn_core.messages import LANGUAGES, text
from rnn_core.models.sentiment import classify
from rnn_core.tasks.sentiment import AFFIRMED, NEGATED, SHIPPED, TURNING
from rnn_core.text.tokenizer import segment
from tests.pages.reading import charts, html, keys, unfold

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_its_sentence_and_a_question(open_page: Open, lang: str) -> None:
    at = open_page(page="sentiment", lang=lang)
    page = re.sub("</?span>", "", html(at))
    assert at.text_input(key="text").value == NEGATED
    assert text("sentiment.predict", lang) in page
    assert keys(at) == ["feelings"]
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("sentence", [NEGATED, AFFIRMED, TURNING, "妹はとても喜んでいない"])
def test_the_map_holds_what_the_networks_say(open_page: Open, sentence: str) -> None:
    at = open_page(page="sentiment", text=sentence, guess_settled="skip")
    for drawn, spec in zip(charts(at, "chart_feelings_by_word")[:2], SHIPPED[2:], strict=True):
        np.testing.assert_array_equal(drawn["z"], classify(spec, segment(sentence).tokens).shares.T)
    assert 'class="verdict' not in html(at)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("away", [0, 1, 2])
def test_a_guess_is_judged_with_its_reason_in_one_picture_with_the_outcome(
    open_page: Open, lang: str, away: int
) -> None:
    settled = classify(SHIPPED[2], segment(NEGATED).tokens).settled + 1
    at = open_page(page="sentiment", lang=lang, guess_settled=str(settled - away))
    assert f'class="verdict {("right", "near", "wrong")[away]}"' in html(at)
    measured, guessed = charts(at, "chart_feelings_by_word")[2:]
    assert (list(measured["x"]), list(guessed["x"])) == ([settled], [settled - away])
    at.button(key="again_guess_settled").click().run()
    assert keys(at) == ["feelings"]


@pytest.mark.parametrize("name", ["affirmed", "turning"])
def test_a_contrast_is_another_sentence_of_which_it_is_asked_again(open_page: Open, name: str) -> None:
    at = open_page(page="sentiment", guess_settled="4")
    at.button(key=f"contrast_{name}").click().run()
    assert keys(at) == ["feelings"]
    assert "guess_settled" not in at.query_params


@pytest.mark.parametrize("lang", LANGUAGES)
def test_of_one_word_nothing_is_asked_and_an_unknown_one_is_named(open_page: Open, lang: str) -> None:
    at = open_page(page="sentiment", lang=lang, text="量子")
    assert keys(at) == ["feelings_by_word", "feelings"]
    assert text("ui.unknown", lang, words="量子") in html(at)


def test_a_guess_beyond_the_sentence_is_said_to_be_none(open_page: Open) -> None:
    at = open_page(page="sentiment", lang="en", text="今日は暑い", guess_settled="9")
    assert [one.value for one in at.warning] == [text("predict.unknown", "en", given=9)]
    assert keys(at) == ["feelings"]


def test_reset_goes_back_to_what_the_chapter_opens_with(open_page: Open) -> None:
    at = open_page(page="sentiment", text=TURNING, guess_settled="1")
    unfold(at).button(key="reset").click().run()
    assert at.query_params["text"] in (NEGATED, [NEGATED])
    assert "guess_settled" not in at.query_params
