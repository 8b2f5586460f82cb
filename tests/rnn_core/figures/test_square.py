"""What maps of T × T share."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, square

THEME = Theme()


def test_a_direction_moves_only_what_it_reads_later() -> None:
    np.testing.assert_array_equal(square.causal(3, 0), np.tri(3, dtype=bool))
    np.testing.assert_array_equal(square.causal(3, 1), np.tri(3, dtype=bool).T)
    assert square.causal(3, None).all()


def test_the_colour_is_the_logarithm_and_what_may_not_be_is_bare() -> None:
    part = square.cells(np.full((2, 2), 0.1), square.causal(2, 0), (-3, 1), THEME)
    np.testing.assert_allclose(part["z"], [[-1, np.nan], [-1, -1]], rtol=1e-6)
    assert (part["zmin"], part["zmax"]) == (-3, 1)


def test_a_sign_stands_on_its_cell() -> None:
    part = square.signs(np.array([[False, True], [False, False]]), "#000000", 3, "x", 1, THEME, name="zero")
    assert (part["x"].tolist(), part["y"].tolist(), part["name"]) == ([2], [1], "zero")


@pytest.mark.parametrize(("values", "said"), [([1.0], ("10⁻³", "10")), ([1e-9, 1e3], ("≤ 10⁻³", "≥ 10"))])
def test_the_ends_say_whether_something_lies_beyond(values: list[float], said: tuple[str, str]) -> None:
    assert square.ends_said(np.array(values), (-3, 1)) == said


def test_the_stairs_of_the_other_direction_are_mirrored() -> None:
    forwards, backwards = (square.staircase(2, direction, THEME)["path"] for direction in (0, 1))
    assert forwards == "M 0.5,0.5 L 1.5,0.5 L 1.5,1.5 L 2.5,1.5"
    assert backwards == "M 0.5,0.5 L 0.5,1.5 L 1.5,1.5 L 1.5,2.5"
