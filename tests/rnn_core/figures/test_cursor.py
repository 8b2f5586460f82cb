from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, influence_map, with_cursor
from rnn_core.figures.cursor import NAME
from tests.rnn_core.figures.cases import WORDS, sound


def marked(picture, kind: str) -> tuple[dict, int]:
    before = len(picture.figure.layout.shapes)
    made = sound(with_cursor(picture, 2, kind, Theme()))
    assert len(picture.figure.layout.shapes) == before, "the picture stays as it was"
    (shape,) = [shape for shape in made.figure.to_plotly_json()["layout"]["shapes"] if shape.get("name") == NAME]
    return shape


@pytest.mark.parametrize(("kind", "axis"), [("column", "x"), ("row", "y")])
def test_a_column_or_a_row_is_outlined(kind: str, axis: str) -> None:
    made = influence_map("rnn", np.tri(6), WORDS, lang="ja", theme=Theme())
    shape = marked(made, kind)
    assert (shape[f"{axis}0"], shape[f"{axis}1"]) == (2.5, 3.5)
    assert shape["type"] == "rect"
