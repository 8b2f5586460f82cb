from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import rnn_core as rc
from rnn_core.figures import Theme, ledger, ledger_state
from rnn_core.quantities import CELLS, QUANTITIES
from tests.rnn_core import cases as modules
from tests.rnn_core.figures.cases import LOOKS, WORDS, data, layer, sound, traces, words

LOOK = Theme()
SUMS = [cell for cell in CELLS if ledger_state(cell)]


def parts(cell: str) -> list[str]:
    state = ledger_state(cell)
    return [*state.forms[cell].parts, state.key]


def test_parts_of_a_sum_are_quantities_of_the_same_cell() -> None:
    assert SUMS == ["lstm", "gru"]
    for cell in SUMS:
        assert all(cell in QUANTITIES[key].forms for key in parts(cell))


@pytest.mark.parametrize("cell", SUMS)
def test_bars_and_line_are_the_trace_itself(cell: str) -> None:
    recorded = layer(cell)
    picture = sound(ledger(recorded, 3, WORDS, lang="ja", theme=LOOK))
    drawn = traces(picture)
    assert [trace["type"] for trace in drawn] == ["bar", "bar", "scatter"]
    assert picture.figure.layout.barmode == "relative"
    for trace, key, column in zip(drawn, parts(cell), list(picture.table.values())[2:], strict=True):
        np.testing.assert_array_equal(trace["y"], recorded[key][:, 3])
        np.testing.assert_array_equal(column, recorded[key][:, 3])
    assert [mark.glyph for mark in picture.legend.marks] == ["■", "▨", "◆"]
    assert picture.legend.marks[1].color == drawn[1]["marker"]["color"] == LOOK.mark(cell)
    assert drawn[0]["marker"]["color"] != drawn[1]["marker"]["color"]
    assert drawn[0]["marker"]["pattern"]["shape"] != drawn[1]["marker"]["pattern"]["shape"]


@pytest.mark.parametrize("dtype", ["float32", "float64"])
@pytest.mark.parametrize("cell", SUMS)
def test_what_is_stacked_adds_up_to_the_state_that_is_shown(cell: str, dtype: str) -> None:
    import torch

    kind = getattr(torch, dtype)
    trace = rc.record(modules.build(cell, dtype=kind), modules.inputs(dtype=kind))
    recorded = trace.layers[0][0]
    for unit in range(modules.H):
        drawn = traces(ledger(recorded, unit, words(modules.T), lang="ja", theme=LOOK))
        stack = np.stack([trace["y"] for trace in drawn])
        ulp = np.spacing(np.abs(stack[-1]))
        assert np.all(np.abs(stack[:-1].sum(axis=0) - stack[-1]) <= 2 * ulp)


@settings(max_examples=20, deadline=None)
@given(st.integers(1, 60), st.sampled_from(SUMS), st.sampled_from(LOOKS), st.sampled_from(["ja", "en"]))
def test_any_length_is_drawn_and_all_of_it_is_on_the_axis(steps: int, cell: str, theme: Theme, lang: str) -> None:
    recorded = layer(cell, steps, 4)
    picture = sound(ledger(recorded, 1, words(steps), lang=lang, theme=theme))
    stacks = np.stack([recorded[key][:, 1] for key in parts(cell)[:-1]])
    low, high = picture.figure.layout.yaxis.range
    assert high > np.where(stacks > 0, stacks, 0).sum(0).max()
    assert low < np.where(stacks < 0, stacks, 0).sum(0).min()


def test_a_stack_that_is_higher_than_any_number_is_on_the_axis() -> None:
    kept, written, state = parts("lstm")
    values = {key: np.full((6, 1), value, np.float32) for key, value in ((kept, 3), (written, 2), (state, 1))}
    assert ledger(layer(units=1, **values), 0, WORDS, lang="ja", theme=LOOK).figure.layout.yaxis.range[1] > 5


def test_units_share_an_axis_unless_one_does_not_fit() -> None:
    recorded = layer("gru")
    ranges = {ledger(recorded, unit, WORDS, lang="ja", theme=LOOK).figure.layout.yaxis.range for unit in range(8)}
    assert len(ranges) == 1


def test_another_language_changes_words_only() -> None:
    japanese, english = (ledger(layer(), 0, WORDS, lang=lang, theme=LOOK) for lang in ("ja", "en"))
    assert [data(trace) for trace in traces(japanese)] == [data(trace) for trace in traces(english)]


def test_the_finding_says_how_the_last_state_came_about() -> None:
    kept, written, state = parts("lstm")
    one = np.zeros((6, 1), np.float32)
    values = {kept: one + 0.5, written: one.copy(), state: one + 0.25}
    values[written][2], values[written][5] = 0.75, -0.25
    said = ledger(layer(units=1, **values), 0, WORDS, lang="en", theme=LOOK).finding
    assert said == (
        "After “ね”, the cell state of unit 1 is 0.25: kept +0.50, written −0.25. Largest “written”: +0.75, at “天気”."
    )
    said = ledger(
        layer(steps=1, units=1, **{key: value[:1] for key, value in values.items()}), 0, ["a"], lang="ja", theme=LOOK
    ).finding
    assert said == "「a」のあと、ユニット 1 のセル状態は 0.25（残した分 +0.50、書き込んだ分 0）。"


def test_a_value_that_is_not_finite_has_its_sign() -> None:
    kept, *_ = parts("gru")
    values = np.zeros((6, 2), np.float32)
    values[1, 0], values[2, 0] = np.nan, np.inf
    picture = sound(ledger(layer("gru", units=2, **{kept: values}), 0, WORDS, lang="en", theme=LOOK))
    signs = [trace for trace in traces(picture) if trace.get("mode") == "markers"]
    assert {(trace["name"], *trace["x"].tolist()) for trace in signs} >= {("nan", 2), ("plus_infinity", 3)}
    assert [mark.glyph for mark in picture.legend.marks][3:] == ["×", "▲"]
    assert "NaN" in picture.finding


def test_a_cell_without_a_sum_and_a_unit_that_is_not_there_are_refused() -> None:
    with pytest.raises(rc.KiokuError, match="Choose one of: lstm, gru"):
        ledger(layer("rnn"), 0, WORDS, lang="ja", theme=LOOK)
    with pytest.raises(rc.KiokuError, match="numbered from 0 to 7"):
        ledger(layer(), 8, WORDS, lang="ja", theme=LOOK)
