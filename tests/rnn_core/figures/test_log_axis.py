from __future__ import annotations

import numpy as np
import plotly.graph_objects as go
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.figures import Theme, log_axis
from rnn_core.figures.log_axis import LogAxis

LOOK = Theme()
ODD = np.array([0.0, 1e-3, np.nan, np.inf, 2.0])
ANY = st.lists(st.floats(0) | st.sampled_from([np.nan, np.inf, 0.0]), min_size=1, max_size=20)


@given(ANY)
def test_every_value_is_on_the_axis_or_on_a_shelf(values: list[float]) -> None:
    series = np.array(values)
    axis = LogAxis.of([series])
    drawn = log_axis.drawable(series)
    lost = log_axis.lost(series)
    known = np.isfinite(drawn)
    assert (np.log10(drawn[known]) >= axis.low).all()
    assert (np.log10(drawn[known]) <= axis.high).all()
    np.testing.assert_array_equal(drawn[known], series[known])
    assert known.sum() + sum(mask.sum() for mask in lost.values()) == len(series)
    assert axis.zero == ("zero" in lost)
    assert axis.lost == bool({"nan", "plus_infinity"} & set(lost))


@given(ANY, st.sampled_from([Theme(), Theme("dark", 1.7)]))
def test_the_axes_are_plotlys_and_do_not_overlap(values: list[float], theme: Theme) -> None:
    axis = LogAxis.of([np.array(values)])
    layout = axis.layout(theme, 288, "x")
    go.Figure(layout=layout)
    domains = [layout[name]["domain"] for name in ("yaxis2", "yaxis", "yaxis3") if name in layout]
    ends = [end for domain in domains for end in domain]
    assert ends == sorted(ends)
    assert (ends[0], ends[-1]) == (0.0, 1.0)
    assert all(tick > 0 and np.isfinite(tick) for tick in layout["yaxis"]["tickvals"])
    assert len(layout["shapes"]) == axis.zero + axis.lost
    assert axis.foot == ("y2" if axis.zero else "y")


def test_the_logarithmic_part_keeps_its_height_beside_shelves() -> None:
    for series in ([1.0, 0.1], ODD):
        axis = LogAxis.of([np.array(series)])
        low, high = axis.layout(LOOK, 288, "")["yaxis"]["domain"]
        assert axis.height(LOOK, 288) * (high - low) == pytest.approx(288)


def test_given_decades_hold_and_give_way_to_values_only() -> None:
    assert [LogAxis.of([np.array(v)], (-4, 0)).low for v in ([1.0, 0.1], [1.0, 1e-7])] == [-4, -7]
    assert [LogAxis.of([np.array(v)], (-4, 0)).high for v in ([1.0, 0.1], [300.0])] == [0, 3]
    assert LogAxis.of([np.zeros(3)]).low < LogAxis.of([np.zeros(3)]).high
    assert LogAxis.of([np.full(3, 10.0)]).high == 2


def test_the_smallest_float_has_ticks_too() -> None:
    ticks = LogAxis.of([np.array([5e-324])]).layout(LOOK, 288, "")["yaxis"]["tickvals"]
    assert ticks == [1e-323]


def test_ticks_are_few_and_round() -> None:
    ticks = LogAxis.of([np.array([1e-26, 1.0])]).layout(LOOK, 288, "")["yaxis"]
    assert ticks["ticktext"] == [
        "10<sup>−25</sup>",
        "10<sup>−20</sup>",
        "10<sup>−15</sup>",
        "10<sup>−10</sup>",
        "10<sup>−5</sup>",
        "1",
    ]
    assert ticks["tickvals"] == [1e-25, 1e-20, 1e-15, 1e-10, 1e-5, 1.0]


def test_signs_stand_on_their_shelf_in_the_row_of_their_series() -> None:
    axis = LogAxis.of([ODD, ODD])
    for row in (0, 1):
        marks = axis.marks(ODD, row, "#123456", "RNN", LOOK)
        assert [(m["meta"], m["x"].tolist(), m["yaxis"]) for m in marks] == [
            ("zero", [1], "y2"),
            ("nan", [3], "y3"),
            ("plus_infinity", [4], "y3"),
        ]
        assert all(m["y"].tolist() == [1 - row] for m in marks)
        assert [m["hovertemplate"] for m in marks] == [f"RNN: {n}<extra></extra>" for n in ("0", "NaN", "∞")]
    assert axis.marks(np.ones(3), 0, "#123456", "RNN", LOOK) == []


def test_the_legend_explains_the_signs_that_occur() -> None:
    assert [m.glyph for m in log_axis.legend([np.ones(2), ODD], "en")] == ["○", "×", "▲"]
    assert [m.meaning for m in log_axis.legend([np.zeros(2)], "ja")] == ["ちょうど 0"]
    assert log_axis.legend([np.ones(2)], "en") == ()
