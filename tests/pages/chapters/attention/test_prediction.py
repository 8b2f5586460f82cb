from __future__ import annotations

import pytest

from pages._chapters.attention.prediction import SHAPE, _read, of_length
from rnn_core.figures import Counts


@pytest.mark.parametrize("said", ["60_40_20_10_5", "0_0_0_0_0", "100_100_100_100_100"])
def test_what_the_strip_writes_is_read(said: str) -> None:
    assert SHAPE.fullmatch(said)
    assert _read(said, 5) == [int(value) for value in said.split("_")]


@pytest.mark.parametrize("said", ["", "60", "60_40_20_10", "60_40_20_10_101", "-1_0_0_0_0", "a_b_c_d_e", "１_0_0_0_0"])
def test_what_is_no_curve_is_not(said: str) -> None:
    assert _read(said, 5) is None


def test_of_a_length_each_network_has_its_own_count_where_there_is_one() -> None:
    counts = [
        Counts(name, (5, 6), right, (10, 20), style)
        for style, (name, right) in enumerate((("a", (1, 2)), ("b", (3, 4)), ("c", (5, 6))))
    ]
    assert of_length(counts, 6) == {"none": (2, 20), "additive": (4, 20), "dot": (6, 20)}
    assert of_length(counts, 7) == {}
