from __future__ import annotations

import numpy as np
import plotly.graph_objects as go

from rnn_core.figures import Theme, size_map
from rnn_core.figures.words import Words
from tests.rnn_core.figures.cases import unpacked, words

VALUES = np.array([[0.0, 1e-9, 0.1], [np.nan, 10.0, 1.0]])


def draw(values: np.ndarray = VALUES) -> dict:
    sentence, mark = Words(words(values.shape[1]), (), "ja"), size_map.signs(np.isnan(values), "x", Theme())
    drawn = size_map.draw(values, (-3, 0), ["a", "b"], sentence, Theme(), row=30, beside=100, over=[mark])
    go.Figure(drawn.to_plotly_json())  # raises if a name or a value is wrong
    return unpacked({"data": dict(enumerate(drawn.to_plotly_json()["data"]))})["data"]


def test_a_tile_is_the_logarithm_not_below_the_scale_and_carries_the_number_itself() -> None:
    cells = draw()[0]
    np.testing.assert_array_equal(cells["z"], [[np.nan, -3, -1], [np.nan, 1, 0]])
    np.testing.assert_array_equal(cells["customdata"], VALUES)
    assert (cells["zmin"], cells["zmax"]) == (-3, 0)


def test_exactly_nothing_is_a_ring_and_what_lies_over_the_map_comes_last() -> None:
    _, rings, crosses = draw().values()
    for found, place, symbol in ((rings, (1, 0), "circle-open"), (crosses, (1, 1), "x")):
        assert list(zip(found["x"].tolist(), found["y"].tolist(), strict=True)) == [place]
        assert found["marker"]["symbol"] == symbol


def test_many_words_have_thin_gaps_and_small_signs() -> None:
    few, many = draw(), draw(np.zeros((2, size_map.MANY + 1)))
    assert few[0]["xgap"] > many[0]["xgap"]
    assert few[1]["marker"]["size"] > many[1]["marker"]["size"]
