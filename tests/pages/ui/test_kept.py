"""Equal arguments give the same object; anything else is made anew."""

from __future__ import annotations

import numpy as np

from pages._ui.kept import MOST, kept


def listed(*args: object, **style: object) -> list[object]:
    return [args, style]


def test_equal_arguments_give_the_very_same() -> None:
    values = np.arange(3)
    one, other = (kept(listed, values, {"rnn": values}, ("今日",), lang="ja") for _ in range(2))
    assert one is other


def test_equal_arrays_are_told_apart_by_which_they_are() -> None:
    first, second = np.arange(3), np.arange(3)
    assert kept(listed, first) is not kept(listed, second)
    assert kept(listed, {"rnn": first}) is not kept(listed, {"rnn": second})


def test_a_kept_array_cannot_be_taken_for_a_later_one() -> None:
    made = [kept(listed, np.arange(3)) for _ in range(10)]  # each would be freed, and its place taken by the next
    assert len({id(args[0][0]) for args in made}) == 10  # type: ignore[index]  # a list of tuples


def test_numbers_of_another_kind_are_other_arguments() -> None:
    assert kept(listed, 1)[0] == (1,)
    assert type(kept(listed, True)[0][0]) is bool  # type: ignore[index]  # a list of tuples
    assert type(kept(listed, 1.0)[0][0]) is float  # type: ignore[index]  # a list of tuples


def test_no_more_is_kept_than_said() -> None:
    first = kept(listed, -1)
    for number in range(MOST):
        kept(listed, number)
    assert kept(listed, -1) is not first
