from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, time_generation, time_training, trained
from rnn_core.messages import LANGUAGES
from rnn_core.models.timing import Point
from rnn_core.parallelism import COST_MODELS, LENGTHS
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

SLOPES = {"rnn": 2e-5, "lstm": 2e-6, "gru": 9e-5, "transformer": 1e-6}


def point(cell: str, words: int) -> Point:
    again = words * words * 1e-6 if cell == "transformer" and words <= 256 else None
    extra = 4e-4 + words**2 * 4e-8 if cell == "transformer" else 1e-4
    return Point(cell, words, SLOPES[cell] * words + extra, 2e-4, words * 3e-5, again)


POINTS = tuple(point(cell, words) for words in LENGTHS for cell in COST_MODELS)
STYLE = {"lang": "en", "theme": Theme()}


def test_the_lines_are_what_was_measured() -> None:
    shown = traces(sound(time_training(POINTS, **STYLE)))
    for trace, cell in zip(shown, COST_MODELS, strict=True):
        mine = [point for point in POINTS if point.cell == cell]
        np.testing.assert_array_equal(trace["y"], [point.forward + point.backward for point in mine])
        np.testing.assert_array_equal(trace["x"], LENGTHS)
    made = traces(sound(time_generation(POINTS, **STYLE)))
    assert [trace["meta"] for trace in made] == [*COST_MODELS, "transformer"]
    np.testing.assert_array_equal(made[0]["y"], [3e-5 * words for words in LENGTHS])
    np.testing.assert_array_equal(made[-1]["x"], LENGTHS[:-1])


def test_the_finding_says_who_is_first_and_where_the_transformer_is_ahead() -> None:
    assert time_training(POINTS, **STYLE).finding == (
        "512 words: LSTM fastest, 1.32 ms; the Transformer takes 8.8 × as long. "
        "The Transformer is faster than the RNN at lengths 32–256; the LSTM at no measured length; the GRU at lengths "
        "6–512."
    )
    said = time_generation(POINTS, **STYLE).finding
    assert said.startswith("512 words, one by one: ")
    assert "Without KV cache, length 256 takes 8.5 × as long." in said


def test_where_it_is_first_itself_there_is_no_ratio() -> None:
    only = tuple(Point(cell, 6, 1.0 if cell == "transformer" else 2.0, 1.0, 1.0, None) for cell in COST_MODELS)
    assert time_training(only, **STYLE).finding.startswith("6 words: Transformer fastest, 2,000 ms. ")


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 3, 4, 7])
def test_a_run_that_has_just_begun_is_drawn_as_far_as_it_is(lang: str, count: int) -> None:
    for make in (time_training, time_generation):
        picture = sound(make(POINTS[:count], lang=lang, theme=Theme()))
        assert sum(len(trace["x"]) for trace in traces(picture) if trace["line"]["width"] > 2) == count
        assert picture.figure.to_plotly_json()["layout"]["xaxis"]["tickvals"] == list(LENGTHS)
    nothing = time_training((), **STYLE).finding
    assert (time_training(POINTS[:count], **STYLE).finding == nothing) == (count < 4)


def test_times_are_by_network_and_length() -> None:
    assert trained(POINTS[:5]) == {
        "rnn": {6: POINTS[0].training, 16: POINTS[4].training},
        "lstm": {6: POINTS[1].training},
        "gru": {6: POINTS[2].training},
        "transformer": {6: POINTS[3].training},
    }


@pytest.mark.parametrize("theme", LOOKS, ids=str)
def test_languages_change_words_only(theme: Theme) -> None:
    for make in (time_training, time_generation):
        ja, en = ([data(trace) for trace in traces(make(POINTS, lang=lang, theme=theme))] for lang in LANGUAGES)
        assert ja == en


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("points", [(), POINTS])
def test_the_guesses_stand_over_the_lengths_that_they_name(points: tuple[Point, ...], lang: str) -> None:
    look = Theme()
    picture = sound(time_training(points, lang=lang, theme=look, guesses={"gru": 64, "lstm": None}))
    bare = sound(time_training(points, lang=lang, theme=look))
    gru, lstm = picture.figure.to_plotly_json()["layout"]["annotations"][-2:]
    assert (gru["x"], gru["text"]) == (np.log10(64), "▼ GRU")
    assert lstm["x"] == np.log10(LENGTHS[-1])
    assert "LSTM" in lstm["text"]
    assert gru["yshift"] != lstm["yshift"]
    assert [mark.glyph for mark in picture.legend.marks] == ["▼"]
    assert bare.legend is None
    assert len(bare.figure.to_plotly_json()["layout"]["annotations"]) == (len(COST_MODELS) if points else 0)
