from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from pages._ui import memo
from pages._ui.address import MAX_TEXT, literal
from rnn_core import order
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import model_trace, registry
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import segment
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, drawing, html, keys, picture
from tests.pages.trying import changes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.pages.conftest import Open

ASKED = ["reach", "parameters_by_length"]  # what is there while it is asked
CHARTS = [*ASKED, "accuracy_by_model"]
BAG, WINDOW, CNN = order.READERS
LONG = order.LONG


def expected(spec: order.NetworkSpec, words: tuple[str, ...]) -> np.ndarray:
    """The last distribution as torch has it, without the library's way to it."""
    with torch.inference_mode():
        scores = registry.family_of(spec).load(spec)(torch.tensor([smalltalk.vocabulary().encode(words)]))
    return scores.softmax(dim=-1)[0, -1].numpy()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_drawing_and_a_question(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang)
    page = re.sub("</?span>", "", html(at))
    assert text("order.question", lang) in page
    drawn = drawing(at, "word_order")
    assert (drawn["order"], drawn["answer"], drawn["at"]) == ([2, 1, 0, 3, 4], "", {"step": 5} | drawn["at"])
    assert keys(at) == ASKED
    assert text("order.principle", lang)[:20] not in page
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_drawing_has_what_torch_computes_on_both_orders(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text=order.SENTENCE, guess_order="skip")
    assert keys(at) == CHARTS
    drawn, words = drawing(at, "word_order"), segment(order.SENTENCE).tokens
    for row, spec in enumerate(order.NETWORKS):
        before, after = expected(spec, words), expected(spec, order.swapped(words, *order.SWAP))
        assert drawn["after"][row]["moved"][-1] == order.total_variation(before, after)
        assert drawn["before"][row]["p"][-1] == before.max()
        assert drawn["outputs"][drawn["after"][row]["top"][-1]]["text"] == smalltalk.outputs()[after.argmax()]
    assert drawn["after"][0]["moved"][-1] == 0


def test_the_outputs_in_numbers_are_made_when_they_are_opened(open_page: Open) -> None:
    at = open_page(page="order", text=order.SENTENCE, guess_order="skip")
    at.session_state["outputs"] = True
    at.run()
    assert keys(at) == ["reply_order", *CHARTS]
    line, before = chart(at, "chart_reply_order"), segment(order.SENTENCE).tokens
    both = [expected(BAG, words) for words in (before, order.swapped(before, *order.SWAP))]
    np.testing.assert_array_equal(line["x"], [row[smalltalk.outputs().index(str(line["meta"]))] for row in both])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_longer_than_the_window_is_refused_by_it_alone(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text=LONG, guess_order="skip")
    words = len(segment(LONG).tokens)
    assert words > order.PLACES
    assert [row is None for row in drawing(at, "word_order")["after"]] == [spec == WINDOW for spec in order.NETWORKS]
    raw = chart(at, "chart_reach")["customdata"]
    assert [bool(np.isnan(row).all()) for row in raw] == [spec == WINDOW for spec in order.NETWORKS]
    assert not at.error


def test_the_convolution_moves_in_its_last_words_only(open_page: Open) -> None:
    raw = chart(open_page(page="order", text=LONG), "chart_reach")["customdata"]
    row = raw[order.NETWORKS.index(CNN)]
    assert (row[: -order.KERNEL] == 0).all()
    assert (row[-order.KERNEL :] > 0).all()
    words = segment(LONG).tokens
    for place in (0, len(words) - 1):
        one, other = (expected(CNN, sentence) for sentence in (words, order.replaced(words, place, "猫")))
        assert row[place] == order.total_variation(one, other)


@pytest.mark.parametrize(("key", "value"), [("text", "今日は暑い"), ("back", "1"), ("other", "雨")])
def test_every_control_of_the_reach_changes_it(open_page: Open, key: str, value: str) -> None:
    base = {"page": "order", "text": order.SENTENCE, "guess_order": "skip"}
    changes(open_page, base, key, value, read=lambda at: picture(at, "chart_reach"))


@pytest.mark.parametrize(("key", "value"), [("places", "1-2-4-3-5"), ("t", "2"), ("guess_order", "0-1111")])
def test_every_control_of_the_drawing_changes_it(open_page: Open, key: str, value: str) -> None:
    base = {"page": "order", "text": order.SENTENCE, "guess_order": "skip"}
    changes(open_page, base, key, value, read=lambda at: str(drawing(at, "word_order")))


@pytest.mark.parametrize(
    ("lang", "query", "message", "values"),
    alternately(
        [
            ({"places": "1-2-3"}, "order.no_order", {"given": "`1-2-3`", "words": 5}),
            ({"places": "1-1-2-3-4"}, "order.no_order", {"given": "`1-1-2-3-4`", "words": 5}),
            ({"places": "２-1-3-4-5"}, "order.no_order", {"given": "`２-1-3-4-5`", "words": 5}),
            ({"places": "<b>"}, "order.no_order", {"given": "`<b>`", "words": 5}),
            ({"back": "5"}, "order.not_so_far", {"given": 5, "last": 4}),
            ({"other": " "}, "order.no_other", {"used": "猫"}),
            ({"other": "\u200b"}, "order.no_other", {"used": "猫"}),
            ({"other": "犬が"}, "order.first_of", {"used": "犬"}),
        ]
    ),
)
def test_what_does_not_fit_the_sentence_is_replaced_and_said(
    open_page: Open, lang: str, query: dict[str, str], message: str, values: dict[str, object]
) -> None:
    at = open_page(page="order", lang=lang, text=order.SENTENCE, guess_order="skip", **query)
    assert [warning.value for warning in at.warning] == [text(message, lang, **values)]
    assert keys(at) == CHARTS
    assert drawing(at, "word_order")["order"] == [2, 1, 0, 3, 4]
    assert "places" not in query or at.query_params["places"] == ""


@pytest.mark.parametrize("guess", ["7", "010", "0101011", "skip "])
def test_a_guess_that_is_none_is_said_and_asked_again(open_page: Open, guess: str) -> None:
    at = open_page(page="order", text=order.SENTENCE, guess_order=guess)
    assert [warning.value for warning in at.warning] == [text("predict.unknown", "ja", given=literal(guess))]
    assert drawing(at, "word_order")["answer"] == ""
    assert keys(at) == ASKED


@pytest.mark.parametrize("query", [{"back": "-1"}, {"t": "0"}, {"first": "1"}])
def test_what_is_no_place_at_all_is_a_notice(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="order", text=order.SENTENCE, **query)
    assert len(at.warning) == 1
    assert set(keys(at)) >= set(ASKED)


@pytest.mark.parametrize(("lang", "sentence"), alternately(["", "\u200b\u202e"]))
def test_an_empty_text_is_explained(open_page: Open, lang: str, sentence: str) -> None:
    at = open_page(page="order", lang=lang, text=sentence)
    assert [error.value for error in at.error] == [text("errors.empty_text", lang)]
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_word_has_nothing_to_swap_and_everything_else(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text="暑い", guess_order="skip")
    assert drawing(at, "word_order")["order"] == [0]
    assert keys(at) == CHARTS
    assert not at.error


@pytest.mark.parametrize(
    "sentence", ["<script>alert(1)</script><b>太字</b>", "🎉👩‍👩‍👧 今日は🌧️", "*強い* _x_ $y$", "犬が犬が犬"]
)
def test_any_text_is_read_as_text(open_page: Open, sentence: str) -> None:
    at = open_page(page="order", text=sentence, guess_order="skip")
    assert keys(at) == CHARTS
    assert "<script" not in html(at)
    assert "<b>太字" not in html(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sixty_words_are_read_and_the_page_says_where_it_stopped(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text="今日は暑い" * 2000, guess_order="skip")
    assert len(at.query_params["text"]) == MAX_TEXT
    assert chart(at, "chart_reach")["customdata"].shape == (6, 60)
    assert text("ui.cut", lang, limit=60) in [warning.value for warning in at.warning]


def test_two_equal_words_change_nothing_and_nothing_is_asked(open_page: Open) -> None:
    at = open_page(page="order", text="犬が犬を噛む")
    assert all(row["moved"] == [0] * 5 for row in drawing(at, "word_order")["after"])
    assert keys(at) == CHARTS


@pytest.mark.parametrize(
    ("name", "sentence"), [("early", order.SENTENCE), ("plain", order.PLAIN), ("long", order.LONG)]
)
def test_a_contrast_sets_sentence_and_places_and_asks_anew(open_page: Open, name: str, sentence: str) -> None:
    at = open_page(page="order", text=order.SENTENCE, other="雨", guess_order="111111")
    at.button(key=f"contrast_{name}").click().run()
    assert (at.text_input(key="text").value, at.query_params["other"]) == (sentence, "雨")
    assert keys(at) == ASKED
    assert at.query_params["guess_order"] == ""


def test_a_guess_is_asked_again_of_another_order_and_stays_for_another_replacement(open_page: Open) -> None:
    at = open_page(page="order", text=order.SENTENCE, guess_order="011111")
    at.text_input(key="other").set_value("雨").run()
    assert (keys(at), drawing(at, "word_order")["answer"]) == (CHARTS, "011111")
    at.query_params["places"] = "2-1-3-4-5"
    at.run()
    assert (keys(at), drawing(at, "word_order")["answer"]) == (ASKED, "")


def test_readers_of_english_find_meanings_where_words_are_chosen(open_page: Open) -> None:
    ja, en = (open_page(page="order", lang=lang, text=order.SENTENCE) for lang in LANGUAGES)
    assert [at.button_group(key="back").options[0].strip() for at in (ja, en)] == ["「犬」", "“犬” (dog)"]


def test_reset_goes_back_to_what_the_chapter_opens_with(open_page: Open) -> None:
    at = open_page(
        page="order", lang="en", text=LONG, places="2-1-3-4-5-6-7-8-9-10-11-12-13", other="雨", guess_order="1"
    )
    at.button(key="reset").click().run()
    assert at.query_params["text"] == order.SENTENCE
    assert at.query_params["other"] == "猫"
    assert at.query_params["places"] == ""
    assert at.query_params["guess_order"] == ""
    assert at.query_params["lang"] == "en"


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    ja, en = (open_page(page="order", lang=lang, text=LONG, guess_order="skip") for lang in LANGUAGES)
    for key, axis in (("chart_reach", "customdata"), ("chart_accuracy_by_model", "x")):
        assert chart(ja, key)[axis].tobytes() == chart(en, key)[axis].tobytes()
        assert alt(ja, key) != alt(en, key)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_weights_that_are_missing_are_a_clear_message(
    open_page: Open, lang: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    memo.STORE.clear()
    at = open_page(page="order", lang=lang)
    assert len(at.error) == 1
    assert "make models" in at.error[0].value
