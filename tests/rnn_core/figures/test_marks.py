from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures.marks import SIGNS, Outliers, legend, on_shelf
from rnn_core.figures.theme import Theme, contrast

VALUES = np.array([[np.nan, 0.0], [np.inf, 0.5], [-np.inf, 2.0], [-2.0, 1.0]])
OUT = Outliers.of(VALUES, -1, 1)


def test_each_kind_is_found_where_it_is() -> None:
    places = {kind: list(zip(*np.nonzero(mask), strict=True)) for kind, mask in OUT.masks.items()}
    assert places == {
        "nan": [(0, 0)],
        "plus_infinity": [(1, 0)],
        "minus_infinity": [(2, 0)],
        "above": [(2, 1)],
        "below": [(3, 0)],
    }


def test_the_ends_of_a_scale_are_on_it() -> None:
    assert Outliers.of(np.array([[-1.0, 1.0]]), -1, 1).masks == {}
    assert Outliers({}).said("ja") == ""


@pytest.mark.parametrize("mode", ["light", "dark"])
@pytest.mark.parametrize("scale", ["signed", "share"])
def test_signs_stand_on_their_cells_and_read_there(scale: str, mode: str) -> None:
    theme = Theme(mode)
    signs = OUT.traces(theme, scale, 8)
    assert [(trace["x"].tolist(), trace["y"].tolist()) for trace in signs] == [
        ([1], [0]),
        ([2], [0]),
        ([3], [0]),
        ([3], [1]),
        ([4], [0]),
    ]
    assert len({trace["marker"]["symbol"] for trace in signs}) == len(signs)
    for trace in signs:
        end = SIGNS[trace["name"]][2]
        ground = theme["bg"] if end is None else theme.at(scale, end)
        assert contrast(trace["marker"]["color"], ground) >= 4.5


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_legend_explains_what_occurs_and_nothing_else(lang: str) -> None:
    made = legend("<i>c</i>", "signed", (-1.5, 1.5), OUT, lang)
    assert (made.low, made.high) == ("≤ −1.5", "≥ 1.5")
    assert [mark.glyph for mark in made.marks] == ["×", "▲", "▼", "△", "▽"]
    calm = legend("<i>c</i>", "signed", (-1, 1), Outliers({}), lang)
    assert (calm.low, calm.high, calm.marks) == ("−1", "1", ())


def test_a_gap_of_a_line_has_its_sign_on_the_shelf() -> None:
    values = np.array([0.0, np.nan, np.inf, -np.inf])
    signs = on_shelf(values, 3.0, "#000000", Theme())
    assert [(trace["name"], trace["x"].tolist(), trace["y"].tolist()) for trace in signs] == [
        ("nan", [2], [3.0]),
        ("plus_infinity", [3], [3.0]),
        ("minus_infinity", [4], [3.0]),
    ]
    assert on_shelf(np.array([1e30]), 3.0, "#000000", Theme()) == []
