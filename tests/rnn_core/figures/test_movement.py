from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, heatmap, movement, movement_judged, movement_most
from rnn_core.messages import text
from rnn_core.quantities import CELLS, QUANTITIES
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, layer, sound, traces, words

LOOK = Theme()
STATE = QUANTITIES.state("lstm").key


def draw(recorded, **options):
    return sound(movement(recorded, words(len(recorded[STATE])), **({"lang": "ja", "theme": LOOK} | options)))


@pytest.mark.parametrize("cell", CELLS)
def test_a_bar_is_the_length_of_the_step_from_zero_on(cell: str) -> None:
    recorded = layer(cell, dtype="float64")
    h = recorded[STATE]
    bars = traces(draw(recorded))[0]
    np.testing.assert_allclose(bars["y"][0], np.linalg.norm(h[0]))
    np.testing.assert_allclose(bars["y"][1:], np.linalg.norm(h[1:] - h[:-1], axis=1))
    assert bars["x"].tolist() == [1, 2, 3, 4, 5, 6]
    assert bars["marker"]["color"] == LOOK.mark(cell)


def moved(*sizes: float):
    """A layer whose state moves by these sizes, to and fro in one unit."""
    h = np.cumsum(np.array(sizes) * (-1.0) ** np.arange(len(sizes)))[:, None].astype(np.float32)
    return layer("rnn", len(sizes), 1, **{STATE: h})


@pytest.mark.parametrize("guess", [None, 0, 1, 2])
def test_the_guess_stands_in_the_picture_and_the_finding_is_what_was_measured(guess: int | None) -> None:
    picture = draw(moved(0.4, 0.7, 0.9), guess=guess)
    assert picture.finding == "状態が最も大きく変わるのは「天気」（0.90）。"
    marks = [note["x"] for note in picture.figure.to_plotly_json()["layout"]["annotations"]]
    assert marks == ([] if guess is None else [guess + 1])
    assert (picture.legend is None) == (guess is None)


def test_where_the_first_word_changes_the_state_most_the_map_says_from_which_word_on_it_looks() -> None:
    recorded = moved(0.9, 0.4, 0.2)
    assert draw(recorded).finding == "状態が最も大きく変わるのは「今日」（0.90）。"
    mapped = heatmap(recorded, STATE, words(3), lang="ja", theme=LOOK).finding
    assert mapped.startswith("2 語目からの変化は「は」で最大（0.40）。")


def judged(recorded, guess: int, lang: str = "ja"):
    return movement_judged(recorded, words(len(recorded[STATE])), guess, lang=lang)


@pytest.mark.parametrize(
    ("guess", "verdict", "why"),
    [
        (2, "right", "「天気」での変化は 0.90 で、これより大きい単語はない。"),
        (1, "near", "「は」は 2 番目（0.70）。変化が最大なのは「天気」（0.90）。"),
        (0, "wrong", "「今日」は 3 番目（0.40）。変化が最大なのは「天気」（0.90）。"),
    ],
)
def test_a_guess_is_judged_by_its_place_and_told_why(guess: int, verdict: str, why: str) -> None:
    assert judged(moved(0.4, 0.7, 0.9), guess) == (verdict, why)


def test_of_equal_changes_each_is_right() -> None:
    assert [judged(moved(0.5, 0.5, 0.25), guess)[0] for guess in range(3)] == ["right", "right", "wrong"]
    assert judged(moved(0.5), 0)[0] == "right"


@settings(max_examples=20, deadline=None)
@given(st.lists(st.sampled_from([0.0, 0.25, 0.5]), min_size=1, max_size=60), st.data(), st.sampled_from(["ja", "en"]))
def test_some_guess_is_right_and_no_word_moves_more(sizes: list[float], drawn: st.DataObject, lang: str) -> None:
    recorded = moved(*sizes)
    guess = drawn.draw(st.integers(0, len(sizes) - 1))
    verdict, why = judged(recorded, guess, lang)
    assert (verdict == "right") == (sizes[guess] == max(sizes))
    assert why
    assert "right" in {judged(recorded, one, lang)[0] for one in range(len(sizes))}


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.sampled_from([1, 8, 64]), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_any_size_is_drawn(steps: int, units: int, theme: Theme, lang: str) -> None:
    glosses = tuple(GLOSSES[step % 6] for step in range(steps))
    picture = draw(layer("gru", steps, units), theme=theme, lang=lang, glosses=glosses, guess=steps - 1)
    assert traces(picture)[0]["y"].shape == (steps,)


def test_what_is_not_finite_is_marked_and_never_the_answer() -> None:
    h = np.array([[0.1], [np.nan], [0.2], [0.9]], np.float32)
    picture = draw(layer("rnn", 4, 1, **{STATE: h}), guess=1)
    assert "「が」" in picture.finding
    assert "NaN が 2 個" in picture.finding
    assert judged(layer("rnn", 4, 1, **{STATE: h}), 1)[0] == "wrong"
    unknown = layer("rnn", 1, 1, **{STATE: np.full((1, 1), np.nan, np.float32)})
    assert judged(unknown, 0) == ("wrong", text("figures.heatmap.nothing", "ja"))
    nothing = draw(unknown, guess=0)
    assert nothing.finding.startswith(text("figures.heatmap.nothing", "ja"))


def test_another_language_changes_words_only() -> None:
    ja, en = (draw(layer(), lang=lang, guess=1) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(ja)] == [data(trace) for trace in traces(en)]
    assert ja.finding != en.finding


def test_the_table_has_the_exact_numbers() -> None:
    picture = draw(layer())
    np.testing.assert_array_equal(picture.table[text("movement.column", "ja")], traces(picture)[0]["y"])


def test_a_state_that_does_not_fit_the_words_is_refused() -> None:
    with pytest.raises(KiokuError, match=r"steps of hidden_state \(6\)"):
        movement(layer(), WORDS[:2], lang="en", theme=LOOK)


def test_the_words_of_which_none_moves_the_state_more_are_all_found() -> None:
    every = words(4)
    assert movement_most(moved(0.5, 0.7, 0.25, 0.1), every) == (1,)
    assert movement_most(moved(0.5, 0.25, 0.5, 0.1), every) == (0, 2)
    assert movement_most(moved(*[float("nan")] * 4), every) == ()
