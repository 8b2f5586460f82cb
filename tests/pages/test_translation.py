from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.attention.glosses import glossed
from pages._chapters.translation.evaluation import ASKED, KANJI, KATAKANA, spelling
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.loanwords import USUAL
from rnn_core.tasks.references import correct_targets
from rnn_core.translation.decoding import translate
from rnn_core.translation.katakana import LONGEST
from tests.pages.alternating import alternately
from tests.pages.reading import alt, chart, drawing, html, keys, pictures, plain
from tests.pages.trying import OF_SEVERAL, changes, controls, tried

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_a_question_in_its_drawing_and_tells_nothing(open_page: Open, lang: str) -> None:
    at = open_page(page="translation", lang=lang)
    data = drawing(at, "seq2seq")
    assert text("translation.question", lang) in plain(at)
    assert (data["question"], data["answer"]) == (text("translation.predict", lang), None)
    assert [option["value"] for option in data["options"]] == [1, 2, 3, 4]
    assert "トキオ" not in plain(at)
    assert text("translation.principle", lang) not in plain(at)
    assert keys(at) == []  # what stands below would tell
    assert not at.warning
    assert not at.error


@pytest.mark.parametrize(("lang", "guess"), alternately(["3", "1", "skip"]))
def test_the_answer_is_measured_and_the_guess_is_told(open_page: Open, lang: str, guess: str) -> None:
    at = open_page(page="translation", lang=lang, guess_spelling=guess)
    found = drawing(at, "seq2seq")["verdict"]
    assert found is None if guess == "skip" else found["verdict"] == ("right" if guess == "3" else "wrong")
    assert guess == "skip" or (ASKED in found["why"] and "トキオ" in found["why"])
    assert text("translation.principle", lang) in plain(at)


@pytest.mark.parametrize("query", [{"english": "tea"}, {"network": "kanji"}])
def test_another_word_asks_nothing_and_gives_nothing_away(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="translation", lang="en", **query)
    assert drawing(at, "seq2seq")["question"] == ""
    assert "トキオ" not in plain(at)
    assert (text("translation.principle", "en") in plain(at)) == ("network" in query)
    assert keys(at)[-1] == "beam"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_word_that_is_not_written_as_usual_is_shown_with_what_is(open_page: Open, lang: str) -> None:
    page = plain(open_page(page="translation", lang=lang, guess_spelling="skip"))
    missed = [word for word, spellings in USUAL.items() if spelling(word) not in spellings]
    assert ASKED in missed
    for word, spellings in USUAL.items():
        assert spelling(word) in page
        usual = glossed(spellings[0], lang)
        assert (text("translation.usual", lang, word=usual) in page) == (word in missed)
    right = text("translation.checked", lang, right=len(USUAL) - len(missed), all=len(USUAL))
    assert right in page


@pytest.mark.parametrize("head", ["mean", "1", "4"])
def test_the_charts_have_the_numbers_of_the_network(open_page: Open, head: str) -> None:
    at = open_page(page="translation", english="weather", head=head, t="2")
    trace = translate(KATAKANA, tuple("weather"))
    (layer,) = trace.attention
    wanted = layer["attention"].mean(axis=1) if head == "mean" else layer["attention"][:, int(head) - 1]
    np.testing.assert_array_equal(chart(at, "chart_attention")["z"], wanted)
    assert "エ" in alt(at, "chart_attention") or "ェ" in alt(at, "chart_attention")
    data = drawing(at, "seq2seq")
    assert data["at"]["step"] == 2
    assert [card["text"] for card in data["cards"]] == ["▷", *"weather", "⏎"]
    assert [card["mark"] for card in data["cards"]] == [True, *[False] * 7, True]
    (lane,) = data["lanes"]
    mixed = layer["context"].reshape(len(trace), -1) if head == "mean" else layer["context"][:, int(head) - 1]
    np.testing.assert_array_equal(np.frombuffer(base64.b64decode(lane["context"]), "<f4"), mixed.ravel())


def test_a_hidden_letter_is_left_out_and_the_others_are_read_again(open_page: Open) -> None:
    at = open_page(page="translation", english="tokyo", guess_spelling="skip", blank="4")
    data = drawing(at, "seq2seq")
    assert [card["gone"] for card in data["cards"]] == ["", "", "", "", "out", "", ""]
    written = [guess.text for guess in translate(KATAKANA, tuple("toko")).written if not guess.ends]
    (lane,) = data["lanes"]
    assert [word["text"] for word in lane["words"]][:-1] == written
    assert lane["lost"] > 0


@pytest.mark.parametrize(("lang", "english"), alternately(["a", "a" * LONGEST, "don't", "New York"]))
def test_any_word_is_written(open_page: Open, lang: str, english: str) -> None:
    at = open_page(page="translation", lang=lang, english=english)
    assert keys(at)[0] == "attention"
    assert not at.error


@pytest.mark.parametrize(
    ("lang", "query"),
    alternately(
        [
            {"english": ""},
            {"english": "   "},
            {"english": "mp3"},
            {"english": "天気"},
            {"english": "a" * (LONGEST + 1)},
            {"network": "kanji", "kanji": ""},
            {"network": "kanji", "kanji": "abc"},
            {"network": "kanji", "kanji": "花" * 200},
        ]
    ),
)
def test_what_cant_be_read_is_said(open_page: Open, lang: str, query: dict[str, str]) -> None:
    at = open_page(page="translation", lang=lang, **query)
    assert len(at.error) == 1
    assert not keys(at)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_step_that_is_not_there_is_said(open_page: Open, lang: str) -> None:
    at = open_page(page="translation", lang=lang, english="tea", t="99")
    assert [warning.value for warning in at.warning] == [text("decoded.no_step", lang, given=99, last=4)]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_names_in_kanji_are_read_and_counted(open_page: Open, lang: str) -> None:
    at = open_page(page="translation", lang=lang, network="kanji", kanji="花子")
    assert any("".join(reading) in plain(at) for reading in correct_targets("kanji", ("花", "子")))
    trace = translate(KANJI, ("花", "子"))
    np.testing.assert_array_equal(chart(at, "chart_attention")["z"], trace.attention[0]["attention"][:, 0])
    assert "accuracy_by_kanji" in keys(at)
    assert not at.error


def seen(at: AppTest) -> object:
    """All that a reader sees of a page."""
    return html(at), pictures(at), drawing(at, "seq2seq")


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({}, "network", "kanji"),
        ({}, "english", "tea"),
        ({"network": "kanji"}, "kanji", "翔"),
        ({}, "head", "2"),
        ({"english": "tea"}, "t", "1"),
        ({}, "guess_spelling", "2"),
        ({"english": "tea"}, "blank", "2"),
        ({"english": "tea"}, "study", "alter"),
        ({"english": "tea"}, "study", "explain"),
        ({"english": "tea"}, "beam", "5"),
        ({"english": "tea", "token": "コ"}, "force", "2"),
        ({"english": "tea", "force": "2"}, "token", "コ"),
        ({"english": "tea", "study": "alter", "spot": "3"}, "alter", "move"),
        ({"english": "tea", "study": "alter", "spot": "3", "alter": "mask"}, "scope", "step"),
        ({"english": "tea", "study": "alter"}, "spot", "4"),
        ({"english": "tea", "study": "alter", "alter": "pin", "spot": "3"}, "row", "1 1 1 1 1"),
        ({"english": "tea", "study": "alter", "alter": "edit", "spot": "3"}, "into", "o"),
    ],
)
def test_every_control_matters(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    changes(open_page, {"page": "translation"} | base, key, value, read=seen)


def test_all_its_controls_are_tried() -> None:
    assert tried(test_every_control_matters) == controls("translation") - OF_SEVERAL


def test_a_word_that_cant_be_put_there_is_said_and_left_out(open_page: Open) -> None:
    at = open_page(page="translation", lang="en", english="tea", force="2", token="sea")
    assert len(at.warning) == 1
    assert keys(at)[0] == "attention"
    late = open_page(page="translation", lang="en", english="tea", force="12", token="コ")
    assert len(late.warning) == 1


def test_another_word_is_written_and_the_way_back_is_there(open_page: Open) -> None:
    at = open_page(page="translation", lang="en", english="tokyo", guess_spelling="skip", t="2")
    pills = at.pills(key="instead")
    pills.set_value(pills.options[0].strip()).run()
    assert not at.exception
    (token,) = at.query_params["token"] if isinstance(at.query_params["token"], list) else [at.query_params["token"]]
    assert token
    assert drawing(at, "seq2seq")["lanes"][0]["forced"] == 1
    at.button(key="undo").click().run()
    assert "force" not in at.query_params
    assert drawing(at, "seq2seq")["lanes"][0]["forced"] is None


def test_weights_that_do_not_sum_to_1_are_divided_and_it_is_said(open_page: Open) -> None:
    row = "1 2 0 0 0 0 0"
    at = open_page(
        page="translation",
        lang="en",
        english="tokyo",
        guess_spelling="skip",
        study="alter",
        alter="pin",
        t="1",
        row=row,
    )
    assert [info.value for info in at.info] == [text("decoded.normalised", "en")]
    np.testing.assert_allclose(
        chart(at, "chart_attention_changed")["z"][0], np.array([1, 2, 0, 0, 0, 0, 0]) / 3, atol=1e-6
    )


@pytest.mark.parametrize("row", ["1 2", "x y z", "0 0 0 0 0 0 0", "-1 1 1 1 1 1 1"])
def test_a_row_that_is_none_is_said(open_page: Open, row: str) -> None:
    at = open_page(
        page="translation",
        lang="en",
        english="tokyo",
        guess_spelling="skip",
        study="alter",
        alter="pin",
        t="1",
        row=row,
    )
    assert len(at.error) == 1


def test_a_letter_that_is_masked_is_exactly_0(open_page: Open) -> None:
    at = open_page(
        page="translation", english="tokyo", guess_spelling="skip", study="alter", alter="mask", spot="2", scope="all"
    )
    z = chart(at, "chart_attention_changed")["z"]
    assert (z[:, 1] == 0).all()
    np.testing.assert_allclose(z.sum(axis=1), 1, atol=1e-6)
