"""A queue of threads: first come, first served, one at a time."""

from __future__ import annotations

import threading
from collections import deque
from dataclasses import dataclass
from statistics import fmean
from time import monotonic

from rnn_core import KiokuError

FIRST = 1.0  # seconds that a turn is expected to take before any was measured
RECENT = 20  # turns whose mean is expected of the next


@dataclass(frozen=True)
class Waiting:
    """A run waits for its turn.

    Attributes:
        before: how many are before it, the one that computes now included.
        seconds: how long that may take, by the last turns.
    """

    before: int
    seconds: float


class Line:
    """Who waits, in the order of coming; the first one has its turn.

    Args:
        most: how many may wait behind the one that has its turn.
    """

    def __init__(self, most: int) -> None:
        self._most = most
        self._lock = threading.Lock()
        self._places: deque[threading.Event] = deque()  # each is set when its turn has come
        self._empty = threading.Event()
        self._empty.set()
        self._took: deque[float] = deque([FIRST], maxlen=RECENT)
        self._since = 0.0

    def __len__(self) -> int:
        """How many wait, the one that has its turn included."""
        return len(self._places)

    @property
    def busy(self) -> bool:
        """Whether one has its turn."""
        return len(self) > 0

    def join(self) -> threading.Event:
        """A place at the end of the line, to be given to `leave` in any case.

        Raises:
            KiokuError: the line is full.
        """
        with self._lock:
            if len(self._places) > self._most:
                raise KiokuError("busy", waiting=self._most)
            place = threading.Event()
            self._places.append(place)
            self._empty.clear()
            if len(self._places) == 1:
                self._begin()
            return place

    def wait(self, place: threading.Event, seconds: float) -> Waiting:
        """How many are before this place now, or after so many seconds if it is not its turn sooner."""
        place.wait(seconds)
        with self._lock:
            before = self._places.index(place)
            return Waiting(before, before * fmean(self._took))

    def leave(self, place: threading.Event) -> None:
        """Give up a place, after the turn or before it."""
        with self._lock:
            was_first = self._places[0] is place
            self._places.remove(place)
            if was_first:
                self._took.append(monotonic() - self._since)
                if self._places:
                    self._begin()
                else:
                    self._empty.set()

    def let_pass(self, seconds: float) -> None:
        """Wait until nobody is there, at most so long."""
        self._empty.wait(seconds)

    def _begin(self) -> None:
        self._since = monotonic()
        self._places[0].set()
