from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

import rnn_core as rc
from pages._chapters.cell.edited import without
from pages._ui.words import formula
from rnn_core import figures
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.carrying import find_carrying
from rnn_core.statistics import comparison
from rnn_core.text.tokenizer import MAX_TOKENS
from tests.pages.reading import chart, html

if TYPE_CHECKING:
    from rnn_core.models.model_trace import ModelTrace
    from tests.pages.conftest import Open

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
STATE = rc.QUANTITIES.state("lstm").key
KEY = f"chart_difference_{STATE}_edited"


def run(words: tuple[str, ...]) -> ModelTrace:
    return rc.run(rc.ModelSpec(cell="lstm", hidden=16), words)


@given(st.lists(st.sampled_from(WORDS), min_size=2, max_size=MAX_TOKENS), st.data())
def test_removing_and_putting_back_gives_the_sentence(words: list[str], data: st.DataObject) -> None:
    step = data.draw(st.integers(0, len(words) - 1))
    assert without(tuple(words), step, words[step]) == tuple(words)
    assert len(without(tuple(words), step, "")) == len(words) - 1


def test_several_words_may_stand_for_one_and_the_sentence_stays_within_its_limit() -> None:
    assert without(WORDS, 0, "今日は") == ("今日", "は", *WORDS[1:])
    assert len(without(WORDS * 10, 0, "今日は")) == MAX_TOKENS


@pytest.mark.parametrize("instead", ["\u200b\u202e", "\u200b"])
def test_a_text_without_signs_is_refused(instead: str) -> None:
    with pytest.raises(rc.KiokuError):
        without(WORDS, 0, instead)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    ("into", "after"), [("雨", ("今日", "は", "雨", "が", "良い", "ね")), ("", ("今日", "は", "が", "良い", "ね"))]
)
def test_the_picture_is_the_distance_of_what_belongs_together(
    open_page: Open, lang: str, into: str, after: tuple[str, ...]
) -> None:
    at = open_page(page="cell", lang=lang, edit="3", into=into)
    one, other = run(WORDS), run(after)
    h, g = (trace.layer()[STATE] for trace in (one, other))
    pairs = comparison.pairs(WORDS, after)
    expected = np.full(6, np.nan)
    for mine, theirs in pairs:
        expected[mine] = comparison.distance(h[[mine]], g[[theirs]])[0]
    np.testing.assert_allclose(chart(at, KEY)["y"], expected)
    assert expected[0] == expected[1] == 0
    assert formula(figures.reply_change(one, other, lang=lang)) in html(at)


def test_the_same_word_changes_nothing(open_page: Open) -> None:
    at = open_page(page="cell", edit="3", into="天気")
    assert (chart(at, KEY)["y"] == 0).all()
    assert text("figures.difference.none", "ja", name=text(f"quantities.{STATE}.name", "ja")) in html(at)


def test_an_unknown_word_is_read_as_one(open_page: Open) -> None:
    at = open_page(page="cell", edit="3", into="<b>ズモモ")
    assert chart(at, KEY)["y"][2] > 0
    assert "<b>ズ" not in html(at)
    assert not at.error


@pytest.mark.parametrize("lang", LANGUAGES)
def test_removing_the_only_word_is_explained(open_page: Open, lang: str) -> None:
    at = open_page(page="cell", lang=lang, text="犬", edit="1")
    assert [error.value for error in at.error] == [text("edited.nothing_left", lang)]
    assert chart(at, f"chart_{STATE}")["z"].shape == (16, 1)
    at.text_input(key="into").set_value("猫").run()
    assert not at.error
    assert chart(at, KEY)["y"].shape == (1,)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_word_that_the_sentence_lacks_is_said(open_page: Open, lang: str) -> None:
    at = open_page(page="cell", lang=lang, edit="9")
    assert [warning.value for warning in at.warning] == [text("edited.no_word", lang, given=9, last=6)]
    assert "edit" not in at.query_params
    at.pills(key="edit").set_value(2).run()
    assert at.query_params["edit"] == "2"
    assert not at.warning
    at.pills(key="edit").set_value(None).run()
    assert "edit" not in at.query_params


def test_the_state_that_carries_a_word_is_shown_once_one_word_stands_for_it(open_page: Open) -> None:
    sentence = ("犬", "が", "人", "を", "噛む")
    at = open_page(page="cell", lang="en", text="".join(sentence), edit="1", into="今日")
    found = find_carrying(rc.ModelSpec(cell="lstm", hidden=16), sentence, ("今日", *sentence[1:]))
    assert found.restored is not None
    np.testing.assert_allclose(chart(at, "chart_restored")["z"], found.restored.T, rtol=1e-5)
    at.text_input(key="into").set_value("大きい猫").run()
    assert text("edited.carried_length", "en") in html(at)
    at.text_input(key="into").set_value("犬").run()
    assert text("edited.carried_same", "en") in html(at)
    assert not [one for one in at.get("plotly_chart") if "restored" in one.proto.id]
