from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import UTC, datetime

from rnn_core import progress
from rnn_core.stopwatch import Run, Seen, Stopwatch

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


def begun(watch: Stopwatch[int], steps: object, total: int) -> Run[int]:
    run = watch.start(steps, total)
    assert run is not None
    return run


def test_points_are_seen_as_they_come_and_no_second_run_begins() -> None:
    watch, steps = Stopwatch[int](), Steps(3)
    before = datetime.now(UTC)
    run = begun(watch, steps, 3)
    assert watch.start(steps, 3) is None
    steps.give()
    seen = run.seen()
    assert (seen.points[:1], seen.total, seen.running, seen.stopped) == ((0,), 3, True, False)
    assert before <= seen.moment <= datetime.now(UTC)
    steps.give()
    steps.give(last=True)
    assert run.wait(SOON)
    seen = run.seen()
    assert (seen.points, seen.running, seen.stopped, seen.left) == ((0, 1, 2), False, False, 0.0)


def test_what_a_run_found_is_its_own() -> None:
    watch = Stopwatch[int]()
    one = begun(watch, lambda: iter([7]), 1)
    assert one.wait(SOON)
    other = begun(watch, lambda: iter([8, 9]), 2)
    assert other.wait(SOON)
    assert (one.seen().points, other.seen().points) == ((7,), (8, 9))
    assert one.seen().moment <= other.seen().moment


def test_it_is_stopped_after_the_point_that_it_is_at_and_keeps_what_it_has() -> None:
    watch, steps = Stopwatch[int](), Steps(3)
    run = begun(watch, steps, 3)
    steps.give()
    run.stop()
    steps.give(last=True)
    assert run.wait(SOON)
    assert (run.seen().points, run.seen().stopped) == ((0, 1), True)
    run.stop()
    assert begun(watch, lambda: iter([1]), 1).wait(SOON)


def test_a_failure_is_told_and_does_not_block_the_next_run() -> None:
    def fails() -> Iterator[int]:
        yield 1
        raise ValueError("no clock")

    watch = Stopwatch[int]()
    run = begun(watch, fails, 5)
    assert run.wait(SOON)
    seen = run.seen()
    assert (seen.points, seen.failure, seen.stopped) == ((1,), "ValueError: no clock", False)
    assert begun(watch, lambda: iter([2]), 1).wait(SOON)


def test_what_is_left_is_reckoned_from_what_is_done() -> None:
    assert Seen(datetime.now(UTC), (1, 2), 6, running=True, seconds=4.0).left == 8.0
    assert Seen(datetime.now(UTC), (), 6, running=True, seconds=4.0).left is None


def test_it_is_stopped_within_a_point_that_tells_how_far_it_is() -> None:
    watch, told = Stopwatch[int](), threading.Event()

    def endless() -> Iterator[int]:
        yield 0
        while True:
            told.set()
            progress.report(0.5)

    run = begun(watch, endless, 2)
    assert told.wait(SOON)
    run.stop()
    assert run.wait(SOON)
    assert (run.seen().points, run.seen().stopped, run.seen().failure) == ((0,), True, "")
