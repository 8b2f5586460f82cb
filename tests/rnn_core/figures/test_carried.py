from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.figures import Theme, carried
from rnn_core.messages import LANGUAGES

GROUPS = ((0, 1, 2), (0, 1), (2,))
WORDS = ("犬", "が", "犬")
LOOK = {"of": 0, "shares": (0.8, 0.3), "lang": "en", "theme": Theme()}


def test_the_map_is_what_is_restored_and_its_finding_the_best_group_alone() -> None:
    values = np.array([[1.0, 0.2, -0.4], [1.0, 0.1, 1.3], [1.0, 0.3, 0.0]])
    picture = carried(values, GROUPS, WORDS, **LOOK)
    cells, *signs = picture.figure.data
    np.testing.assert_array_equal(cells.z, values.T.astype(np.float32))
    assert [trace.name for trace in signs] == ["above", "below"]  # beyond what colours hold
    assert picture.title == "Which state carries “犬” (no. 1)?"
    assert picture.finding == "After “が”, 130% is restored by unit 3 alone; by no group more."
    assert "80% → 30%" in picture.method
    assert list(picture.table)[-3:] == ["all", "units 1–2", "unit 3"]


@pytest.mark.parametrize("lang", LANGUAGES)
@given(st.lists(st.floats(-2, 2), min_size=9, max_size=9))
def test_every_outcome_has_a_finding(lang: str, numbers: list[float]) -> None:
    values = np.array(numbers).reshape(3, 3)
    picture = carried(values, GROUPS, WORDS, **LOOK | {"lang": lang})
    some = (np.round(values[:, 1:] / 5e-4) > 0).any()
    assert ("%" in picture.finding) == some
    assert len(picture.finding) <= (90 if lang == "en" else 60)
