from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch

from pages._ui import memo
from pages._ui.address import MAX_TEXT
from rnn_core import order
from rnn_core.figures import network_name
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import model_trace, registry
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import segment
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, html, keys, picture, unfold
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
def test_the_page_opens_with_the_prepared_contrast_and_a_question(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang)
    page = re.sub("</?span>", "", html(at))
    assert text("order.question", lang) in page
    assert text("order.predict", lang) in page
    assert at.query_params["text"] == order.SENTENCE or at.text_input(key="text").value
    assert keys(at) == ASKED
    assert text("order.principle", lang)[:20] not in page
    assert not at.warning
    assert not at.error


def test_a_link_without_a_sentence_opens_the_one_of_the_chapter(open_page: Open) -> None:
    at = open_page(page="order", text=order.SENTENCE)
    query = at.query_params
    assert (query["first"], query["second"], query["back"]) == ("1", "3", "4")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_lines_are_what_torch_computes_on_both_sentences(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text=order.SENTENCE, guess_order="skip")
    assert keys(at) == ["reply_order", *CHARTS]
    before = segment(order.SENTENCE).tokens
    both = [expected(BAG, words) for words in (before, order.swapped(before, *order.SWAP))]
    line = chart(at, "chart_reply_order")
    place = smalltalk.outputs().index(str(line["meta"]))
    np.testing.assert_array_equal(line["x"], [row[place] for row in both])
    assert line["x"][0] == line["x"][1]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_bag_is_blind_and_the_recurrent_networks_are_not(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text=order.SENTENCE, guess_order="2")
    said = alt(at, "chart_reply_order")
    assert 'class="verdict right"' in html(at)
    assert text("reply_order.finding.same", lang, networks=network_name(BAG, lang)) in said
    others = text("networks.list", lang).join(network_name(spec, lang) for spec in order.NETWORKS[1:])
    assert text("reply_order.finding.changed", lang, networks=others) in said


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sentence_longer_than_the_window_is_refused_by_it_alone(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text=LONG, guess_order="skip")
    words = len(segment(LONG).tokens)
    assert words > order.PLACES
    name = network_name(WINDOW, lang)
    assert text("reply_order.finding.refused", lang, networks=name) in alt(at, "chart_reply_order")
    assert text("errors.window_full", lang, words=words, places=order.PLACES) in html(at)
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


@pytest.mark.parametrize(
    ("key", "value", "figure"),
    [
        ("text", "今日は暑い", "reach"),
        ("first", "2", "reply_order"),
        ("second", "2", "reply_order"),
        ("back", "1", "reach"),
        ("other", "雨", "reach"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, key: str, value: str, figure: str) -> None:
    base = {"page": "order", "text": order.SENTENCE, "guess_order": "skip"}
    changes(open_page, base, key, value, read=lambda at: picture(at, f"chart_{figure}"))


@pytest.mark.parametrize(
    ("lang", "query", "message", "values"),
    alternately(
        [
            ({"first": "9"}, "order.no_word", {"given": 9, "last": 5, "used": 1}),
            ({"second": "60"}, "order.no_word", {"given": 60, "last": 5, "used": 3}),
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
    assert keys(at) == ["reply_order", *CHARTS]


@pytest.mark.parametrize("query", [{"first": "0"}, {"back": "-1"}, {"guess_order": "7"}, {"second": "x"}])
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
    assert text("order.one_word", lang) in html(at)
    assert keys(at) == CHARTS
    assert not at.error


@pytest.mark.parametrize(
    "sentence", ["<script>alert(1)</script><b>太字</b>", "🎉👩‍👩‍👧 今日は🌧️", "*強い* _x_ $y$", "犬が犬が犬"]
)
def test_any_text_is_read_as_text(open_page: Open, sentence: str) -> None:
    at = open_page(page="order", text=sentence, guess_order="skip")
    assert keys(at) == ["reply_order", *CHARTS]
    assert "<script" not in html(at)
    assert "<b>太字" not in html(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_sixty_words_are_read_and_the_page_says_where_it_stopped(open_page: Open, lang: str) -> None:
    at = open_page(page="order", lang=lang, text="今日は暑い" * 2000, guess_order="skip")
    assert len(at.query_params["text"]) == MAX_TEXT
    assert chart(at, "chart_reach")["customdata"].shape == (6, 60)
    assert text("ui.cut", lang, limit=60) in [warning.value for warning in at.warning]


def test_two_equal_words_change_nothing(open_page: Open) -> None:
    at = open_page(page="order", text="犬が犬を噛む", guess_order="4")
    said = alt(at, "chart_reply_order")
    assert 'class="verdict right"' in html(at)
    assert text("order.why.none", "ja") in html(at)
    assert text("reply_order.finding.changed", "ja", networks="§").split("§")[0] not in said


@pytest.mark.parametrize(
    ("name", "sentence"), [("early", order.SENTENCE), ("plain", order.PLAIN), ("long", order.LONG)]
)
def test_a_contrast_sets_sentence_and_places_and_asks_anew(open_page: Open, name: str, sentence: str) -> None:
    at = open_page(page="order", text=order.SENTENCE, other="雨", guess_order="3")
    at.button(key=f"contrast_{name}").click().run()
    assert (at.text_input(key="text").value, at.query_params["other"]) == (sentence, "雨")
    assert keys(at) == ASKED
    assert "guess_order" not in at.query_params


def test_a_guess_is_asked_again_of_two_other_words_and_stays_for_another_replacement(open_page: Open) -> None:
    at = open_page(page="order", text=order.SENTENCE, guess_order="2")
    at.text_input(key="other").set_value("雨").run()
    assert "reply_order" in keys(at)
    at.selectbox(key="second").set_value(2).run()
    assert keys(at) == ASKED


def test_where_the_kernel_does_not_reach_another_combination_is_right_and_all_but_the_bag_near(open_page: Open) -> None:
    first, second = (str(place + 1) for place in order.BEFORE_THE_KERNEL)
    for guess, said in (("5", "right"), ("2", "near"), ("4", "wrong")):
        at = open_page(page="order", text=order.SENTENCE, first=first, second=second, guess_order=guess)
        assert f'class="verdict {said}"' in html(at)


def test_readers_of_english_find_meanings_where_words_are_chosen(open_page: Open) -> None:
    ja, en = (open_page(page="order", lang=lang, text=order.SENTENCE) for lang in LANGUAGES)
    assert en.selectbox(key="first").options[0] == "1 犬 (dog)"
    assert ja.selectbox(key="first").options[0] == "1 犬"


@pytest.mark.parametrize("sentence", ["暑いね", "今日は"])
def test_of_two_words_both_are_swapped_without_a_warning(open_page: Open, sentence: str) -> None:
    at = open_page(page="order", text=sentence)
    assert [at.selectbox(key=key).value for key in ("first", "second")] == [1, 2]
    assert not at.warning


def test_reset_goes_back_to_what_the_chapter_opens_with(open_page: Open) -> None:
    at = open_page(page="order", lang="en", text=LONG, first="2", other="雨", guess_order="1")
    unfold(at).button(key="reset").click().run()
    assert at.query_params["text"] == order.SENTENCE
    assert at.query_params["other"] == "猫"
    assert at.query_params["first"] == "1"
    assert "guess_order" not in at.query_params
    assert at.query_params["lang"] == "en"


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    ja, en = (open_page(page="order", lang=lang, text=LONG, guess_order="skip") for lang in LANGUAGES)
    for key, axis in (("chart_reply_order", "x"), ("chart_reach", "customdata"), ("chart_accuracy_by_model", "x")):
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
