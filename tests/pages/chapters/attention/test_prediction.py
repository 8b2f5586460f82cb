from __future__ import annotations

import pytest

from pages._chapters.attention.prediction import SHAPE, _read


@pytest.mark.parametrize("said", ["60_40_20_10_5", "0_0_0_0_0", "100_100_100_100_100"])
def test_what_the_strip_writes_is_read(said: str) -> None:
    assert SHAPE.fullmatch(said)
    assert _read(said, 5) == [int(value) for value in said.split("_")]


@pytest.mark.parametrize("said", ["", "60", "60_40_20_10", "60_40_20_10_101", "-1_0_0_0_0", "a_b_c_d_e", "１_0_0_0_0"])
def test_what_is_no_curve_is_not(said: str) -> None:
    assert _read(said, 5) is None
