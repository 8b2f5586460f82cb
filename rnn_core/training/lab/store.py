"""Runs of the lab as any process of the app sees them: started, watched, cancelled, gone on with, deleted.

A run is one visitor's; equal specs are computed once, and the runs that show such a training share it. What is known
stands in the trainings' folders; the index is made anew from them where it is damaged.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sqlite3
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import platformdirs

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.files import is_full, locked
from rnn_core.training.lab.folder import Folder, Lines
from rnn_core.training.lab.index import Index, Row, State
from rnn_core.training.lab.room import Room
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.turns import Turns

TRAININGS, INDEX, LOCK = "trainings", "index.sqlite", "index.lock"
RENEWS = 60.0  # seconds that one process waits while another makes the index anew
OVER: tuple[State, ...] = ("finished", "diverged", "failed", "cancelled")
# How many times longer than estimated the last trainings took, and what is still to be computed of those under way.
SPEED = "select sum(seconds) / sum(cost) from (select * from trainings where seconds > 0 order by rowid desc limit 20)"
UNDER_WAY = "select id, cost from trainings where id in (select training from runs where state = 'running')"
SLOTS = "select value from counted where name = 'slots'"
EVENTS = limits.RECORDS + limits.SNAPSHOTS + 4  # about so many has a training in the end

Given = TypeVar("Given")


@dataclass(frozen=True)
class Status:
    """What a run does.

    Attributes:
        state: "queued", "running", "finished", "diverged", "failed" or "cancelled".
        events: how many there are to read.
        before: how many trainings wait before it; None where it does not wait.
        seconds: in how many it will probably begin; None where it does not wait, or where nothing computes as yet.
        failure: why it failed: the error to show; None else.
        pinned: whether it stays when room is made.
    """

    state: State
    events: int
    before: int | None = None
    seconds: float | None = None
    failure: KiokuError | None = None
    pinned: bool = False

    @property
    def over(self) -> bool:
        """Whether nothing more will come by itself."""
        return self.state in OVER


def data_folder() -> Path:
    """Where runs are kept: `KIOKU_DATA_DIR`, or the folder for data of whoever runs the app."""
    told = os.environ.get("KIOKU_DATA_DIR")
    return Path(told).expanduser() if told else platformdirs.user_data_path("kioku", appauthor=False)


def owner(visitor: str) -> str:
    """What is kept of a visitor's token: nobody who reads the store can act as the visitor."""
    return hashlib.sha256(visitor.encode()).hexdigest()


class Runs:
    """All runs below a folder. Any number of processes may have one of these at once.

    Args:
        root: the folder; by default `data_folder()`.

    Raises:
        KiokuError: the folder can't be made or read.
    """

    def __init__(self, root: Path | None = None) -> None:
        self.root = data_folder() if root is None else root
        self.trainings = self.root / TRAININGS
        self.index = Index(self.root / INDEX)
        self.turns = Turns(self.trainings, self.index)
        self.room = Room(self.turns)
        self.changed = threading.Event()  # for an engine in this process
        self.asked(self._open)

    def folder(self, training: str) -> Folder:
        """The folder of a training."""
        return self.turns.folder(training)

    def submit(self, spec: TrainSpec, visitor: str) -> str:
        """Start a run, or go on with this visitor's run of the same spec; its name.

        Raises:
            KiokuError: too many wait, of this visitor or of all; or there is no room.
        """
        return self.submit_all([spec], visitor)[0]

    def submit_all(self, specs: Sequence[TrainSpec], visitor: str) -> list[str]:
        """Start all of these runs or none, as `submit` does; their names in this order."""
        self.asked(self.room.make)
        names = self.asked(lambda: self.turns.join(specs, owner(visitor)))
        self.changed.set()
        return names

    def status(self, run: str) -> Status:
        """What a run does.

        Raises:
            KiokuError: there is no such run.
        """
        row = self.row(run)
        folder = self.folder(row.training)
        events = folder.count() if row.seen is None else row.seen
        if row.state == "queued":
            before, seconds = self.asked(lambda: self._wait(row))
            return Status("queued", events, before, seconds, pinned=bool(row.pinned))
        failure = folder.failure() if row.state == "failed" else None
        return Status(row.state, events, failure=failure, pinned=bool(row.pinned))

    def spec(self, run: str) -> TrainSpec:
        """The spec of a run.

        Raises:
            KiokuError: there is no such run, or its folder is damaged.
        """
        return self.spec_of(self.row(run).training)

    def spec_of(self, training: str) -> TrainSpec:
        """The spec of a training.

        Raises:
            KiokuError: its folder is damaged.
        """
        found = self.folder(training).spec()
        try:
            return TrainSpec.model_validate_json(found or "")
        except ValueError:
            raise KiokuError("lab_damaged") from None

    def events_since(self, run: str, since: int = 0) -> Lines:
        """The events of a run from number `since` on, as many as go into one answer.

        Raises:
            KiokuError: there is no such run.
        """
        row = self.row(run)
        return self.folder(row.training).read(since, until=row.seen)

    def snapshot(self, run: str, step: int | None = None) -> bytes:
        """The newest snapshot of a run, after at most `step` updates if that is said.

        Raises:
            KiokuError: there is no such run, or none of its snapshots is whole.
        """
        found = self.folder(self.row(run).training).snapshot(step)
        if found is None:
            raise KiokuError("lab_no_snapshot")
        return found

    def is_starter(self, run: str, visitor: str) -> bool:
        """Whether this visitor has started the run, and may cancel and delete it."""
        return secrets.compare_digest(self.row(run).who, owner(visitor))

    def cancel(self, run: str, visitor: str) -> None:
        """End a run; the training goes on if another run shows it. Nothing happens where it is over.

        Raises:
            KiokuError: there is no such run, or it is another visitor's.
        """
        self._own(run, visitor)
        self.asked(lambda: self.turns.cancel(run))

    def go_on(self, run: str, visitor: str) -> None:
        """Go on with a run that was cancelled or has failed, from its last snapshot.

        Raises:
            KiokuError: there is no such run, or it is another visitor's; or too many wait.
        """
        self._own(run, visitor)
        spec = self.spec(run)
        self.asked(lambda: self.turns.go_on(run, spec))
        self.changed.set()

    def delete(self, run: str, visitor: str) -> None:
        """Delete a run, and its training with it where no other run shows that.

        Raises:
            KiokuError: there is no such run, or it is another visitor's.
        """
        self._own(run, visitor)
        self.asked(lambda: self.turns.delete(run))

    def pin(self, run: str, visitor: str, pinned: bool) -> None:
        """Say whether a run stays when room is made.

        Raises:
            KiokuError: there is no such run, it is another visitor's, or this visitor has pinned too many.
        """
        self._own(run, visitor)
        self.asked(lambda: self.turns.pin(run, pinned))

    def of_visitor(self, visitor: str, most: int = 100) -> list[str]:
        """The runs that this visitor has started, the newest first."""
        rows = self.asked(lambda: self.index.select("where who = ? order by seq desc limit ?", (owner(visitor), most)))
        return [row.id for row in rows]

    def row(self, run: str) -> Row:
        """A run as the index has it.

        Raises:
            KiokuError: there is no such run.
        """
        found = self.asked(lambda: self.index.one(run))
        if found is None:
            raise KiokuError("lab_unknown", run=run[:64])
        return found

    def asked(self, ask: Callable[[], Given]) -> Given:
        """What `ask` gives; the index is made anew and asked again where it is damaged or gone.

        Raises:
            KiokuError: what it raises, the disk is full, or the store can't be read or written.
        """
        try:
            try:
                return ask()
            except sqlite3.OperationalError:
                raise
            except sqlite3.DatabaseError:
                self._renew()
                return ask()
        except (OSError, sqlite3.Error) as error:
            if "full" in str(error) or (isinstance(error, OSError) and is_full(error)):
                raise KiokuError("lab_disk") from error
            raise KiokuError("lab_store", why=str(error)) from error

    def _open(self) -> None:
        self.trainings.mkdir(parents=True, exist_ok=True)
        self.index.one("")

    def _renew(self) -> None:
        """Make the index anew, unless another process has done it meanwhile."""
        with locked(self.root / LOCK, RENEWS):
            try:
                self.index.number("select count(*) from runs")
            except sqlite3.DatabaseError:
                self.turns.renew()

    def _own(self, run: str, visitor: str) -> Row:
        row = self.row(run)
        if not secrets.compare_digest(row.who, owner(visitor)):
            raise KiokuError("lab_not_yours")
        return row

    def _wait(self, row: Row) -> tuple[int, float | None]:
        """How many trainings wait before this run, and in how many seconds it will begin."""
        cost, before = self.index.before(row)
        with self.index.reading() as connection:
            running = connection.execute(UNDER_WAY).fetchall()
        left = sum(cost * max(0.0, 1 - self.folder(name).count() / EVENTS) for name, cost in running)
        slots = self.index.number(SLOTS)
        return before, (cost + left) * (self.index.number(SPEED) or 1.0) / slots if slots else None
