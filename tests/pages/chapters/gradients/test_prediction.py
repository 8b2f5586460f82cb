from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.gradients.prediction import MOST, SHAPE, places, spread


@given(st.integers(1, 199))
def test_the_handles_run_from_the_first_word_to_the_loss(at: int) -> None:
    found = places(at)
    assert (found[0], found[-1]) == (0, at)
    assert len(set(found)) == len(found) == min(MOST, at + 1)


@given(st.lists(st.floats(-200, 200), min_size=1, max_size=11), st.integers(1, 60), st.integers(0, 9))
def test_the_curve_goes_through_its_points_and_ends_at_the_loss(drawn: list[float], at: int, after: int) -> None:
    curve = spread([*drawn, 0.0], at + 1 + after, at)
    assert curve[at] == 1
    assert np.log10(curve[0]) == pytest.approx(drawn[0], abs=1e-9)
    assert np.isnan(curve[at + 1 :]).all()
    assert (curve[: at + 1] > 0).all()


def test_what_no_number_can_hold_is_drawn_at_its_end() -> None:
    assert np.isfinite(spread([-999.0, 999.0, 0.0], 3, 2)).all()


@pytest.mark.parametrize("said", ["-1", "-16.5_-3", "_".join(["0"] * 12)])
def test_what_the_strip_writes_is_read(said: str) -> None:
    assert SHAPE.fullmatch(said)


@pytest.mark.parametrize("said", ["", "abc", "1_", "_1", "nan", "1e3", "--1", "１", "_".join(["0"] * 13), "1" * 4])
def test_what_is_no_curve_is_not(said: str) -> None:
    assert not SHAPE.fullmatch(said)
