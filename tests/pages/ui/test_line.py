"""A line has an order and an end, and whoever leaves it holds nobody up."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from time import monotonic, sleep

import pytest

from pages._ui.line import RECENT, Line, Waiting
from rnn_core import KiokuError


def test_the_first_has_its_turn_and_gives_it_to_the_next() -> None:
    line = Line(most=9)
    first, second, third = (line.join() for _ in range(3))
    assert [line.wait(place, 0).before for place in (first, second, third)] == [0, 1, 2]
    line.leave(second)
    assert line.wait(third, 0).before == 1
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(line.wait, third, 9)
        assert not waits.done()
        line.leave(first)
        assert waits.result(5) == Waiting(0, 0)
    line.leave(third)
    assert not line.busy
    assert line.wait(line.join(), 9).before == 0


def test_it_has_an_end() -> None:
    line = Line(most=1)
    places = [line.join(), line.join()]
    with pytest.raises(KiokuError) as caught:
        line.join()
    assert (caught.value.code, caught.value.values["waiting"]) == ("busy", 1)
    line.leave(places[1])
    assert line.join()


def test_what_a_turn_takes_is_expected_of_the_next() -> None:
    line = Line(most=9)
    for _ in range(RECENT):
        place = line.join()
        sleep(0.001)
        line.leave(place)
    place = line.join()
    other = line.join()
    assert 0 < line.wait(other, 0).seconds < 0.5
    begun = monotonic()
    line.wait(other, 0.05)
    assert monotonic() - begun > 0.04
    line.leave(place)
    assert line.wait(other, 9) == Waiting(0, 0)


def test_one_can_wait_until_nobody_is_there() -> None:
    line = Line(most=9)
    line.let_pass(9)
    places, begun = [line.join(), line.join()], monotonic()
    line.let_pass(0.05)
    assert monotonic() - begun > 0.04
    with ThreadPoolExecutor(1) as pool:
        waits = pool.submit(line.let_pass, 9)
        line.leave(places[0])
        sleep(0.02)
        assert not waits.done()
        line.leave(places[1])
        waits.result(5)
