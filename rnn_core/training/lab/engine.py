"""What computes the runs that wait: in one process of the app, whichever has the lease, and with Dask.

Dask only executes: it gets as many trainings as there are slots, and the order of turns is ours. Nothing is known here
that a fall could lose.
"""

from __future__ import annotations

import logging
import secrets
import threading
import time
from collections.abc import Callable
from concurrent.futures import CancelledError
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rnn_core.errors import KiokuError
from rnn_core.training.lab.cluster import Cluster
from rnn_core.training.lab.files import BusyError, locked
from rnn_core.training.lab.folder import Folder
from rnn_core.training.lab.relay import Relay
from rnn_core.training.lab.store import Runs, data_folder
from rnn_core.training.lab.worker import Outcome, Train, train_run

LEASE = "engine.lock"
LOOK_EVERY = 0.1  # seconds between two looks at the line, where nobody calls
LEASE_EVERY = 0.5  # seconds between two tries to have the lease, and to reach a scheduler that is gone
SLOTS_EVERY = 1.0  # seconds between two looks how many workers there are
AGAIN = 0.3  # seconds after which what could not begin is tried again
ANSWERS = 5.0  # seconds in which Dask gives what it has
TRIES = 4  # without an event that is new, and a training has failed
_log = logging.getLogger(__name__)


@dataclass
class Flight:
    """A training that has a slot.

    Attributes:
        folder: its folder.
        tries: how often it was tried without getting further.
        count: how many events it had then.
        attempt: the name of this try.
        future: of its `Outcome`; None until it is tried again.
        due: when that is.
        away: whether its worker sends home what happens.
    """

    folder: Folder
    tries: int = 0
    count: int = 0
    attempt: str = ""
    future: Any = None
    due: float = 0.0
    away: bool = False


@dataclass(eq=False)
class Engine:
    """Computes what waits in a store, in a thread of its own, once it is started.

    Attributes:
        runs: the store.
        train: how a training is computed.
    """

    runs: Runs
    train: Train = train_run
    _flights: dict[str, Flight] = field(default_factory=dict)
    _relay: Relay = field(default_factory=Relay)
    _closing: threading.Event = field(default_factory=threading.Event)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None
    _slots: int = 0
    _counted: float = 0.0

    def start(self) -> None:
        """Begin, in the background; nothing happens where it has begun."""
        with self._lock:
            if self._thread is None:
                self._thread = threading.Thread(target=self._live, name="kioku-engine", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """End the workers and wait for it; what they compute goes on when an engine begins again."""
        self._closing.set()
        self.runs.changed.set()
        if self._thread is not None:
            self._thread.join()

    def _live(self) -> None:
        while not self._closing.is_set():
            try:
                with locked(self.runs.root / LEASE):
                    self._serve()
            except BusyError:
                pass  # another process of the app computes
            except Exception:
                _log.exception("The engine begins again")
            self._closing.wait(LEASE_EVERY)

    def _serve(self) -> None:
        """Compute what waits for as long as there is a scheduler."""
        self._flights.clear()
        cluster = Cluster(self.runs.root, self._relay.tell)
        try:
            self.runs.asked(self.runs.turns.begin_again)
            while not self._closing.is_set() and cluster.alive:
                self.runs.changed.clear()
                try:
                    self._look(cluster)
                except (KiokuError, OSError):  # a full disk; it is tried again, and what is computed goes on
                    _log.exception("The line can't be read or written")
                    self._closing.wait(LEASE_EVERY)
                self.runs.changed.wait(LOOK_EVERY)
        finally:
            cluster.close()
            with suppress(KiokuError, OSError):  # the disk may be full
                self._relay.close()
                self.runs.asked(lambda: self.runs.turns.count_slots(0))

    def _look(self, cluster: Cluster) -> None:
        """Whatever there is to do now."""
        self._relay.write()
        for training, flight in list(self._flights.items()):
            if flight.future is not None and flight.future.done():
                self._land(training, flight)
        self._count(cluster)
        while len(self._flights) < self._slots and (taken := self.runs.asked(self.runs.turns.take)) is not None:
            if taken not in self._flights:  # else it is just ending
                self._flights[taken] = Flight(self.runs.folder(taken))
        for training, flight in list(self._flights.items()):
            if flight.future is None:
                self._wait(cluster, training, flight)
        unwanted = {flight.attempt for flight in self._flights.values() if flight.away and not flight.folder.wanted}
        if unwanted:
            cluster.stop(unwanted)

    def _wait(self, cluster: Cluster, training: str, flight: Flight) -> None:
        """Let it begin when it is due, unless nobody wants it any more."""
        if not flight.folder.path.exists():
            self._fail(training, flight, KiokuError("lab_damaged"))
        elif not flight.folder.wanted:
            self._over(training, lambda: self.runs.turns.ended(training, "queued"))
        elif time.monotonic() >= flight.due:
            self._send(cluster, flight)

    def _count(self, cluster: Cluster) -> None:
        if time.monotonic() - self._counted > SLOTS_EVERY:
            self._counted = time.monotonic()
            if (slots := cluster.slots()) != self._slots:
                self.runs.asked(lambda: self.runs.turns.count_slots(slots))
                self._slots = slots

    def _send(self, cluster: Cluster, flight: Flight) -> None:
        """Let a worker compute it."""
        flight.attempt = f"kioku-{flight.folder.path.name[:12]}-{secrets.token_hex(8)}"
        flight.count = flight.folder.count()
        flight.away = not cluster.shares_disk()
        if flight.away:
            try:
                self._relay.begin(flight.attempt, flight.folder)
            except BusyError:
                flight.due = time.monotonic() + AGAIN
                return
        submit = cluster.submit_away if flight.away else cluster.submit
        flight.future = submit(flight.folder, self.train, flight.attempt)
        flight.future.add_done_callback(lambda _: self.runs.changed.set())

    def _land(self, training: str, flight: Flight) -> None:
        """Take what has come of an attempt."""
        outcome = self._outcome(flight)
        if flight.away:
            self._relay.write()
            self._relay.end(flight.attempt, outcome.last if outcome else None)
        turns, end = self.runs.turns, flight.folder.end()
        if end is not None:
            seconds = outcome.seconds if outcome and not flight.count else None
            self._over(training, lambda: turns.ended(training, end, seconds))
        elif not flight.folder.wanted or (outcome and outcome.kind == "stopped"):
            self._over(training, lambda: turns.ended(training, "queued"))
        elif outcome and outcome.kind == "failed":
            self._fail(training, flight, outcome.error or KiokuError("lab_died"))
        elif outcome and outcome.kind == "busy":
            self._again(flight)
        else:
            self._try_again(training, flight, full=bool(outcome and outcome.kind == "full"))

    def _try_again(self, training: str, flight: Flight, full: bool) -> None:
        """After the worker has died, or where the disk is full: unless it got no further several times."""
        flight.tries = 0 if flight.folder.count() > flight.count else flight.tries + 1
        if flight.tries >= TRIES:
            self._fail(training, flight, KiokuError("lab_disk") if full else KiokuError("lab_died"))
            return
        if full:
            with suppress(KiokuError):
                self.runs.asked(lambda: self.runs.room.make(flight.folder.size() + 1))
        self._again(flight)

    def _again(self, flight: Flight) -> None:
        flight.future, flight.due = None, time.monotonic() + AGAIN

    def _fail(self, training: str, flight: Flight, error: KiokuError) -> None:
        with suppress(OSError):  # the disk may be full
            flight.folder.fail(error)
        self._over(training, lambda: self.runs.turns.ended(training, "failed"))

    def _over(self, training: str, tell: Callable[[], None]) -> None:
        """Tell the index, and give up the slot."""
        self.runs.asked(tell)
        del self._flights[training]

    def _outcome(self, flight: Flight) -> Outcome | None:
        """What the worker says; None where it died, or the scheduler did."""
        try:
            found: Outcome = flight.future.result(timeout=ANSWERS)
        except (Exception, CancelledError) as error:
            _log.info("%s: %s", flight.attempt, error)
            return None
        return found


_engines: dict[Path, Engine] = {}
_making = threading.Lock()


def find_engine() -> Engine:
    """This process's engine of the store in `data_folder()`; not started as yet.

    Raises:
        KiokuError: there can be no store there.
    """
    with _making:
        root = data_folder()
        if root not in _engines:
            _engines[root] = Engine(Runs(root))
        return _engines[root]
