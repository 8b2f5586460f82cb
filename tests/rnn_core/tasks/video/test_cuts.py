from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis.strategies import floats, lists

from rnn_core.tasks.video.cuts import LEAST, Cuts, find_cuts


def test_a_cut_stands_above_its_neighbours() -> None:
    errors = np.full(40, 0.004)
    errors[[10, 30]] = 0.1
    assert np.flatnonzero(find_cuts(errors)).tolist() == [10, 30]
    assert not find_cuts(errors[errors < 0.1]).any()
    assert not find_cuts(np.r_[np.zeros(9), LEAST / 2, np.zeros(9)]).any()


@given(lists(floats(0, 1), max_size=30))
def test_any_errors_are_judged_and_the_parts_are_whole(values: list[float]) -> None:
    errors = np.array(values)
    cuts = Cuts.compare(errors, errors)
    assert cuts.found == tuple(np.flatnonzero(find_cuts(errors)))
    assert cuts.missed == cuts.beside == ()


def test_what_only_one_marks_is_told_apart() -> None:
    one, other = np.full(30, 0.001), np.full(30, 0.001)
    one[[5, 20]], other[[5, 12]] = 0.5, 0.5
    assert Cuts.compare(one, other) == Cuts((5,), (20,), (12,))
