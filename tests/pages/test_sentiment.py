from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rnn_core.messages import LANGUAGES, text
from rnn_core.models.feeling_reading import read
from rnn_core.tasks import kaomoji
from rnn_core.tasks.feelings import SENTENCES, network
from rnn_core.tasks.sentiment import NEGATED, TURNING
from rnn_core.text.tokenizer import MAX_TOKENS, segment
from tests.pages.reading import charts, drawing, html, keys, unfold

if TYPE_CHECKING:
    from tests.pages.conftest import Open

WORTH = ["worth", "length_accuracy", "confusion"]
REVEALED = ["turning", "state_plane", *WORTH]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_page_opens_with_its_sentence_and_nothing_gives_the_answer(open_page: Open, lang: str) -> None:
    at = open_page(page="sentiment", lang=lang)
    assert at.text_input(key="text").value == NEGATED
    assert drawing(at, "feeling")["answer"] is None
    assert keys(at) == WORTH
    assert not at.warning


@pytest.mark.parametrize("cell", ["rnn", "gru"])
def test_what_turned_it_is_what_was_measured(open_page: Open, cell: str) -> None:
    at = open_page(page="sentiment", text=TURNING, cell=cell, guess_settled="1")
    found = read(network(SENTENCES, cell), segment(TURNING).tokens)
    above, below = charts(at, "chart_turning")
    np.testing.assert_allclose(above["y"], found.drops)
    np.testing.assert_allclose(below["y"], found.influence)
    assert keys(at) == REVEALED


@pytest.mark.parametrize("face", ["(T_T)", "ヽ( ´ ▽ ` )ノ", "😀👩‍🚀", "a" * 10_000, "<b>(^_^)</b>", "𝔘（凸）"])
def test_any_face_is_read_character_by_character_as_far_as_the_limit(open_page: Open, face: str) -> None:
    at = open_page(page="sentiment", reads="faces", face=face, guess_settled="skip")
    words = [word["text"] for word in drawing(at, "feeling")["words"]]
    assert 0 < len(words) <= MAX_TOKENS
    assert not any(word.isspace() for word in words)
    assert keys(at) == REVEALED


@pytest.mark.parametrize("reads", ["sentences", "faces"])
def test_nothing_to_read_is_an_error_that_says_so(open_page: Open, reads: str) -> None:
    at = open_page(page="sentiment", reads=reads, text=" ", face="\u200b", lang="en")
    assert len(at.error) == 1


def test_of_one_token_nothing_is_asked_and_an_unknown_one_is_named(open_page: Open) -> None:
    at = open_page(page="sentiment", lang="en", text="量子")
    assert keys(at) == REVEALED
    assert text("ui.unknown", "en", words="量子") in html(at)


def test_another_text_is_asked_of_again(open_page: Open) -> None:
    at = open_page(page="sentiment", guess_settled="4")
    at.button(key="contrast_cry").click().run()
    assert "guess_settled" not in at.query_params
    assert len(drawing(at, "feeling")["kinds"]) == len(kaomoji.FEELINGS)


def test_reset_goes_back_to_what_the_chapter_opens_with(open_page: Open) -> None:
    at = open_page(page="sentiment", text=TURNING, guess_settled="1", reads="faces")
    unfold(at).button(key="reset").click().run()
    assert at.query_params["text"] in (NEGATED, [NEGATED])
    assert at.query_params["reads"] in ("sentences", ["sentences"])
    assert "guess_settled" not in at.query_params
