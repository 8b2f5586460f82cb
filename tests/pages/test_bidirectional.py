from __future__ import annotations

import re
from typing import TYPE_CHECKING

import nagisa
import numpy as np
import pytest
import torch

from rnn_core.figures.influence_sides import SIDES
from rnn_core.messages import LANGUAGES, text
from rnn_core.segmentation import measures
from rnn_core.segmentation import model as network
from rnn_core.segmentation.tags import (
    BETTER_WITHOUT,
    LATER,
    MAX_CHARACTERS,
    NEEDED,
    NEVER_RIGHT,
    OTHER_MEANING,
    SEARCHED,
    TAGS,
    UNMOVED,
    words_of,
)
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, drawing, html, keys, plain, unfold
from tests.pages.trying import changes
from tests.pages.ui.components.test_packing import unpacked

if TYPE_CHECKING:
    from collections.abc import Mapping

    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

CHARTS = [f"influence_{side}" for side in SIDES]  # what is not folded


def opened(open_page: Open, *unfolded: str, **query: str) -> AppTest:
    """The chapter as a link opens it; without a sentence it has its own. `unfolded` are opened."""
    at = open_page(page="bidirectional", **{"text": NEEDED} | query)
    for one in unfolded:
        at.session_state[one] = True
    return at.run() if unfolded else at


def drawn(at: AppTest) -> dict[str, object]:
    """What the drawing is given."""
    return drawing(at, "directions")


def words(data: Mapping[str, object], later: str = "own") -> list[str]:
    """The words of the whole text, as the drawing cuts it by its tags."""
    tags = next(mode["tags"][-1] for mode in data["modes"] if mode["key"] == later)
    return list(words_of("".join(data["characters"]), tuple(TAGS.index(tag) for tag in tags)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_drawing_and_a_question(open_page: Open, lang: str) -> None:
    at = opened(open_page, lang=lang)
    page = re.sub("</?span>", "", html(at))
    assert dict(at.query_params)["text"] in (NEEDED, [NEEDED])
    assert text("bidirectional.question", lang) in page
    assert words(drawn(at)) == nagisa.wakati(NEEDED)
    assert (drawn(at)["answer"], drawn(at)["mode"], drawn(at)["at"]["step"]) == (None, "own", len(NEEDED))
    assert text("bidirectional.principle", lang)[:20] not in page
    assert keys(at) == CHARTS
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("sentence", [NEEDED, OTHER_MEANING, "吾輩は猫である。"])
def test_drawing_table_and_maps_hold_torchs_numbers(open_page: Open, sentence: str) -> None:
    at = opened(open_page, "scores", text=sentence, guess_boundaries="skip")
    model, inputs = network.segmenter(), torch.from_numpy(network.inputs_of(sentence))
    with torch.inference_mode():
        states = model.recurrent(inputs)[0].numpy()
        scores = model(inputs).numpy()[:, : len(TAGS)]
    data, steps = drawn(at), len(sentence)
    own = data["modes"][0]
    for said, expected in ((data["forward"], states[:, :50]), (own["backward"], states[:, 50:])):
        np.testing.assert_allclose(unpacked(said).reshape(-1, 50)[-steps:], expected, atol=1e-6)
    shares = unpacked(own["shares"]).reshape(-1, len(TAGS), 2)[-steps:]
    np.testing.assert_allclose(shares.sum(axis=2) + data["bias"], scores, atol=1e-5)
    np.testing.assert_allclose(chart(at, "chart_tag_scores")["z"], scores.T, atol=1e-5)
    jacobian = torch.autograd.functional.jacobian(lambda x: model(x)[:, : len(TAGS)], inputs)
    moved = torch.linalg.vector_norm(jacobian, dim=(1, 3)).numpy()
    np.testing.assert_allclose(chart(at, "chart_influence_scores")["customdata"], moved, rtol=1e-3)


@pytest.mark.parametrize("later", LATER)
def test_drawing_and_table_follow_what_stands_in_for_the_backward_direction(open_page: Open, later: str) -> None:
    at = opened(open_page, "scores", later=later, lend=OTHER_MEANING, guess_boundaries="skip")
    found, data = network.segmented(NEEDED, later, OTHER_MEANING), drawn(at)
    assert (data["mode"], data["lent"]) == (later, OTHER_MEANING)
    assert words(data, later) == list(found.words)
    np.testing.assert_array_equal(chart(at, "chart_tag_scores")["z"], found.emissions[:, :4].T)
    shares = next(unpacked(mode["shares"]) for mode in data["modes"] if mode["key"] == later)
    scores = shares.reshape(-1, len(TAGS), 2)[-len(NEEDED) :].sum(axis=2) + data["bias"]
    np.testing.assert_allclose(scores, found.emissions[:, :4], atol=1e-5)


def test_each_beginning_is_what_is_found_in_it_alone(open_page: Open) -> None:
    at = opened(open_page, "beginnings")
    np.testing.assert_array_equal(chart(at, "chart_revealed")["customdata"], measures.revealed(NEEDED).ends[1:])
    assert drawn(at)["waits"] == list(measures.revealed(NEEDED).waits)


def test_while_it_is_asked_nothing_below_shows_another_backward_direction(open_page: Open) -> None:
    asked, answered = (
        opened(open_page, "scores", later="off", **guess) for guess in ({}, {"guess_boundaries": "skip"})
    )
    own, off = (network.segmented(NEEDED, later).emissions[:, :4].T for later in ("own", "off"))
    np.testing.assert_array_equal(chart(asked, "chart_tag_scores")["z"], own)
    np.testing.assert_array_equal(chart(answered, "chart_tag_scores")["z"], off)
    for said in (text("bidirectional.principle", "ja")[:20], f"{SEARCHED.sentences} 文"):
        assert [said in plain(at) for at in (asked, answered)] == [False, True]


@pytest.mark.parametrize(("guess", "given"), [("4", 4), ("0", 0), ("skip", "skip")])
def test_the_drawing_is_given_what_the_address_says_was_guessed(open_page: Open, guess: str, given: object) -> None:
    assert drawn(opened(open_page, guess_boundaries=guess))["answer"] == given


def test_of_another_sentence_it_is_asked_again_and_of_another_direction_not(open_page: Open) -> None:
    at = opened(open_page, guess_boundaries="4")
    at.query_params["later"] = "off"
    at.run()
    assert (drawn(at)["answer"], drawn(at)["mode"]) == (4, "off")
    at.text_input(key="text").set_value(UNMOVED).run()
    assert drawn(at)["answer"] is None


@pytest.mark.parametrize(
    ("name", "sentence"),
    [("other_meaning", OTHER_MEANING), ("better_without", BETTER_WITHOUT), ("never_right", NEVER_RIGHT)],
)
def test_a_contrast_is_a_click_away_and_asks_anew(open_page: Open, name: str, sentence: str) -> None:
    at = opened(open_page, guess_boundaries="4", t="3")
    at.button(key=f"contrast_{name}").click().run()
    assert at.query_params["text"] in (sentence, [sentence])
    assert "guess_boundaries" not in at.query_params
    assert "t" not in at.query_params
    assert words(drawn(at)) == nagisa.wakati(sentence)
    assert drawn(at)["answer"] is None


@pytest.mark.parametrize(("key", "value"), [("text", OTHER_MEANING), ("later", "off"), ("lend", "犬"), ("t", "2")])
def test_every_control_changes_the_drawing(open_page: Open, key: str, value: str) -> None:
    base = {"page": "bidirectional", "text": NEEDED, "guess_boundaries": "skip"}
    changes(open_page, base, key, value, read=lambda at: str(drawn(at)))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_character_has_nothing_to_divide_and_everything_else(open_page: Open, lang: str) -> None:
    at = opened(open_page, lang=lang, text="あ")
    assert text("bidirectional.one_character", lang) in html(at)
    assert (keys(at), drawn(at)["words"], drawn(at)["lengths"]) == (CHARTS, 1, [1])
    assert text("bidirectional.principle", lang)[:20] in plain(at)  # nothing is asked
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_hundred_characters_are_read_and_more_is_cut_and_said(open_page: Open, lang: str) -> None:
    whole = opened(open_page, lang=lang, text="今日は天気が良いね。" * 20)
    assert not whole.warning
    at = opened(open_page, lang=lang, text="今日は天気が良いね。" * 21)
    assert [one.value for one in at.warning] == [text("bidirectional.cut", lang, limit=MAX_CHARACTERS)]
    for page in (whole, at):
        assert chart(page, "chart_influence_scores")["customdata"].shape == (MAX_CHARACTERS, MAX_CHARACTERS)
        assert drawn(page)["lengths"] == [MAX_CHARACTERS]  # the whole alone
        assert (keys(page), drawn(page)["answer"]) == (CHARTS, None)


@pytest.mark.parametrize(("lang", "sentence"), alternately(["", "\u200b\u202e", "   "]))
def test_an_empty_text_is_explained(open_page: Open, lang: str, sentence: str) -> None:
    at = opened(open_page, lang=lang, text=sentence)
    assert [error.value for error in at.error] == [text("errors.empty_text", lang)]
    assert not at.get("plotly_chart")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_latin_and_emoji_are_read_and_what_is_unknown_is_said(open_page: Open, lang: str) -> None:
    at = opened(open_page, lang=lang, text="🎉 Ｈello 🌧️")
    page = html(at)
    assert text("bidirectional.no_kana", lang) in page
    assert text("bidirectional.unknown", lang, characters=text("ui.comma", lang).join("🎉🌧")) in page
    assert "Hello" in "".join(drawn(at)["characters"])
    assert not at.error
    japanese = html(opened(open_page, lang=lang, text="今日は Tokyo"))
    assert text("bidirectional.no_kana", lang) not in japanese
    assert text("bidirectional.read_as", lang, sentence="§").split("§")[0] not in japanese


@pytest.mark.parametrize("sentence", ["<script>alert(1)</script>", "*強い* _x_ $y$ `z`", "|||犬|||"])
def test_any_text_is_read_as_text(open_page: Open, sentence: str) -> None:
    at = opened(open_page, text=sentence, lend=sentence, guess_boundaries="skip")
    assert "<script" not in html(at)
    assert keys(at) == CHARTS


@pytest.mark.parametrize(
    ("lang", "query", "message", "values"),
    alternately(
        [
            ({"t": "99"}, "bidirectional.no_character", {"given": 99, "last": 11}),
            ({"guess_boundaries": "77"}, "bidirectional.no_word", {"given": 77, "last": 6}),
            ({"lend": " "}, "bidirectional.lent_empty", {"used": NEVER_RIGHT}),
        ]
    ),
)
def test_what_does_not_fit_is_replaced_and_said(
    open_page: Open, lang: str, query: dict[str, str], message: str, values: dict[str, object]
) -> None:
    at = opened(open_page, lang=lang, **query)
    assert [one.value for one in at.warning] == [text(message, lang, **values)]
    assert keys(at) == CHARTS


@pytest.mark.parametrize("query", [{"later": "never"}, {"t": "0"}, {"guess_boundaries": "-1"}, {"t": "x"}])
def test_what_is_nothing_at_all_is_a_notice(open_page: Open, query: dict[str, str]) -> None:
    at = opened(open_page, **query)
    assert len(at.warning) == 1
    assert keys(at) == CHARTS


def test_a_guess_about_a_sentence_of_one_word_is_no_guess(open_page: Open) -> None:
    assert drawn(opened(open_page, text="あ", guess_boundaries="1"))["answer"] is None


def test_the_reader_rests_on_a_character(open_page: Open) -> None:
    at = opened(open_page, t="4")
    data = drawn(at)
    assert data["at"]["step"] == 4
    at.session_state["directions"] = {"spot": {"of": data["id"], "step": 2}}
    at.run()
    assert at.session_state["directions"]["spot"]["step"] == 2
    assert drawn(at)["serial"] == data["serial"]


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    ja, en = (opened(open_page, "scores", lang=lang, guess_boundaries="skip") for lang in LANGUAGES)
    for key in ("tag_scores", *CHARTS):
        assert alt(ja, f"chart_{key}") != alt(en, f"chart_{key}")
    for key, axis in (("tag_scores", "z"), ("influence_scores", "customdata")):
        assert chart(ja, f"chart_{key}")[axis].tobytes() == chart(en, f"chart_{key}")[axis].tobytes()
    assert [drawn(at)["forward"] for at in (ja, en)] == [drawn(ja)["forward"]] * 2


def test_reset_goes_back_to_what_the_chapter_opens_with(open_page: Open) -> None:
    at = opened(open_page, text=OTHER_MEANING, later="off", lend="犬", guess_boundaries="1")
    unfold(at).button(key="reset").click().run()
    assert at.query_params["text"] in (NEEDED, [NEEDED])
    assert at.query_params["later"] in ("own", ["own"])
    assert "guess_boundaries" not in at.query_params
