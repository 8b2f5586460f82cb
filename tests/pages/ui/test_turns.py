"""Heavy computations take turns: one at a time, in the order of coming, and whoever leaves holds nobody up."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from time import monotonic, sleep, thread_time

import pytest

from pages._ui import turns
from pages._ui.line import FIRST, Line, Waiting
from pages._ui.turns import Working
from rnn_core import KiokuError, progress


@pytest.fixture(autouse=True)
def line(monkeypatch: pytest.MonkeyPatch) -> Line:
    fresh = Line(most=3)
    monkeypatch.setattr(turns, "LINE", fresh)
    monkeypatch.setattr(turns, "LIGHT", Line(most=9))
    monkeypatch.setattr(turns, "LOOK_EVERY", 0.01)
    return fresh


class Left(BaseException):
    """What Streamlit raises where a run is to end."""


def test_one_computes_at_a_time_and_the_first_to_come_is_first(line: Line) -> None:
    inside, order, first = [], [], line.join()

    def ask(number: int) -> None:
        with turns.run(lambda _state: None), turns.turn():
            inside.append(number)
            assert inside == [number]
            order.append(number)
            sleep(0.02)
            inside.clear()

    with ThreadPoolExecutor(3) as pool:
        asked = []
        for number in range(3):
            asked.append(pool.submit(ask, number))
            while len(line) < number + 2:
                sleep(0.001)
        line.leave(first)
        for one in asked:
            one.result()
    assert order == [0, 1, 2]


def test_a_run_keeps_its_turn_to_its_end_and_gives_it_up_there(line: Line) -> None:
    with turns.run(lambda _state: None):
        assert not line.busy
        for _ in range(2):
            with turns.turn():
                pass
            assert line.busy
    assert not line.busy


def test_outside_of_a_run_a_turn_ends_with_its_block(line: Line) -> None:
    with turns.turn():
        assert line.busy
        with turns.turn():
            assert len(line) == 1
    assert not line.busy


def test_who_waits_is_told_how_many_are_before_and_about_how_long() -> None:
    told: list[turns.State] = []
    first = turns.LINE.join()
    with ThreadPoolExecutor(1) as pool:

        def ask() -> None:
            with turns.run(told.append), turns.turn():
                progress.report(0.5)

        waits = pool.submit(ask)
        while len(told) < 3:
            sleep(0.001)
        turns.LINE.leave(first)
        waits.result()
    assert told[0] == Waiting(1, FIRST)
    assert told[-1] is None
    assert Working(0.5) in told


@pytest.mark.parametrize("when", ["waiting", "computing"])
def test_a_reader_who_leaves_holds_nobody_up(line: Line, when: str) -> None:
    first = line.join() if when == "waiting" else None

    def gone(state: turns.State) -> None:
        if state is not None:
            raise Left

    def ask() -> None:
        with turns.run(gone), turns.turn():
            sleep(0.02)
            progress.report(0.1)

    with pytest.raises(Left):
        ask()
    assert len(line) == (when == "waiting")
    if first is not None:
        line.leave(first)
    with turns.turn():
        assert line.busy


def test_the_line_has_an_end(line: Line) -> None:
    places = [line.join() for _ in range(4)]
    with pytest.raises(KiokuError) as caught, turns.run(lambda _state: None), turns.turn():
        pass
    assert (caught.value.code, caught.value.values["waiting"]) == ("busy", 3)
    for place in reversed(places):
        line.leave(place)
    assert not line.busy


@pytest.mark.parametrize("where", ["in a loop", "before the next thing"])
def test_who_has_the_turn_gives_way_to_light_runs(where: str) -> None:
    order: list[str] = []
    has_turn, begun, heavy_at_it = threading.Event(), threading.Event(), threading.Event()

    def light() -> None:
        has_turn.wait(5)
        with turns.run(lambda _state: None):
            begun.set()
            heavy_at_it.wait(5)
            sleep(0.02)
            order.append("light")

    def heavy() -> None:
        with turns.run(lambda _state: None), turns.turn():
            has_turn.set()
            begun.wait(5)
            burn(0.1)
            heavy_at_it.set()
            progress.report(0.5) if where == "in a loop" else turns.due()
            order.append("heavy")

    with ThreadPoolExecutor(2) as pool:
        for one in [pool.submit(light), pool.submit(heavy)]:
            one.result()
    assert order == ["light", "heavy"]
    assert not len(turns.LIGHT)


def test_nobody_gives_way_for_longer_than_they_have_computed_nor_when_they_are_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0)
    place = turns.LIGHT.join()  # a light run that has no end
    with ThreadPoolExecutor(1) as pool:

        def heavy() -> float:
            with turns.run(lambda _state: None), turns.turn():
                sleep(0.03)
                begun = monotonic()
                progress.report(0.5)
                progress.report(0.6)  # at once: nothing was computed in between
                return monotonic() - begun

        assert pool.submit(heavy).result() < 0.08
    turns.LIGHT.leave(place)
    begun = monotonic()
    with turns.run(lambda _state: None), turns.turn():
        sleep(0.03)
        progress.report(0.5)
    assert monotonic() - begun < 0.06


def test_whoever_takes_a_turn_is_light_no_more_also_where_that_fails(line: Line) -> None:
    with turns.run(lambda _state: None):
        assert len(turns.LIGHT) == 1
        with turns.turn():
            assert len(turns.LIGHT) == 0
    places = [line.join() for _ in range(4)]
    with pytest.raises(KiokuError), turns.run(lambda _state: None), turns.turn():
        pass
    assert len(turns.LIGHT) == 0
    for place in reversed(places):
        line.leave(place)


def test_an_error_gives_up_the_turn(line: Line) -> None:
    with pytest.raises(ZeroDivisionError), turns.run(lambda _state: None), turns.turn():
        _ = 1 / 0
    assert not line.busy


def burn(seconds: float) -> None:
    begun = thread_time()
    while thread_time() - begun < seconds:
        pass


def test_a_run_that_has_taken_long_waits_before_it_computes_more(line: Line) -> None:
    with turns.run(lambda _state: None):
        turns.due()
        assert not line.busy
        burn(turns.FREE * 1.1)
        turns.light(turns.due)  # others may wait for what is computed
        assert not line.busy
        turns.due()
        assert line.busy
        turns.due()
        assert len(line) == 1
    assert not line.busy
    with turns.run(lambda _state: None):
        turns.due()
        assert not line.busy  # another run begins anew


def test_nobody_watches_outside_of_a_turn() -> None:
    told: list[turns.State] = []
    with turns.run(told.append):
        progress.report(0.5)
    assert told == []


def test_light_runs_go_on_one_after_the_other_in_the_order_of_coming() -> None:
    inside, order, first = [], [], turns.LIGHT.join()

    def ask(number: int) -> None:
        with turns.one_by_one(), turns.run(lambda _state: None):
            inside.append(number)
            sleep(0.01)
            assert inside == [number]
            order.append(number)
            inside.clear()

    with ThreadPoolExecutor(4) as pool:
        asked = []
        for number in range(4):
            asked.append(pool.submit(ask, number))
            while len(turns.LIGHT) < number + 2:
                sleep(0.001)
        assert not order
        turns.LIGHT.leave(first)
        for one in asked:
            one.result()
    assert order == [0, 1, 2, 3]
    assert not turns.LIGHT.busy


def test_nobody_waits_longer_than_patience_for_light_runs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 0.05)
    stuck, begun = turns.LIGHT.join(), monotonic()
    with turns.one_by_one():
        assert 0.04 < monotonic() - begun < 0.5
        assert len(turns.LIGHT) == 2
    turns.LIGHT.leave(stuck)
    assert not turns.LIGHT.busy


def test_a_run_that_waits_for_something_lets_the_next_one_through_and_lines_up_again(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60)
    other = threading.Event()

    def light() -> None:
        with turns.one_by_one():
            other.set()

    with ThreadPoolExecutor(1) as pool, turns.one_by_one():
        asked = pool.submit(light)
        with turns.aside():
            assert other.wait(5)
        asked.result(5)
        assert len(turns.LIGHT) == 1
        with suppress(Left), turns.aside():
            raise Left
        assert not turns.LIGHT.busy  # this run ends, and lines up no more
        with turns.aside():
            pass
        assert not turns.LIGHT.busy
    with turns.aside():  # outside of a run
        assert not turns.LIGHT.busy


def test_whoever_waits_for_its_turn_lets_light_runs_through(line: Line, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60)
    first, waits = line.join(), threading.Event()

    def heavy() -> None:
        with turns.run(lambda _state: waits.set()), turns.turn():
            pass

    with ThreadPoolExecutor(1) as pool:
        asked = pool.submit(heavy)
        assert waits.wait(5)
        with turns.one_by_one():
            assert not asked.done()
        line.leave(first)
        asked.result(5)
