"""One measurement at a time, in the background, that whoever began it may watch.

Two at once would slow each other down, and what they measured would be each other.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from datetime import UTC, datetime
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

from rnn_core import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Found = TypeVar("Found")


@dataclass(frozen=True)
class Seen(Generic[Found]):
    """How far a measurement is.

    Attributes:
        moment: when it began.
        points: what has been measured.
        total: how many points there will be.
        running: whether it goes on.
        seconds: how long it has taken.
        failure: what it failed of, "" for nothing.
    """

    moment: datetime
    points: tuple[Found, ...] = ()
    total: int = 0
    running: bool = False
    seconds: float = 0.0
    failure: str = ""

    @property
    def stopped(self) -> bool:
        """Whether it was stopped before its end."""
        return not self.running and len(self.points) < self.total and not self.failure

    @property
    def left(self) -> float | None:
        """About how many seconds are left, if the rest takes as long a point as what is done; None before the first."""
        if not self.points:
            return None
        return self.seconds / len(self.points) * (self.total - len(self.points))


class _StoppedError(Exception):
    """Whoever began it wants no more of it."""


class Run(Generic[Found]):
    """A measurement that has begun. What it finds is with whoever keeps it, and nowhere else."""

    def __init__(self, points: Callable[[], Iterator[Found]], total: int) -> None:
        self._make, self._total = points, total
        self._moment, self._begun, self._ended = datetime.now(UTC), monotonic(), 0.0
        self._points: list[Found] = []
        self._failure = ""
        self._stop, self._done = threading.Event(), threading.Event()
        threading.Thread(target=self._measure, daemon=True).start()

    def stop(self) -> None:
        """Let it end, where the point that it is at tells how far it is, and after that point at the latest."""
        self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until it has ended, at most so long; whether it has."""
        return self._done.wait(seconds)

    def seen(self) -> Seen[Found]:
        """How far it is now."""
        running = not self._done.is_set()
        return Seen(
            self._moment,
            tuple(self._points),
            self._total,
            running,
            (monotonic() if running else self._ended) - self._begun,
            self._failure,
        )

    def _look(self, _done: float) -> None:
        if self._stop.is_set():
            raise _StoppedError

    def _measure(self) -> None:
        try:
            with progress.watched(self._look):
                for point in self._make():
                    self._points.append(point)
                    self._look(1.0)
        except _StoppedError:
            pass
        except Exception as error:  # in a thread nobody else would hear of it
            self._failure = f"{type(error).__name__}: {error}"
        finally:
            self._ended = monotonic()
            self._done.set()


class Stopwatch(Generic[Found]):
    """Runs one measurement at a time.

    Example:
        >>> watch = Stopwatch()
        >>> run = watch.start(lambda: iter([0.1, 0.2]), 2)
        >>> run.wait(), run.seen().points, run.seen().running
        (True, (0.1, 0.2), False)
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._now: Run[Found] | None = None

    def start(self, points: Callable[[], Iterator[Found]], total: int) -> Run[Found] | None:
        """Begin to measure; None, and nothing happens, while another measurement goes on.

        Args:
            points: makes the measurement; it is asked for one point after the other.
            total: how many points it will give.
        """
        with self._lock:
            if self._now is not None and not self._now.wait(0):
                return None
            self._now = Run(points, total)
            return self._now
