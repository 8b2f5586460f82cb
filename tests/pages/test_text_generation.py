from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.text_generation import settings
from rnn_core.messages import LANGUAGES, text
from rnn_core.models import writing
from rnn_core.specs import ModelSpec
from rnn_core.statistics.truncation import Truncation
from rnn_core.training.tasks import WRITTEN
from tests.pages.alternating import alternately
from tests.pages.reading import charts, drawing, html, keys, unfold
from tests.pages.trying import OF_SEVERAL, changes, controls, tried

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from tests.pages.conftest import Open

NAME = "growing_text"
REVEALED = ["next_word", "novelty", "unit_meaning", "unit_clamped", "worth"]


def shown(at: AppTest) -> list[str]:
    """The outputs that were written."""
    return [one["text"] for one in drawing(at, NAME)["chosen"]]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_with_a_text_and_a_question_and_tells_nothing_before(open_page: Open, lang: str) -> None:
    at = open_page(page="text_generation", lang=lang)
    spec = ModelSpec(task="given_names", cell="lstm", hidden=64)
    written = writing.draw(spec, ("▶", "は"), Truncation(), 0)
    assert shown(at) == [written.trace.outputs[one] for one in written.chosen]
    assert text("text_generation.predict", lang) in html(at).replace("<span>", "").replace("</span>", "")
    assert keys(at) == ["next_word"]
    assert not at.warning


@pytest.mark.parametrize(("lang", "guess", "verdict"), alternately([("50", "right"), ("70", "near"), ("90", "wrong")]))
def test_a_guess_is_judged_in_one_picture_with_the_outcome(
    open_page: Open, lang: str, guess: str, verdict: str
) -> None:
    at = open_page(page="text_generation", lang=lang, guess_new=guess)
    assert f'class="verdict {verdict}"' in html(at)
    assert keys(at) == REVEALED
    counts = WRITTEN["given_names"].manifest()["models"]["given_names-lstm-64-seed0"]["samples"]
    new, *_, guessed = charts(at, "chart_novelty")
    assert new["x"][1] == counts["new"] / counts["drawn"]
    assert guessed["x"].tolist() == [int(guess) / 100]


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("task", "kaomoji"),
        ("name_begins", "ゆう"),
        ("cell", "rnn"),
        ("hidden", "16"),
        ("temperature", "3.0"),
        ("top_k", "1"),
        ("top_p", "0.1"),
        ("seed", "3"),
        ("way", "beam"),
        ("t", "1"),
    ],
)
def test_every_control_changes_the_drawing(open_page: Open, key: str, value: str) -> None:
    changes(open_page, {"page": "text_generation"}, key, value, read=lambda at: str(drawing(at, NAME)))


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({"task": "kaomoji"}, "face_begins", "[^"),
        ({"task": "smalltalk"}, "text", "昨日"),
        ({"way": "beam", "hidden": "16"}, "beam", "1"),
        ({"guess_new": "skip"}, "follows", "palatal"),
        ({"guess_new": "skip"}, "clamped", "1"),
        ({"guess_new": "50"}, "guess_new", "90"),
    ],
)
def test_so_does_what_only_some_states_have(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    changes(
        open_page,
        {"page": "text_generation", **base},
        key,
        value,
        read=lambda at: html(at) + str(at.get("plotly_chart")) + str(drawing(at, NAME)),
    )


def test_no_control_is_forgotten() -> None:
    names = tried(test_every_control_changes_the_drawing) | tried(test_so_does_what_only_some_states_have)
    of_runs = {"weights"}  # tests/pages/chapters/uses/test_networks.py
    assert names == controls("text_generation") - OF_SEVERAL - of_runs


@pytest.mark.parametrize("name", [one.name for one in settings.CONTRASTS])
def test_a_contrast_changes_what_is_drawn_from(open_page: Open, name: str) -> None:
    at = open_page(page="text_generation")
    before = drawing(at, NAME)["next"][1]
    at.button(key=f"contrast_{name}").click().run()
    after = drawing(at, NAME)["next"][1]
    assert [one["p"] for one in before["top"]][:7] == [one["p"] for one in after["top"]][:7]
    assert [one["q"] for one in before["top"]] != [one["q"] for one in after["top"]]


def test_another_draw_is_another_seed(open_page: Open) -> None:
    at = open_page(page="text_generation")
    at.button(key="again").click().run()
    assert at.query_params["seed"] in ("1", ["1"])


@pytest.mark.parametrize(
    ("lang", "query", "warned"),
    alternately(
        [
            ({"name_begins": "は" * 990}, 1),
            ({"temperature": "99", "top_k": "0", "top_p": "1.5"}, 3),
            ({"task": "kaomoji", "face_begins": "hello"}, 0),
            ({"name_begins": "  "}, 0),
            ({"temperature": "0", "t": "60"}, 0),
            ({"temperature": "10.0", "name_begins": "漢"}, 0),
        ]
    ),
)
def test_whatever_an_address_says_is_answered(open_page: Open, lang: str, query: dict[str, str], warned: int) -> None:
    at = open_page(page="text_generation", lang=lang, **query)
    assert len(at.warning) == warned
    assert not at.error
    assert shown(at)


def test_words_need_a_beginning_and_it_is_said(open_page: Open) -> None:
    at = open_page(page="text_generation", lang="en", task="smalltalk", text="  ")
    assert [text("errors.empty_text", "en")] == [one.value for one in at.error]


def test_small_talk_is_written_by_the_networks_of_the_other_chapters_and_trained_in_the_lab(open_page: Open) -> None:
    at = open_page(page="text_generation", lang="en", task="smalltalk", cell="gru")
    assert keys(at) == ["next_word", "unit_meaning", "unit_clamped", "worth"]
    assert any("task=smalltalk" in one.proto.query_string for one in at.get("page_link"))
    written = drawing(at, NAME)
    assert not written["start"]
    np.testing.assert_equal(written["given"], 1)


def test_a_beam_lists_what_it_holds(open_page: Open) -> None:
    at = open_page(page="text_generation", way="beam", hidden="16", lang="en")
    assert text("text_generation.column.text", "en") in html(at)
    assert "temperature" not in {one.key for one in at.get("select_slider")}
    unfold(at)
    assert not at.exception
