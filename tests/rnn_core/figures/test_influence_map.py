from __future__ import annotations

import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, influence_across, influence_decades, influence_map
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import GLOSSES, LOOKS, WORDS, data, sound, traces, words

LOOK = Theme()


def fall(steps: int = 6, factor: float = 0.5) -> np.ndarray:
    """2 · factor^(t − s), and exactly 0 where s comes after t."""
    lags = np.arange(steps)[:, None] - np.arange(steps)
    return np.where(lags >= 0, 2.0 * factor ** np.maximum(lags, 0), 0.0)


def draw(values=None, cell: str = "rnn", **options):
    values = fall() if values is None else values
    return sound(influence_map(cell, values, words(len(values)), **({"lang": "ja", "theme": LOOK} | options)))


def cells(trace: dict) -> set[tuple[int, int]]:
    """Row and column, 1-based, of each sign."""
    return set(zip(trace["y"].tolist(), trace["x"].tolist(), strict=True))


@pytest.mark.parametrize("cell", CELLS)
def test_the_map_holds_the_numbers_and_colours_their_logarithms(cell: str) -> None:
    values = fall()
    picture = draw(values, cell)
    (plotted,) = traces(picture)
    np.testing.assert_array_equal(plotted["customdata"], values)
    lower = np.tri(6, dtype=bool)
    np.testing.assert_allclose(plotted["z"][lower], np.log10(values[lower]), rtol=1e-6)
    assert np.isnan(plotted["z"][~lower]).all()
    assert picture.key == f"influence_{cell}"
    assert (plotted["zmin"], plotted["zmax"]) == (-3, 0.5)
    assert plotted["colorscale"] == LOOK.colorscale("size")
    assert (picture.legend.low, picture.legend.high) == ("10⁻³", "3")


def test_states_run_down_and_cells_are_square() -> None:
    layout = draw().figure.layout
    assert layout.yaxis.range[0] > layout.yaxis.range[1]
    assert layout.xaxis.range[0] < layout.xaxis.range[1]
    assert layout.yaxis.scaleanchor == "x"
    assert layout.yaxis.ticktext[2] == "<i>h</i><sub>3</sub>"


def test_the_staircase_divides_what_may_be_from_what_may_not() -> None:
    path = draw(fall(2)).figure.layout.shapes[0].path
    assert path == "M 0.5,0.5 L 1.5,0.5 L 1.5,1.5 L 2.5,1.5"
    assert draw(fall(2).T, direction=1).figure.layout.shapes[0].path == "M 0.5,0.5 L 0.5,1.5 L 1.5,1.5 L 1.5,2.5"


def test_backwards_the_other_half_is_bare() -> None:
    values = fall().T
    (plotted,) = traces(draw(values, direction=1))
    assert np.isnan(plotted["z"][np.tri(6, k=-1, dtype=bool)]).all()
    assert np.isfinite(plotted["z"][np.tri(6, dtype=bool).T]).all()
    assert draw(values, direction=1, lang="en").finding == (
        "First row, right end: influence of “ね” relative to “今日” in the RNN: 1/32."
    )


def test_what_hangs_on_every_word_has_no_bare_half_and_no_stairs() -> None:
    values = np.maximum(fall(), fall().T)
    picture = draw(values, "bidirectional", direction=None, lang="en")
    (plotted,) = traces(picture)
    np.testing.assert_allclose(plotted["z"], np.log10(values), rtol=1e-6)
    assert not picture.figure.layout.shapes
    assert "□" not in [mark.glyph for mark in picture.legend.marks]
    assert "Last row, left end: influence of “今日” relative to “ね” in the BiLSTM: 1/32." in picture.finding


def test_what_no_colour_holds_has_a_sign_and_what_is_forbidden_has_none() -> None:
    values = fall()
    values[2, 1], values[3, 0], values[4, 2], values[5, 5] = 0, np.nan, np.inf, 1e4
    values[0, 5], values[0, 4] = np.nan, 0.5  # forbidden, whatever stands there
    picture = draw(values, lang="en")
    _, zero, nan, infinite, above = traces(picture)
    assert [t["name"] for t in (zero, nan, infinite, above)] == ["zero", "nan", "plus_infinity", "above"]
    assert [cells(t) for t in (zero, nan, infinite, above)] == [{(3, 2)}, {(4, 1)}, {(5, 3)}, {(6, 6)}]
    assert [mark.glyph for mark in picture.legend.marks] == ["○", "×", "▲", "△", "□"]
    assert picture.legend.high == "≥ 3"
    assert picture.finding.endswith("Of all values (21): 1 exactly 0, 1 NaN, 1 ∞.")
    np.testing.assert_array_equal(traces(picture)[0]["customdata"], values)
    assert np.isnan(traces(picture)[0]["z"][0, 1:]).all()


def test_a_large_map_sends_its_colours_only_and_its_table_all() -> None:
    picture = draw(fall(200, 0.5))
    (plotted,) = traces(picture)
    assert "customdata" not in plotted
    assert "10<sup>%{z:.1f}</sup>" in plotted["hovertemplate"]
    assert 10 ** float(plotted["z"][199, 0]) == pytest.approx(fall(200, 0.5)[199, 0], rel=1e-4)


def test_what_is_below_the_scale_keeps_the_floor_colour_and_the_key_says_so() -> None:
    picture = draw(fall(6, 1e-3))
    assert len(traces(picture)) == 1
    assert picture.legend.low == "≤ 10⁻³"


def test_the_scale_is_the_callers_and_not_the_datas() -> None:
    small, large = (traces(draw(size * fall(), decades=(-6, 2)))[0] for size in (1e-3, 30))
    assert (small["zmin"], small["zmax"]) == (large["zmin"], large["zmax"]) == (-6, 2)
    assert influence_decades(12) == influence_decades(1) != influence_decades(13) == influence_decades(200)


def test_the_finding_compares_the_ends_of_the_last_row() -> None:
    assert draw().finding == "最後の行の左端：RNN で、「ね」の影響に対する「今日」の影響は 1/32。"
    assert draw(fall(1), lang="en").finding == "There is one word, “今日”; its influence on its state: 2.00."
    assert influence_across({"rnn": fall(1)}, WORDS[:1], lang="en") == (
        "There is one word, “今日”: every state depends on it alone."
    )
    maps = {"rnn": fall(), "lstm": fall(6, 0.9), "gru": fall(6, 0.0)}
    assert influence_across(maps, WORDS, lang="ja") == (
        "最後の行の左端：「ね」の影響に対する「今日」の影響は、RNN 1/32、LSTM 0.59 倍、GRU 0。"
    )


@given(st.sampled_from([0.0, np.nan, 1e-300, 1.0, np.inf]), st.sampled_from([0.0, np.nan, 0.5, 1.0, np.inf]))
def test_what_is_compared_with_nothing_has_no_ratio(reference: float, first: float) -> None:
    values = fall()
    values[5, 5], values[5, 0] = reference, first
    said = influence_across({"rnn": values}, WORDS, lang="en")
    assert ("no ratio (the reference is " in said) == (not reference > 0)
    assert "→" not in said


def test_sizes_too_small_for_float32_stay() -> None:
    picture = draw(fall(60, 1e-4))
    (plotted,) = traces(picture)
    assert plotted["customdata"].dtype == np.float64
    assert plotted["customdata"][59, 0] == pytest.approx(2e-236)
    assert np.isfinite(plotted["z"][59, 0])
    (plotted,) = traces(draw(fall(60, 0.5)))
    np.testing.assert_array_equal(plotted["customdata"], fall(60, 0.5).astype(np.float32))
    assert plotted["customdata"].dtype == np.float32
    assert "10⁻²³⁶" in picture.finding


@settings(max_examples=20, deadline=None)
@given(st.sampled_from([1, 6, 12, 13, 60, 200]), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_any_length_is_drawn(steps: int, theme: Theme, lang: str) -> None:
    glosses = tuple(GLOSSES[step % 6] for step in range(steps))
    picture = draw(fall(steps, 0.9), theme=theme, lang=lang, glosses=glosses)
    assert traces(picture)[0]["z"].shape == (steps, steps)
    assert len(picture.table) == steps + 1


def test_another_language_changes_words_only() -> None:
    values = fall()
    values[3, 1] = 0
    ja, en = (draw(values, lang=lang) for lang in ("ja", "en"))
    assert repr([data(trace) for trace in traces(ja)]) == repr([data(trace) for trace in traces(en)])  # NaN is not NaN
    assert ja.finding != en.finding


def test_the_table_has_a_row_a_state_and_a_column_an_input() -> None:
    values = fall()
    table = draw(values, lang="en").table
    assert table["state"] == ("h1", "h2", "h3", "h4", "h5", "h6")
    np.testing.assert_array_equal(table["x3 天気"], values[:, 2])


def test_what_is_no_map_of_the_words_is_refused() -> None:
    with pytest.raises(KiokuError, match=r"\(6, 5\)"):
        influence_map("rnn", np.ones((6, 5)), WORDS, lang="en", theme=LOOK)
    with pytest.raises(KiokuError, match=r"words \(6\) differs from the number of steps of \w+ \(5\)"):
        influence_map("rnn", np.ones((5, 5)), WORDS, lang="en", theme=LOOK)


def test_many_cells_without_a_colour_are_filled_and_few_have_signs() -> None:
    values = fall(60, 0.5) * np.eye(60)
    picture = draw(values, lang="en")
    assert len(traces(picture)) == 1
    field, _ = picture.figure.layout.shapes
    assert field.fillcolor == Theme()["edge"]
    corners = [[float(number) for number in pair.split(",")] for pair in re.findall(r"[-.0-9]+,[-.0-9]+", field.path)]
    covered = np.zeros((60, 60), dtype=bool)
    for (left, top), _, (right, foot), _ in zip(*[iter(corners)] * 4, strict=True):
        covered[int(top - 0.5) : int(foot - 0.5), int(left - 0.5) : int(right - 0.5)] = True
    np.testing.assert_array_equal(covered, np.tri(60, k=-1, dtype=bool))
    assert [(mark.glyph, mark.color) for mark in picture.legend.marks] == [("■", Theme()["edge"]), ("□", "")]
    assert "1770 exactly 0" in picture.finding


def test_of_many_cells_beyond_the_scale_the_key_alone_says_so() -> None:
    picture = draw(np.full((60, 60), 1e3), lang="en")
    assert len(traces(picture)) == 1
    assert picture.legend.high.startswith("≥")
    assert [mark.glyph for mark in picture.legend.marks] == ["□"]
