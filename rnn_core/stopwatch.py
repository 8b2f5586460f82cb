"""One measurement at a time, in the background, that everybody may watch.

Two at once would slow each other down, and what they measured would be each other.
"""

from __future__ import annotations

import threading
from dataclasses import dataclass
from time import monotonic
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Found = TypeVar("Found")


@dataclass(frozen=True)
class Seen(Generic[Found]):
    """How far a measurement is.

    Attributes:
        run: its number, from 1; 0 before the first.
        points: what has been measured.
        total: how many points there will be.
        running: whether it goes on.
        stopped: whether it was stopped before its end.
        seconds: how long it has taken.
        failure: what it failed of, "" for nothing.
    """

    run: int = 0
    points: tuple[Found, ...] = ()
    total: int = 0
    running: bool = False
    stopped: bool = False
    seconds: float = 0.0
    failure: str = ""

    @property
    def left(self) -> float | None:
        """About how many seconds are left, if the rest takes as long a point as what is done; None before the first."""
        if not self.points:
            return None
        return self.seconds / len(self.points) * (self.total - len(self.points))


class Stopwatch(Generic[Found]):
    """Runs one measurement at a time.

    Example:
        >>> watch = Stopwatch()
        >>> watch.start(lambda: iter([0.1, 0.2]), 2), watch.wait()
        (1, True)
        >>> watch.seen().points, watch.seen().running
        ((0.1, 0.2), False)
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._run, self._total, self._begun, self._ended = 0, 0, 0.0, 0.0
        self._points: list[Found] = []
        self._failure = ""
        self._stop, self._done = threading.Event(), threading.Event()
        self._done.set()

    def start(self, points: Callable[[], Iterator[Found]], total: int) -> int | None:
        """Begin to measure, and give the number of the run; None, and nothing happens, while another one goes on.

        Args:
            points: makes the measurement; it is asked for one point after the other.
            total: how many points it will give.
        """
        with self._lock:
            if not self._done.is_set():
                return None
            self._run, self._total, self._begun = self._run + 1, total, monotonic()
            self._points, self._failure = [], ""
            self._stop, self._done = threading.Event(), threading.Event()
            threading.Thread(target=self._measure, args=(points,), daemon=True).start()
            return self._run

    def stop(self, run: int) -> None:
        """Let run number `run` end after the point that it is at; nothing happens if it has ended."""
        with self._lock:
            if run == self._run:
                self._stop.set()

    def wait(self, seconds: float | None = None) -> bool:
        """Wait until the measurement has ended, at most so long; whether it has."""
        return self._done.wait(seconds)

    def seen(self) -> Seen[Found]:
        """How far it is now."""
        with self._lock:
            running = not self._done.is_set()
            points = tuple(self._points)
            return Seen(
                self._run,
                points,
                self._total,
                running,
                stopped=not running and self._run > 0 and len(points) < self._total and not self._failure,
                seconds=(monotonic() if running else self._ended) - self._begun,
                failure=self._failure,
            )

    def _measure(self, points: Callable[[], Iterator[Found]]) -> None:
        stop, done = self._stop, self._done
        try:
            for point in points():
                self._points.append(point)
                if stop.is_set():
                    break
        except Exception as error:  # in a thread nobody else would hear of it
            self._failure = f"{type(error).__name__}: {error}"
        finally:
            self._ended = monotonic()
            done.set()
