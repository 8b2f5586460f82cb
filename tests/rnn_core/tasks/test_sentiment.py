from __future__ import annotations

import pytest

import rnn_core as rc
from rnn_core.statistics.intervals import Z
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import FEELINGS, HIDDEN, SHIPPED, Count, SentimentSpec, learned, split


def test_one_direction_and_two_learn_as_much() -> None:
    one, two = (learned(directions, hidden) for directions, hidden in HIDDEN.items())
    assert two == pytest.approx(one, rel=0.001)


def test_nothing_held_out_is_learned() -> None:
    part, whole = split(), smalltalk.split()
    assert part.test == whole.test
    assert set(part.train) < set(whole.train)
    combinations = {example.combination for example in part.train}
    assert not combinations & {example.combination for example in part.test}
    assert {example.sentiment for example in part.train} == set(FEELINGS)


def test_a_spec_has_the_size_of_its_directions_and_a_name_of_its_own() -> None:
    assert [spec.hidden for spec in SHIPPED] == [HIDDEN[spec.directions] for spec in SHIPPED]
    assert len({spec.name for spec in SHIPPED}) == len({spec.id for spec in SHIPPED}) == 4
    assert SentimentSpec(asked="word", directions=2, hidden=5).hidden == 5
    assert SentimentSpec(asked="word", directions=2) == SentimentSpec(asked="word", directions=2, hidden=HIDDEN[2])


@pytest.mark.parametrize(
    "given", [{"directions": 3}, {"asked": "never"}, {"seed": -1}, {"hidden": 10_000}, {"size": 1}]
)
def test_what_there_is_not_is_refused(given: dict[str, object]) -> None:
    with pytest.raises(rc.KiokuError) as error:
        SentimentSpec(**{"asked": "word", "directions": 1} | given)
    assert error.value.code == "bad_spec"


@pytest.mark.parametrize(("right", "of"), [(0, 10), (10, 10), (7, 10), (1690, 1754)])
def test_an_interval_holds_the_shares_that_the_count_does_not_rule_out(right: int, of: int) -> None:
    """Its ends solve |p̂ − p| = z √(p(1 − p)/n)."""
    low, high = Count(right, of).interval
    assert 0 <= low <= right / of <= high <= 1
    for end in (low, high):
        if 1e-9 < end < 1 - 1e-9:
            assert abs(right / of - end) == pytest.approx(Z * (end * (1 - end) / of) ** 0.5, rel=1e-6)
