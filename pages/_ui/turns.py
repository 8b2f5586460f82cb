"""Heavy computations take turns: one at a time on the whole server, first come, first served; light ones never wait.

A page's run that needs a heavy computation, or that has taken long already, waits before it computes more, and then
keeps its turn to the end of the run, the drawing of what was computed included. It waits in the reader's own thread: a
reader who changes a control or leaves drops out of the line.

Python runs one thread at a time, so whoever has the turn gives way to light runs wherever it can: where it reports how
far it is, and before each thing that it computes. It never waits for longer than it has computed.
"""

from __future__ import annotations

import threading
from collections import deque
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from statistics import fmean
from time import monotonic, thread_time
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from rnn_core import KiokuError, progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST = 100  # runs that wait; one more is refused
FREE = 0.15  # seconds of the processor's time that a run may take without a turn
LOOK_EVERY = 0.5  # seconds after which a run that waits or computes looks whether its reader is still there
FIRST = 1.0  # seconds that a turn is expected to take before any was measured
AT_LEAST, MOST_WAY = 0.005, 0.1  # seconds of computing after which a heavy run gives way, and for how long at most
RECENT = 20  # turns whose mean is expected of the next

Made = TypeVar("Made")


@dataclass(frozen=True)
class Waiting:
    """A run waits for its turn.

    Attributes:
        before: how many are before it, the one that computes now included.
        seconds: how long that may take, by the last turns.
    """

    before: int
    seconds: float


@dataclass(frozen=True)
class Working:
    """A run has its turn.

    Attributes:
        done: the share of the present computation that is done, in [0, 1].
    """

    done: float


State: TypeAlias = Waiting | Working | None
"""What a run is told: that it waits, or how far its computation is; None once there is nothing to say any more."""


class Line:
    """Who waits, in the order of coming; the first one has its turn.

    Args:
        most: how many may wait behind the one that has its turn.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most = most
        self._moved = threading.Condition()
        self._places: deque[object] = deque()
        self._took: deque[float] = deque([FIRST], maxlen=RECENT)
        self._since = 0.0

    def __len__(self) -> int:
        """How many wait, the one that has its turn included."""
        return len(self._places)

    @property
    def busy(self) -> bool:
        """Whether one has its turn."""
        return len(self) > 0

    def join(self) -> object:
        """A place at the end of the line, to be given to `leave` in any case.

        Raises:
            KiokuError: the line is full.
        """
        with self._moved:
            if len(self._places) > self._most:
                raise KiokuError("busy", waiting=self._most)
            place = object()
            self._places.append(place)
            if len(self._places) == 1:
                self._since = monotonic()
            return place

    def wait(self, place: object, seconds: float) -> Waiting:
        """How many are before this place now, or after so many seconds if it is not its turn sooner."""
        with self._moved:
            self._moved.wait_for(lambda: self._places[0] is place, seconds)
            before = self._places.index(place)
            return Waiting(before, before * fmean(self._took))

    def leave(self, place: object) -> None:
        """Give up a place, after the turn or before it."""
        with self._moved:
            if self._places[0] is place:
                self._took.append(monotonic() - self._since)
                self._since = monotonic()
            self._places.remove(place)
            self._moved.notify_all()


LINE = Line()


class Light:
    """How many runs are under way that have no turn: those that a heavy one gives way to."""

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, number: int) -> None:
        """One more, or one fewer."""
        with self._changed:
            self._count += number
            if not self._count:
                self._changed.notify_all()

    def let_pass(self, seconds: float) -> None:
        """Wait until there is none, at most so long."""
        if self._count:
            with self._changed:
                self._changed.wait_for(lambda: not self._count, seconds)


LIGHT = Light()


class _Run:
    """One run of a page: what it shows while it waits, and its place in the line if it has one."""

    def __init__(self, show: Callable[[State], None]) -> None:
        self._show = show
        self._place: object | None = None
        self._looked = 0.0
        self._begun = thread_time()
        self._gave_way = 0.0
        LIGHT.add(1)

    def take(self) -> None:
        if self._place is None:
            self._place = LINE.join()
            LIGHT.add(-1)
            while (waiting := LINE.wait(self._place, LOOK_EVERY)).before:
                self._show(waiting)
            self._gave_way = monotonic()

    def give_way(self) -> None:
        if self._place is not None and (computed := monotonic() - self._gave_way) > AT_LEAST:
            LIGHT.let_pass(min(computed, MOST_WAY))
            self._gave_way = monotonic()

    @property
    def is_long(self) -> bool:
        return self._place is None and thread_time() - self._begun > FREE

    def watch(self, done: float) -> None:
        self.give_way()
        if monotonic() - self._looked > LOOK_EVERY:
            self._looked = monotonic()
            self._show(Working(done))

    def end(self) -> None:
        if self._place is None:
            LIGHT.add(-1)
        else:
            LINE.leave(self._place)
            self._show(None)


_run: ContextVar[_Run | None] = ContextVar("kioku_run", default=None)
_light: ContextVar[bool] = ContextVar("kioku_light", default=False)


@contextmanager
def run(show: Callable[[State], None]) -> Iterator[None]:
    """One run of a page, at the end of which its turn ends.

    Args:
        show: called when there is something to show, some times a second; what it raises ends waiting or computing.
    """
    current = _Run(show)
    token = _run.set(current)
    try:
        yield
    finally:
        _run.reset(token)
        current.end()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for this run's turn; then `progress` of what is computed within is shown. Outside of a run it ends with it.

    Raises:
        KiokuError: too many wait already.
    """
    if _light.get():
        raise RuntimeError("a heavy computation within a light one: whoever waits for the light one would block it")
    current = _run.get()
    if current is None:
        with run(lambda _state: None), turn():
            yield
        return
    current.take()
    with progress.watched(current.watch):
        yield


def due() -> None:
    """Before something is computed: wait for the turn of a run that has already taken long, whatever with.

    One that has its turn gives way.

    Raises:
        KiokuError: too many wait already.
    """
    current = _run.get()
    if current is not None and not _light.get():
        if current.is_long:
            current.take()
        current.give_way()


def light(make: Callable[[], Made]) -> Made:
    """`make()`, which must not need a turn: others may wait for what it makes, and one of them may have the turn."""
    token = _light.set(True)
    try:
        return make()
    finally:
        _light.reset(token)
