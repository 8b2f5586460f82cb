"""Who computes when: light runs one after the other, heavy computations one at a time on the whole server.

Python runs one thread at a time. Where a hundred readers' runs all go on at once, each waits for the others dozens of
times on its way, all are late and the processor idles between them; one after the other, most are through at once. So
a run that has begun is let through to its end before the next, first come, first served, but for nobody does it wait
longer than `PATIENCE`, and while it waits for something itself the next one is let through (`aside`).

A run that needs a heavy computation, or that has taken long already, leaves that line for another: it waits for its
turn before it computes more, and then keeps it to the end of the run, the drawing of what was computed included. It
waits in the reader's own thread: a reader who changes a control or leaves drops out of the line.

Whoever has the turn gives way to light runs wherever it can: where it reports how far it is, and before each thing that
it computes. It never waits for longer than it has computed.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from time import monotonic, thread_time
from typing import TYPE_CHECKING, TypeAlias, TypeVar

from pages._ui.line import Line, Waiting
from rnn_core import progress

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

MOST = 100  # runs that wait for their turn; one more is refused
MOST_LIGHT = 1000  # light runs that are under way
PATIENCE = 1.0  # seconds that a light run waits for those before it
FREE = 0.15  # seconds of the processor's time that a run may take without a turn
LOOK_EVERY = 0.5  # seconds after which a run that waits or computes looks whether its reader is still there
AT_LEAST, MOST_WAY = 0.005, 0.1  # seconds of computing after which a heavy run gives way, and for how long at most

Made = TypeVar("Made")


@dataclass(frozen=True)
class Working:
    """A run has its turn.

    Attributes:
        done: the share of the present computation that is done, in [0, 1].
    """

    done: float


State: TypeAlias = Waiting | Working | None
"""What a run is told: that it waits, or how far its computation is; None once there is nothing to say any more."""


LINE = Line(MOST)
LIGHT = Line(MOST_LIGHT)


class _Place:
    """The place of a light run in their line, for as long as it has one."""

    def __init__(self) -> None:
        self._place: threading.Event | None = None

    def enter(self) -> None:
        self._place = LIGHT.join()
        LIGHT.wait(self._place, PATIENCE)

    def leave(self) -> bool:
        """Give it up; whether there was one."""
        place, self._place = self._place, None
        if place is not None:
            LIGHT.leave(place)
        return place is not None


_among_light: ContextVar[_Place | None] = ContextVar("kioku_place", default=None)


@contextmanager
def one_by_one() -> Iterator[None]:
    """Wait for the light runs before this one; within such a block there is nothing to wait for.

    Raises:
        KiokuError: too many wait already.
    """
    if _among_light.get() is not None:
        yield
        return
    place = _Place()
    token = _among_light.set(place)
    try:
        place.enter()
        yield
    finally:
        _among_light.reset(token)
        place.leave()


@contextmanager
def aside() -> Iterator[None]:
    """Around what waits for others without computing: the next light run is let through meanwhile."""
    place = _among_light.get()
    if place is None or not place.leave():
        yield
        return
    yield
    place.enter()  # not after an error: this run is at its end


class _Run:
    """One run of a page: what it shows while it waits, and its turn if it has one."""

    def __init__(self, show: Callable[[State], None], among_light: _Place | None) -> None:
        self._show = show
        self._among_light = among_light
        self._place: threading.Event | None = None
        self._looked = 0.0
        self._begun = thread_time()
        self._gave_way = 0.0

    def take(self) -> None:
        if self._place is None:
            self._place = LINE.join()
            if self._among_light is not None:
                self._among_light.leave()
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
        if self._place is not None:
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
    with one_by_one():
        current = _Run(show, _among_light.get())
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
