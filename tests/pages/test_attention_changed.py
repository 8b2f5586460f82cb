"""A word of the input that is hidden, and one of the output that is forced, as /attention shows them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.attention.three_networks import KINDS, spec
from rnn_core.figures.words import quoted
from rnn_core.messages import LANGUAGES, text
from rnn_core.statistics.edits import unmatched
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.translation.decoding import translate
from tests.pages.reading import drawing, plain
from tests.pages.test_attention import DEFAULTS, WEATHER, lanes, of, words

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_hidden_word_is_another_input_to_all_three_and_each_says_what_changed(open_page: Open, lang: str) -> None:
    state = DEFAULTS | of("blank")
    at = open_page(page="attention", lang=lang, **{key: str(value) for key, value in of("blank").items()})
    source = list(TRANSLATIONS["phrases"].tokens(str(state["text"])))
    before = {kind: translate(spec(state, kind), source) for kind in KINDS}
    assert [card["gone"] for card in drawing(at, "seq2seq")["cards"]] == ["", "", "", "blank", "", ""]
    source[state["blank"] - 1] = "□"
    for kind, lane in lanes(at).items():
        written = words(translate(spec(state, kind), source))
        assert [word["text"] for word in lane["words"]][:-1] == written
        assert set(lane["changed"]) == unmatched(written, words(before[kind]))
        assert (lane["right"], lane["wrong"]) == (None, None)
    assert not at.warning


@pytest.mark.parametrize("query", [{"blank": "13"}, {"text": "天気", "blank": "1"}])
def test_an_input_that_cant_be_hidden_is_said(open_page: Open, query: dict[str, str]) -> None:
    at = open_page(page="attention", lang="en", **query)
    assert len(at.warning) == 1
    assert all(not card["gone"] for card in drawing(at, "seq2seq")["cards"])
    assert "blank" not in at.query_params


def test_of_a_name_a_hidden_letter_is_left_out(open_page: Open) -> None:
    at = open_page(page="attention", task="names", names="はなこ", blank="2", attention="dot")
    assert [card["gone"] for card in drawing(at, "seq2seq")["cards"]] == ["", "out", ""]
    trace = translate(spec(DEFAULTS | {"task": "names"}, "dot"), ("は", "こ"))
    assert [word["text"] for word in lanes(at)["dot"]["words"]][:-1] == words(trace)


def test_after_a_wrong_word_it_goes_on_as_it_would_have(open_page: Open) -> None:
    place = of("force")["force"] - 1
    at = open_page(page="attention", lang="en", **{key: str(value) for key, value in of("force").items()})
    assert [lane["forced"] for lane in lanes(at).values()] == [place] * 3
    assert (lanes(at)["additive"]["changed"], lanes(at)["additive"]["lost"]) == ([place], 1)
    at.button(key="undo").click().run()
    assert [lane["forced"] for lane in lanes(at).values()] == [None] * 3


def test_what_ends_before_a_forced_word_writes_by_itself(open_page: Open) -> None:
    at = open_page(page="attention", text="天気", attention="additive", force="30", token="sea")
    assert len(at.warning) == 1
    assert [lane["forced"] for lane in lanes(at).values()] == [None] * 3


def test_another_sentence_has_other_places(open_page: Open) -> None:
    at = open_page(page="attention", lang="en", t="4", study="alter", spot="5", blank="3")
    at.text_input(key="text").set_value("今日は暑い").run()
    assert not at.exception
    assert not at.warning
    assert "t" not in at.query_params
    assert "spot" not in at.query_params
    assert "blank" not in at.query_params


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_seems_to_be_half_of_one_is_explained(open_page: Open, lang: str) -> None:
    assert text("ui.stem", lang, stem=quoted("行っ", "go" if lang == "en" else "", lang)) in plain(
        open_page(page="attention", lang=lang)
    )
    said = plain(open_page(page="attention", lang=lang, text=WEATHER))
    assert text("ui.stem", lang, stem="\0").split("\0")[-1] not in said
