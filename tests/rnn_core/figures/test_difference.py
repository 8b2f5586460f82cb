from __future__ import annotations

import numpy as np
import pytest

from rnn_core import KiokuError
from rnn_core.figures import Theme, difference
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.trace import LayerTrace
from rnn_core.statistics import comparison
from tests.rnn_core.figures.cases import LOOKS, MADE_UP, ROWS, WORDS, data, layer, sound, traces, words

LOOK = Theme()
KEY = QUANTITIES.state("lstm").key


def moved(gaps: dict[int, float], key: str = KEY) -> LayerTrace:
    """The layer of seed 0, with one unit of `key` changed at some steps."""
    values = layer()[key].copy()
    for step, gap in gaps.items():
        values[step, 0] += np.float32(gap)
    return layer(**{key: values})


def draw(other: LayerTrace, **options):
    return sound(difference(layer(), other, KEY, WORDS, **({"lang": "en", "theme": LOOK} | options)))


@pytest.mark.parametrize("theme", LOOKS)
@pytest.mark.parametrize(("cell", "key"), ROWS)
def test_the_line_is_the_distance_of_the_two_runs(cell: str, key: str, theme: Theme) -> None:
    one, other = layer(cell), layer(cell, seed=1)
    picture = sound(difference(one, other, key, WORDS, lang="ja", theme=theme))
    (line,) = traces(picture)
    np.testing.assert_array_equal(line["y"], comparison.distance(one[key], other[key]))
    np.testing.assert_array_equal(picture.table["差のノルム"], line["y"])
    assert line["y"].dtype == np.float64
    assert line["line"]["color"] == theme.mark(cell)
    low, high = picture.figure.layout.yaxis.range
    assert low <= 0
    assert high > line["y"].max()
    assert picture.key == f"difference_{key}"


def test_the_finding_says_where_and_by_how_much() -> None:
    assert draw(moved({2: 0.5, 3: 1.0, 5: 0.25})).finding == (
        "The hidden state starts to differ at “天気”. The distance is largest at “が”, 1.00; at “ね” it is 0.25."
    )
    assert draw(moved({4: 0.5, 5: 1.0})).finding == (
        "The hidden state starts to differ at “良い”. The distance is largest at “ね”, 1.00."
    )
    assert draw(layer(), lang="ja").finding == "隠れ状態は、どの単語でも同じ。"


def test_rounding_is_no_difference() -> None:
    assert draw(moved({0: 1e-7, 3: 0.5})).finding.startswith("The hidden state starts to differ at “が”.")


def test_words_without_a_partner_are_gaps() -> None:
    one, shorter = layer(), layer(steps=5, seed=1)
    pairs = comparison.pairs(WORDS, [WORDS[0], *WORDS[2:]])
    picture = sound(difference(one, shorter, KEY, WORDS, pairs=pairs, lang="ja", theme=LOOK))
    (line,) = traces(picture)
    expected = comparison.distance(one[KEY][[0, 2, 3, 4, 5]], shorter[KEY])
    assert np.isnan(line["y"][1])
    np.testing.assert_array_equal(line["y"][[0, 2, 3, 4, 5]], expected)
    assert picture.legend.marks == ()


def test_a_distance_that_is_not_finite_has_its_sign() -> None:
    picture = draw(moved({1: np.nan, 2: np.inf}))
    _, nan, infinite = traces(picture)
    assert (nan["x"].tolist(), infinite["x"].tolist()) == ([2], [3])
    assert [mark.glyph for mark in picture.legend.marks] == ["×", "▲"]
    assert "1 NaN" in picture.finding
    assert draw(moved(dict.fromkeys(range(6), np.nan))).finding.startswith(
        "The hidden state starts to differ at “今日”."
    )


def test_another_language_changes_words_only() -> None:
    japanese, english = (draw(layer(seed=1), lang=lang) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(japanese)] == [data(trace) for trace in traces(english)]


@pytest.mark.parametrize("steps", [1, 60])
def test_any_length_is_drawn(steps: int) -> None:
    one, other = layer(steps=steps), layer(steps=steps, seed=1)
    sound(difference(one, other, KEY, words(steps), lang="en", theme=LOOK))


def test_a_new_row_of_the_table_arrives(made_up) -> None:
    picture = sound(
        difference(layer("gru"), layer("gru", seed=1), MADE_UP, WORDS, lang="en", theme=LOOK, suffix="_edited")
    )
    assert (picture.key, picture.title) == (f"difference_{MADE_UP}_edited", "Difference of the made up (en)")


@pytest.mark.parametrize("other", [layer(steps=5), layer(units=4)])
def test_runs_that_do_not_fit_together_are_refused(other: LayerTrace) -> None:
    with pytest.raises(KiokuError, match="do not match"):
        difference(layer(), other, KEY, WORDS, lang="ja", theme=LOOK)
