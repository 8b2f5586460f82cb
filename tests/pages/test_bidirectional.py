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
    TAGS,
    UNMOVED,
    boundaries_of,
)
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, drawing, html, keys, picture, unfold
from tests.pages.trying import changes

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

CHARTS = [
    *("hidden_state_forward", "hidden_state_backward"),
    *(f"influence_{side}" for side in SIDES),
    "revealed",
]


def opened(open_page: Open, scores: bool = False, **query: str) -> AppTest:
    """The chapter as a link opens it; without a sentence it has its own. With the folded scores or without."""
    at = open_page(page="bidirectional", **{"text": NEEDED} | query)
    if scores:
        at.session_state["scores"] = True
        at.run()
    return at


def words(at: AppTest) -> list[str]:
    return re.findall(r'<span class="word[^"]*" lang="ja">([^<]*)</span>', html(at))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_the_sentence_that_was_found_and_a_question(open_page: Open, lang: str) -> None:
    at = opened(open_page, lang=lang)
    page = re.sub("</?span>", "", html(at))
    assert dict(at.query_params)["text"] in (NEEDED, [NEEDED])
    assert words(at) == nagisa.wakati(NEEDED)
    assert text("bidirectional.predict", lang) in page
    assert keys(at) == CHARTS
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize("sentence", [NEEDED, OTHER_MEANING, "吾輩は猫である。"])
def test_the_charts_hold_torchs_numbers(open_page: Open, sentence: str) -> None:
    at = opened(open_page, scores=True, text=sentence, guess_boundaries="skip")
    model, inputs = network.segmenter(), torch.from_numpy(network.inputs_of(sentence))
    with torch.inference_mode():
        states = model.recurrent(inputs)[0].numpy()
        scores = model(inputs).numpy()
    np.testing.assert_allclose(chart(at, "chart_hidden_state_forward")["z"], states[:, :50].T, atol=1e-6)
    np.testing.assert_allclose(chart(at, "chart_hidden_state_backward")["z"], states[:, 50:].T, atol=1e-6)
    np.testing.assert_allclose(chart(at, "chart_tag_scores")["z"], scores[:, :4].T, atol=1e-5)
    jacobian = torch.autograd.functional.jacobian(lambda x: model(x)[:, : len(TAGS)], inputs)
    moved = torch.linalg.vector_norm(jacobian, dim=(1, 3)).numpy()
    np.testing.assert_allclose(chart(at, "chart_influence_scores")["customdata"], moved, rtol=1e-3)


def test_each_row_is_the_segmentation_with_that_half(open_page: Open) -> None:
    ends = chart(opened(open_page, guess_boundaries="skip", lend=OTHER_MEANING), "chart_segmentations")["customdata"]
    for row, later in zip(ends, LATER, strict=True):
        found = network.segmented(NEEDED, later, OTHER_MEANING)
        assert {place + 1 for place in np.flatnonzero(row)} - {len(NEEDED)} == boundaries_of(found.words)


@pytest.mark.parametrize("later", LATER)
def test_states_scores_and_words_follow_what_stands_in_for_the_backward_half(open_page: Open, later: str) -> None:
    at = opened(open_page, scores=True, later=later, lend=NEVER_RIGHT, guess_boundaries="skip")
    found = network.segmented(NEEDED, later, NEVER_RIGHT)
    assert words(at) == nagisa.wakati(NEEDED) + (list(found.words) if later != "own" else [])
    np.testing.assert_array_equal(chart(at, "chart_tag_scores")["z"], found.emissions[:, :4].T)
    np.testing.assert_array_equal(chart(at, "chart_hidden_state_backward")["z"], found.halves[1]["hidden_state"].T)
    np.testing.assert_array_equal(
        chart(at, "chart_hidden_state_forward")["z"], network.segmented(NEEDED).halves[0]["hidden_state"].T
    )


def test_each_beginning_is_what_is_found_in_it_alone(open_page: Open) -> None:
    ends = chart(opened(open_page), "chart_revealed")["customdata"]
    np.testing.assert_array_equal(ends, measures.revealed(NEEDED).ends[1:])


def test_while_it_is_asked_no_other_backward_half_is_shown(open_page: Open) -> None:
    asked, answered = (opened(open_page, later="off", **guess) for guess in ({}, {"guess_boundaries": "skip"}))
    assert words(asked) == nagisa.wakati(NEEDED)
    assert chart(asked, "chart_hidden_state_backward")["z"].any()
    assert "later" not in {pills.key for pills in asked.get("button_group")}
    assert not chart(answered, "chart_hidden_state_backward")["z"].any()
    assert words(answered) != words(asked)


@pytest.mark.parametrize(
    ("guess", "said"), [("4", "right"), ("5", "near"), ("1", "wrong"), ("0", "wrong"), ("skip", "")]
)
def test_a_guess_is_judged_by_what_was_computed(open_page: Open, guess: str, said: str) -> None:
    at = opened(open_page, guess_boundaries=guess)
    assert keys(at) == ["segmentations", *CHARTS]
    assert ('class="verdict' in html(at)) is bool(said)
    assert f'class="verdict {said}' in html(at) or not said
    at.button(key="again_guess_boundaries").click().run()
    assert "guess_boundaries" not in at.query_params
    assert keys(at) == CHARTS


def test_of_another_sentence_it_is_asked_again_and_of_another_half_not(open_page: Open) -> None:
    at = opened(open_page, guess_boundaries="4")
    at.button_group(key="later").set_value("off").run()
    assert "segmentations" in keys(at)
    at.text_input(key="text").set_value(UNMOVED).run()
    assert keys(at) == CHARTS


def test_none_is_right_where_nothing_breaks(open_page: Open) -> None:
    at = opened(open_page, text=UNMOVED, guess_boundaries="0")
    assert 'class="verdict right"' in html(at)
    assert text("bidirectional.why.same", "ja") in html(at)


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
    assert words(at) == nagisa.wakati(sentence)
    assert keys(at) == CHARTS


@pytest.mark.parametrize(
    ("key", "value", "figure"),
    [
        ("text", OTHER_MEANING, "hidden_state_forward"),
        ("later", "off", "hidden_state_backward"),
        ("lend", OTHER_MEANING, "segmentations"),
        ("t", "2", "hidden_state_forward"),
    ],
)
def test_every_control_changes_a_figure(open_page: Open, key: str, value: str, figure: str) -> None:
    base = {"page": "bidirectional", "text": NEEDED, "guess_boundaries": "skip"}
    changes(open_page, base, key, value, read=lambda at: picture(at, f"chart_{figure}"))


@pytest.mark.parametrize("lang", LANGUAGES)
def test_one_character_has_nothing_to_divide_and_everything_else(open_page: Open, lang: str) -> None:
    at = opened(open_page, lang=lang, text="あ")
    assert text("bidirectional.one_character", lang) in html(at)
    assert keys(at) == ["segmentations", *(key for key in CHARTS if key != "revealed")]
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_two_hundred_characters_are_read_and_more_is_cut_and_said(open_page: Open, lang: str) -> None:
    whole = opened(open_page, lang=lang, text="今日は天気が良いね。" * 20)
    assert not whole.warning
    at = opened(open_page, lang=lang, text="今日は天気が良いね。" * 21)
    assert [one.value for one in at.warning] == [text("bidirectional.cut", lang, limit=MAX_CHARACTERS)]
    for page in (whole, at):
        assert chart(page, "chart_influence_scores")["customdata"].shape == (MAX_CHARACTERS, MAX_CHARACTERS)
        assert keys(page) == ["segmentations", *CHARTS]  # too many words to ask which one breaks


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
    assert "Hello" in page
    assert not at.error
    plain = html(opened(open_page, lang=lang, text="今日は Tokyo"))
    assert text("bidirectional.no_kana", lang) not in plain
    assert text("bidirectional.read_as", lang, sentence="§").split("§")[0] not in plain


@pytest.mark.parametrize("sentence", ["<script>alert(1)</script>", "*強い* _x_ $y$ `z`", "|||犬|||"])
def test_any_text_is_read_as_text(open_page: Open, sentence: str) -> None:
    at = opened(open_page, text=sentence, lend=sentence, guess_boundaries="skip")
    assert "<script" not in html(at)
    assert keys(at) == ["segmentations", *CHARTS]


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


def test_the_reader_rests_on_a_character_and_every_picture_marks_it(open_page: Open) -> None:
    at = opened(open_page, t="4")
    data = drawing(at, "player")
    assert data["at"]["step"] == 4
    assert {one["key"] for one in data["follow"]} == {"tag_scores", *CHARTS} - {"revealed"}
    at.session_state["characters"] = {"spot": {"of": data["id"], "step": 2}}
    at.run()
    assert at.session_state["characters"]["spot"]["step"] == 2


def test_the_language_changes_words_and_no_number(open_page: Open) -> None:
    ja, en = (opened(open_page, scores=True, lang=lang, guess_boundaries="skip") for lang in LANGUAGES)
    for key in ("segmentations", "tag_scores", *CHARTS):
        assert alt(ja, f"chart_{key}") != alt(en, f"chart_{key}")
    for key, axis in (("segmentations", "customdata"), ("tag_scores", "z"), ("influence_scores", "customdata")):
        assert chart(ja, f"chart_{key}")[axis].tobytes() == chart(en, f"chart_{key}")[axis].tobytes()


def test_reset_goes_back_to_what_the_chapter_opens_with(open_page: Open) -> None:
    at = opened(open_page, text=OTHER_MEANING, later="off", lend="犬", guess_boundaries="1")
    unfold(at).button(key="reset").click().run()
    assert at.query_params["text"] in (NEEDED, [NEEDED])
    assert at.query_params["later"] in ("own", ["own"])
    assert "guess_boundaries" not in at.query_params
