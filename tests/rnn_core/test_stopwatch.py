from __future__ import annotations

import threading
from collections.abc import Iterator

from rnn_core.stopwatch import Seen, Stopwatch

SOON = 10.0  # seconds that a thread may take to do what it does at once


class Steps:
    """A measurement that gives its next point when it is told to."""

    def __init__(self, total: int) -> None:
        self.total = total
        self.go, self.came = threading.Semaphore(0), threading.Semaphore(0)

    def __call__(self) -> Iterator[int]:
        for point in range(self.total):
            assert self.go.acquire(timeout=SOON)
            yield point
            self.came.release()

    def give(self, *, last: bool = False) -> None:
        self.go.release()
        if not last:
            assert self.came.acquire(timeout=SOON)


def test_before_the_first_run_there_is_nothing_to_see() -> None:
    seen = Stopwatch[int]().seen()
    assert seen == Seen()
    assert seen.left is None


def test_points_are_seen_as_they_come_and_no_second_run_begins() -> None:
    watch, steps = Stopwatch[int](), Steps(3)
    assert watch.start(steps, 3) == 1
    assert watch.start(steps, 3) is None
    steps.give()
    seen = watch.seen()
    assert (seen.run, seen.points[:1], seen.total, seen.running, seen.stopped) == (1, (0,), 3, True, False)
    steps.give()
    steps.give(last=True)
    assert watch.wait(SOON)
    seen = watch.seen()
    assert (seen.points, seen.running, seen.stopped, seen.left) == ((0, 1, 2), False, False, 0.0)
    assert watch.start(lambda: iter([7]), 1) == 2
    assert watch.wait(SOON)
    assert watch.seen().points == (7,)


def test_it_is_stopped_after_the_point_that_it_is_at_and_keeps_what_it_has() -> None:
    watch, steps = Stopwatch[int](), Steps(3)
    run = watch.start(steps, 3)
    assert run is not None
    steps.give()
    watch.stop(run + 1)  # not this one
    steps.give()
    watch.stop(run)
    steps.give(last=True)
    assert watch.wait(SOON)
    steps, before = Steps(3), watch.seen()
    assert (before.points, before.running) == ((0, 1, 2), False)
    run = watch.start(steps, 3)
    watch.stop(run or 0)
    steps.give(last=True)
    assert watch.wait(SOON)
    assert (watch.seen().points, watch.seen().stopped) == ((0,), True)


def test_a_failure_is_told_and_does_not_block_the_next_run() -> None:
    def fails() -> Iterator[int]:
        yield 1
        raise ValueError("no clock")

    watch = Stopwatch[int]()
    watch.start(fails, 5)
    assert watch.wait(SOON)
    seen = watch.seen()
    assert (seen.points, seen.failure, seen.stopped) == ((1,), "ValueError: no clock", False)
    assert watch.start(lambda: iter([2]), 1) == 2


def test_what_is_left_is_reckoned_from_what_is_done() -> None:
    assert Seen(1, (1, 2), 6, running=True, seconds=4.0).left == 8.0
