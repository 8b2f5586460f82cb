from __future__ import annotations

import json

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.figures import Theme, heatmap
from rnn_core.figures.symbols import html
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.trace import LayerTrace
from tests.rnn_core.figures.cases import (
    GLOSSES,
    LOOKS,
    MADE_UP,
    ROWS,
    WORDS,
    data,
    layer,
    sound,
    spoiled,
    traces,
    words,
)

LOOK = Theme()
UNBOUNDED = next(row.key for row in QUANTITIES.of("lstm") if row.bounds is None)


def draw(recorded: LayerTrace, key: str, **options):
    steps = len(recorded[key])
    return sound(heatmap(recorded, key, words(steps), **({"lang": "ja", "theme": LOOK} | options)))


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize(("cell", "key"), ROWS)
def test_it_plots_the_trace_itself_on_the_declared_scale(cell: str, key: str, dtype: str) -> None:
    recorded, row = layer(cell, dtype=dtype), QUANTITIES[key]
    picture = draw(recorded, key)
    (plotted,) = traces(picture)
    np.testing.assert_array_equal(plotted["z"], recorded[key].T)
    assert plotted["z"].dtype == dtype
    assert (plotted["zmin"], plotted["zmax"]) == row.limits(recorded)
    assert plotted["colorscale"] == LOOK.colorscale(row.scale)
    assert picture.key == key
    assert picture.title == text(f"quantities.{key}.name", "ja")
    assert picture.legend.symbol == html(row.forms[cell].symbol)
    assert picture.legend.scale == row.scale
    assert picture.legend.symbol in plotted["hovertemplate"]


@pytest.mark.parametrize(("cell", "key"), ROWS)
def test_another_language_changes_words_only(cell: str, key: str) -> None:
    recorded = layer(cell)
    japanese, english = (draw(recorded, key, lang=lang) for lang in ("ja", "en"))
    assert japanese.finding != english.finding
    assert [data(trace) for trace in traces(japanese)] == [data(trace) for trace in traces(english)]
    for mine, other in zip(japanese.table.values(), english.table.values(), strict=True):
        np.testing.assert_array_equal(mine, other)


@settings(max_examples=30, deadline=None)
@given(st.integers(1, 60), st.sampled_from([1, 2, 8, 64, 512]), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_any_size_is_drawn(steps: int, units: int, theme: Theme, lang: str) -> None:
    (cell, key) = ROWS[-1]
    glosses = tuple(GLOSSES[step % 6] for step in range(steps))
    picture = draw(layer(cell, steps, units), key, theme=theme, lang=lang, glosses=glosses)
    assert traces(picture)[0]["z"].shape == (units, steps)
    assert len(picture.table) == 2 + (lang == "en") + units
    assert 60 < picture.figure.layout.height < 1600


def test_the_sizes_of_the_app_have_one_height() -> None:
    (cell, key) = ROWS[-1]
    assert len({draw(layer(cell, units=units), key).figure.layout.height for units in (8, 16, 32, 64)}) == 1


def test_time_runs_to_the_right_and_the_first_unit_is_on_top() -> None:
    recorded = layer("lstm", 6, 4)
    picture = draw(recorded, ROWS[-1][1])
    (plotted,), layout = traces(picture), picture.figure.layout
    assert plotted["x"].tolist() == [1, 2, 3, 4, 5, 6]
    assert layout.xaxis.range[0] < layout.xaxis.range[1]
    assert layout.yaxis.range[0] > layout.yaxis.range[1]
    assert layout.yaxis.title.text == "ユニット"


def test_an_order_moves_whole_units_and_their_numbers() -> None:
    recorded, key, order = layer("gru", 6, 5), ROWS[-1][1], (3, 0, 4, 1, 2)
    plain, ordered = draw(recorded, key), draw(recorded, key, order=order)
    (plotted,) = traces(ordered)
    np.testing.assert_array_equal(plotted["z"], recorded[key].T[list(order)])
    axis = ordered.figure.layout.yaxis
    assert dict(zip(axis.tickvals, axis.ticktext, strict=True)) == {0: "4", 1: "1", 2: "5", 3: "2", 4: "3"}
    assert ordered.finding == plain.finding
    assert ordered.method != plain.method
    for mine, other in zip(plain.table.values(), ordered.table.values(), strict=True):
        np.testing.assert_array_equal(mine, other)


def test_every_unit_has_its_number_under_the_pointer() -> None:
    order = tuple(reversed(range(64)))
    axis = draw(layer("gru", 6, 64), ROWS[-1][1], order=order).figure.layout.yaxis
    assert len(axis.ticktext) < 64
    assert [axis.labelalias[str(row)] for row in range(64)] == [str(unit + 1) for unit in order]


def test_every_step_has_its_number_under_the_pointer() -> None:
    key = ROWS[-1][1]
    few, some = (traces(draw(layer("gru", steps), key))[0] for steps in (6, 15))
    assert "text" not in few
    assert "t = %{text}" in some["hovertemplate"]
    np.testing.assert_array_equal(some["text"], np.tile(np.arange(1, 16), (8, 1)))


def test_pictures_that_are_compared_share_a_scale() -> None:
    small, large = layer("lstm"), layer("lstm", **{UNBOUNDED: np.full((6, 8), 4.0, np.float32)})
    one, other = draw(small, UNBOUNDED, compare=[large]), draw(large, UNBOUNDED, compare=[small], suffix="_clamped")
    ends = [(traces(picture)[0]["zmin"], traces(picture)[0]["zmax"]) for picture in (one, other)]
    assert ends[0] == ends[1] == QUANTITIES[UNBOUNDED].limits(small, large) != QUANTITIES[UNBOUNDED].limits(small)
    assert other.key == f"{UNBOUNDED}_clamped"
    assert one.method != draw(small, UNBOUNDED).method


@pytest.mark.parametrize("order", [None, (2, 3, 1, 0)])
def test_what_no_colour_holds_has_a_sign_on_its_cell(order: tuple[int, ...] | None) -> None:
    picture = draw(spoiled(UNBOUNDED), UNBOUNDED, order=order, lang="en")
    plotted, *signs = traces(picture)
    z, (low, high) = plotted["z"], (plotted["zmin"], plotted["zmax"])
    is_so = {
        "nan": np.isnan(z),
        "plus_infinity": np.isposinf(z),
        "minus_infinity": np.isneginf(z),
        "above": np.isfinite(z) & (z > high),
        "below": np.isfinite(z) & (z < low),
    }
    assert [trace["name"] for trace in signs] == list(is_so)
    for trace in signs:
        cells = list(zip(trace["y"].tolist(), (trace["x"] - 1).tolist(), strict=True))
        assert cells == [(int(u), int(t)) for t, u in zip(*np.nonzero(is_so[trace["name"]].T), strict=True)]
    assert len(picture.legend.marks) == 5
    assert picture.legend.high == f"≥ {high:g}"
    assert "1 NaN" in picture.finding


def test_the_table_holds_the_recorded_numbers() -> None:
    recorded, key = layer("rnn", 6, 3), ROWS[0][1]
    table = draw(recorded, key).table
    assert list(table) == ["時刻", "単語", "ユニット 1", "ユニット 2", "ユニット 3"]
    np.testing.assert_array_equal(table["ユニット 2"], recorded[key][:, 1])
    assert table["ユニット 2"].dtype == np.float32


def test_glosses_are_for_readers_of_another_language() -> None:
    english, japanese = (
        draw(layer(), ROWS[-1][1], lang=lang, glosses=GLOSSES).figure.layout.xaxis.ticktext for lang in ("en", "ja")
    )
    assert "weather" in english[2]
    assert "weather" not in "".join(japanese)


def test_a_new_row_of_the_table_arrives(made_up) -> None:
    picture = draw(layer("gru"), MADE_UP, lang="en")
    (plotted,) = traces(picture)
    assert (picture.key, picture.title) == (MADE_UP, "made up (en)")
    assert (plotted["zmin"], plotted["zmax"]) == made_up.bounds
    assert picture.legend.symbol == "<i>q</i><sub>t</sub>"
    assert (picture.legend.low, picture.legend.high) == ("−3", "3")


def test_a_large_map_is_a_small_message() -> None:
    spec = json.loads(draw(layer("gru", 60, 64), ROWS[-1][1]).figure.to_json())
    assert set(spec["data"][0]["z"]) == {"dtype", "bdata", "shape"}
    assert spec["data"][0]["z"]["dtype"] == "f4"
    assert len(json.dumps(spec)) < 28_000  # 20,480 of them are the numbers


def test_what_can_not_be_drawn_is_refused() -> None:
    with pytest.raises(KiokuError, match="no quantity 'speed'"):
        heatmap(layer(), "speed", WORDS, lang="ja", theme=LOOK)
    with pytest.raises(KiokuError, match="no quantity"):
        heatmap(layer("rnn"), UNBOUNDED, WORDS, lang="ja", theme=LOOK)
    with pytest.raises(KiokuError, match="each unit from 0 to 8 − 1 once"):
        heatmap(layer(), UNBOUNDED, WORDS, lang="ja", theme=LOOK, order=(0, 1))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_legend_of_a_gate_says_what_its_ends_do(lang: str) -> None:
    legend = heatmap(layer("gru"), "update_gate", WORDS, lang=lang, theme=Theme("light")).legend
    assert [legend.low, legend.high] == [text(f"quantities.update_gate.{end}", lang) for end in ("low", "high")]
