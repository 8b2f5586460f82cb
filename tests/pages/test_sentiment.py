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
from rnn_core.training.feelings import FEELINGS
from rnn_core.training.planes import project
from tests.pages.reading import charts, drawing, html, keys, pictures, unfold

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


def test_what_is_said_of_a_long_face_is_said_of_characters_and_no_character_is_a_stem(open_page: Open) -> None:
    at = open_page(page="sentiment", reads="faces", face="(゜ロ゜)むっ" * 9, guess_settled="skip", lang="en")
    assert text("ui.cut_characters", "en", limit=MAX_TOKENS) in [one.value for one in at.warning]
    assert text("ui.stem", "en", stem="“っ”") not in html(at)


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


def test_the_dashed_path_is_the_text_without_the_chosen_word(open_page: Open) -> None:
    words = segment(NEGATED).tokens
    at = open_page(page="sentiment", guess_settled="skip", t="5")
    spec = network(SENTENCES, "lstm")
    plane = FEELINGS[SENTENCES].manifest()["planes"][spec.name]
    rest = project(plane, read(spec, (*words[:4], words[5])).trace.layers.output)
    np.testing.assert_allclose(charts(at, "chart_state_plane")[2]["x"], rest[:, 0], atol=1e-6)


@pytest.mark.parametrize(
    "other",
    [
        {"reads": "faces"},
        {"text": TURNING},
        {"cell": "gru"},
        {"t": "2"},
        {"guess_settled": "1"},
        {"taken": "positive.negative"},
    ],
)
def test_every_control_changes_something_on_the_screen(open_page: Open, other: dict[str, str]) -> None:
    seen = [open_page(page="sentiment", **{"guess_settled": "skip"} | said) for said in ({}, other)]
    one, two = ((pictures(at), drawing(at, "feeling"), html(at)) for at in seen)
    assert one != two


def test_another_face_is_another_picture(open_page: Open) -> None:
    one, two = (open_page(page="sentiment", reads="faces", face=face) for face in ("(T_T)", "(^_^)"))
    assert drawing(one, "feeling") != drawing(two, "feeling")
