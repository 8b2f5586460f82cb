from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.music import settings
from rnn_core.messages import LANGUAGES, text
from rnn_core.models.composing import compose
from rnn_core.tasks.music.melodies import find_melody
from rnn_core.tasks.music.spec import MusicSpec
from rnn_core.training.music import MUSIC
from tests.pages.alternating import alternately
from tests.pages.reading import charts, drawing, html, keys, unfold
from tests.pages.trying import OF_SEVERAL, changes, controls, tried

if TYPE_CHECKING:
    from tests.pages.conftest import Open

NAME = "melody_roll"
REVEALED = ["next_pitch", "next_length", "worth", "unit_meaning", "unit_clamped"]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_opens_with_a_melody_and_a_question_and_tells_nothing_before(open_page: Open, lang: str) -> None:
    at = open_page(page="music", lang=lang)
    made = compose(MusicSpec(cell="lstm"), find_melody("bwv245.26").first_phrase, 1.0, 0)
    assert drawing(at, NAME)["notes"] == [list(note) for note in made.notes]
    assert "9.49" in html(at)
    assert "7.38" not in html(at)
    assert keys(at) == ["next_pitch", "next_length"]
    (bars,) = charts(at, "chart_next_pitch")
    np.testing.assert_array_equal(bars["x"], np.sort(made.drawn[made.given - 1])[::-1][:8])
    assert not at.warning


@pytest.mark.parametrize(("lang", "guess", "verdict"), alternately([("8", "right"), ("6", "near"), ("2", "wrong")]))
def test_a_guess_is_judged_in_one_picture_with_the_outcome(
    open_page: Open, lang: str, guess: str, verdict: str
) -> None:
    at = open_page(page="music", lang=lang, guess_unsure=guess)
    assert f'class="verdict {verdict}"' in html(at)
    assert keys(at) == REVEALED
    points, guessed = charts(at, "chart_worth")
    assert points["x"][1] == MUSIC.manifest()["models"]["music-lstm-96-seed0"]["perplexity"]
    assert guessed["x"].tolist() == [int(guess)]


@pytest.mark.parametrize(
    ("key", "value"), [("begins", "bwv278"), ("cell", "rnn"), ("temperature", "2.0"), ("seed", "3"), ("t", "1")]
)
def test_every_control_changes_the_drawing(open_page: Open, key: str, value: str) -> None:
    changes(open_page, {"page": "music"}, key, value, read=lambda at: str(drawing(at, NAME)))


@pytest.mark.parametrize(
    ("base", "key", "value"),
    [
        ({"begins": "own"}, "melody", "A4 B4"),
        ({"guess_unsure": "skip"}, "follows", "minor"),
        ({"guess_unsure": "skip"}, "clamped", "1"),
        ({"guess_unsure": "2"}, "guess_unsure", "8"),
    ],
)
def test_so_does_what_only_some_states_have(open_page: Open, base: dict[str, str], key: str, value: str) -> None:
    shown = {"page": "music", "cell": "rnn", **base}
    changes(
        open_page,
        shown,
        key,
        value,
        read=lambda at: html(at) + str(at.get("plotly_chart")) + str(drawing(at, NAME)),
    )


def test_no_control_is_forgotten() -> None:
    names = tried(test_every_control_changes_the_drawing) | tried(test_so_does_what_only_some_states_have)
    assert names == controls("music") - OF_SEVERAL


@pytest.mark.parametrize("name", [one.name for one in settings.CONTRASTS])
def test_a_contrast_changes_what_is_written(open_page: Open, name: str) -> None:
    at = open_page(page="music")
    before = drawing(at, NAME)["notes"]
    at.button(key=f"contrast_{name}").click().run()
    assert drawing(at, NAME)["notes"] != before


def test_another_draw_is_another_seed(open_page: Open) -> None:
    at = open_page(page="music")
    at.button(key="again").click().run()
    assert at.query_params["seed"] in ("1", ["1"])


@pytest.mark.parametrize(
    ("lang", "query", "warned", "wrong"),
    alternately(
        [
            ({"begins": "own", "melody": "C5 " * 300}, 0, 0),
            ({"begins": "own", "melody": "  "}, 0, 1),
            ({"begins": "own", "melody": "C9"}, 0, 1),
            ({"begins": "bwv999", "temperature": "99", "t": "41"}, 3, 0),
            ({"temperature": "0", "t": "40"}, 0, 0),
            ({"temperature": "10.0", "seed": "7"}, 0, 0),
        ]
    ),
)
def test_whatever_an_address_says_is_answered(
    open_page: Open, lang: str, query: dict[str, str], warned: int, wrong: int
) -> None:
    at = open_page(page="music", lang=lang, **query)
    assert (len(at.warning), len(at.error)) == (warned, wrong)
    assert text("music.play", lang)[:8] in html(at).replace("<span>", "").replace("</span>", "")
    unfold(at)
    assert not at.exception
