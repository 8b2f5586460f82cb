from __future__ import annotations

from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.figures import lines
from rnn_core.figures.theme import Theme

LOOK = Theme()


def test_nothing_is_off_the_axis() -> None:
    assert lines.span(np.array([[0.5, -3.0], [np.nan, np.inf]]), -1, 1) == (-3, 1)
    assert lines.span(np.array([4.0, 0.0]), -1, 1) == (-1, 4)
    assert lines.span(np.array([np.nan]), -1, 1) == (-1, 1)
    axis, _ = lines.value_axis(np.zeros(3), (-1.0, 2.0), LOOK)
    assert axis["range"][0] < -1
    assert axis["range"][1] > 2


def test_the_shelf_is_above_the_values_and_in_sight_only_if_needed() -> None:
    calm, shelf = lines.value_axis(np.zeros(3), (0.0, 1.0), LOOK)
    lost, same = lines.value_axis(np.array([0.0, np.nan]), (0.0, 1.0), LOOK)
    assert 1 < shelf == same < lost["range"][1]
    assert calm["range"][1] < shelf


def test_a_line_is_its_values() -> None:
    values = np.array([0.1, np.nan, 0.3], np.float32)
    made = lines.line(values, "#000000", LOOK)
    assert made["y"] is values
    assert made["x"].tolist() == [1, 2, 3]
    assert made["connectgaps"] is False
    assert "markers" in made["mode"]
    assert "markers" not in lines.line(np.zeros(60), "#000000", LOOK)["mode"]


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=12), st.floats(0.01, 0.3))
def test_names_are_pushed_apart_in_order(places: list[float], gap: float) -> None:
    made = lines.spread(places, gap, -1, 1)
    room = min(gap, 2 / max(len(places) - 1, 1))
    ordered = [made[index] for index in sorted(range(len(places)), key=lambda index: places[index])]
    assert all(b - a >= room - 1e-9 for a, b in pairwise(ordered))
    assert all(-1 - 1e-9 <= place <= 1 + 1e-9 for place in made)


def test_names_that_have_room_stay_where_they_are() -> None:
    assert lines.spread([0.5, -0.5], 0.2, -1, 1) == pytest.approx([0.5, -0.5])


def test_names_stand_at_the_right_in_the_colour_of_their_line() -> None:
    one, other = lines.names(["1", "2"], ["#111111", "#222222"], [0.0, 0.5], (-1, 1), LOOK)
    assert (one["xref"], one["x"], one["font"]["color"]) == ("paper", 1, "#111111")
    assert (one["y"], other["y"]) == (0.0, 0.5)
