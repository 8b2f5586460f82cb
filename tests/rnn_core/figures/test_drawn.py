"""The JSON of a figure is Plotly's own to the letter, and what changes a figure afterwards is seen in it."""

from __future__ import annotations

import copy

import numpy as np
import plotly.graph_objects as go
import pytest

from rnn_core.figures.drawn import Drawn
from tests.rnn_core.figures.cases import to_json

PARTS = {
    "data": [
        {"type": "bar", "y": np.float32([0.5, np.nan]), "marker": {"color": np.arange(3), "line": None}, "name": None},
        {"type": "heatmap", "z": np.zeros((2, 3)), "x": np.array([1, 70_000]), "y": np.array([1, 2**40])},
        {
            "type": "scatter",
            "x": np.array(["語", "b"]),
            "y": np.array([], np.float32),
            "customdata": [[1, "a"], [2, ""]],
        },
        {"type": "scatter", "x": np.array([200], np.uint64), "y": np.array([True]), "text": ("one",)},
    ],
    "layout": {
        "xaxis": {"range": np.array([0.5, 2.5]), "labelalias": None, "tickvals": np.int16([1, 2])},
        "shapes": [{"type": "rect", "x0": np.float32(0.5)}],
        "title": None,
        "template": {"layout": {"font": {"size": 13}}},
    },
}


def test_it_is_written_as_plotly_writes_it() -> None:
    drawn = Drawn(PARTS)
    assert to_json(drawn) == to_json(go.Figure(PARTS, _validate=False))
    assert "_data_objs" not in vars(drawn), "none of Plotly's objects was made"


def test_it_is_written_once_and_nobody_can_spoil_it() -> None:
    drawn = Drawn(PARTS)
    first, second = drawn.to_dict(), drawn.to_dict()
    assert first["layout"] is second["layout"]
    first["data"][0]["uid"] = "mine"
    assert "uid" not in second["data"][0]
    assert "uid" not in drawn.to_dict()["data"][0]


def test_what_is_asked_of_plotly_is_there() -> None:
    drawn = Drawn(PARTS)
    np.testing.assert_array_equal(drawn.data[1].z, np.zeros((2, 3)))
    assert drawn.layout.xaxis.range == (0.5, 2.5)
    assert to_json(drawn) == to_json(go.Figure(PARTS))
    assert to_json(copy.deepcopy(Drawn(PARTS))) == to_json(Drawn(PARTS))
    with pytest.raises(AttributeError):
        _ = drawn.nothing


def test_a_change_is_seen_in_what_is_written_afterwards() -> None:
    drawn = Drawn(PARTS)
    drawn.to_dict()
    drawn.update_layout(height=123)
    assert drawn.to_dict()["layout"]["height"] == drawn.parts["layout"]["height"] == 123


def test_what_it_prints_takes_nothing_from_it() -> None:
    drawn = Drawn(PARTS)
    written = to_json(drawn)
    assert repr(drawn) == repr(drawn)
    assert to_json(drawn) == written
    assert drawn.to_html(include_plotlyjs=False)


def test_a_change_after_it_was_shown_is_taken_as_plotly_takes_it() -> None:
    drawn = Drawn(PARTS)
    drawn.to_html(include_plotlyjs=False)
    drawn.update_layout(title="later", xaxis_title="words")
    written = to_json(drawn)["layout"]
    assert (written["title"], written["xaxis"]["title"]) == ({"text": "later"}, {"text": "words"})
    with pytest.raises(ValueError, match="heigth"):
        drawn.update_layout(heigth=3)
