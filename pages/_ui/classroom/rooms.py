"""Rooms in which a class votes: who may open one, who has voted for what, and when all of it is gone.

All processes of a server share them, so they are a small database: in memory, or in a file of a folder that lives in
memory as long as the server. A transaction decides who comes first; that nobody votes twice is a key of the table. It
holds a question, random tokens and counts, and nothing about a person.
"""

from __future__ import annotations

import os
import secrets
import sqlite3
import threading
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from time import monotonic
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

from pages._ui.classroom.ballot import Ballot
from rnn_core import KiokuError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

ROOMS, OF_ONE, OF_ADDRESS = 50, 3, 10  # rooms at once: of all, of one visitor, from one address
VOTERS = 200  # of a room
HOURS = 2  # that a room is there
TURNS = 2  # votes on one question: before the discussion and after it
LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # of a room's code: none is taken for another
LENGTH = 5
WHERE = "KIOKU_ROOMS"  # the variable that names the file, where several processes share one
PATIENCE = 5.0  # seconds that a process waits for another one's transaction
TABLES = """
CREATE TABLE IF NOT EXISTS rooms (
    code TEXT PRIMARY KEY, owner TEXT NOT NULL, address TEXT NOT NULL, ballot TEXT NOT NULL,
    phase TEXT NOT NULL, first INTEGER NOT NULL, turn INTEGER NOT NULL, ends REAL NOT NULL
);
CREATE TABLE IF NOT EXISTS votes (
    code TEXT NOT NULL REFERENCES rooms ON DELETE CASCADE, turn INTEGER NOT NULL, voter TEXT NOT NULL,
    option INTEGER NOT NULL, PRIMARY KEY (code, turn, voter)
);
"""

Phase: TypeAlias = Literal["open", "closed", "revealed"]
Step: TypeAlias = Literal["close", "reveal", "again"]
STEPS: Mapping[Step, tuple[tuple[Phase, ...], Phase]] = MappingProxyType(
    {
        "close": (("open",), "closed"),
        "reveal": (("closed",), "revealed"),
        "again": (("closed", "revealed"), "open"),
    }
)
"""What a teacher can do with a vote: from which phases, and into which."""

_ONCE = threading.Lock()


@dataclass(frozen=True)
class Room:
    """A room as it is now.

    Attributes:
        code: what is typed to enter it.
        ballot: what is voted on.
        phase: whether votes are taken, and whether the class may see them.
        first: the first vote on this question, as all votes of the room are numbered.
        turn: the present one.
    """

    code: str
    ballot: Ballot
    phase: Phase
    first: int = 1
    turn: int = 1

    @property
    def again(self) -> bool:
        """Whether the question can be voted on once more."""
        return self.turn - self.first + 1 < TURNS


class Rooms:
    """All rooms of a server.

    Args:
        path: the file that several processes share; else memory of this one.
        clock: seconds, the same for all that share the file.
    """

    def __init__(self, path: str = ":memory:", clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._db = sqlite3.connect(path, timeout=PATIENCE, isolation_level=None, check_same_thread=False)
        # Nothing of it outlives the machine, so nothing needs to be flushed.
        for told in ("journal_mode = WAL", "synchronous = OFF", "foreign_keys = ON"):
            self._db.execute(f"PRAGMA {told}")
        self._db.executescript(TABLES)

    def close(self) -> None:
        """Let go of the database."""
        self._db.close()

    def open_room(self, owner: str, address: str, ballot: Ballot) -> Room:
        """A new room of this visitor.

        Args:
            owner: the visitor's token, with which alone the room is steered.
            address: a name for where they are.
            ballot: what is voted on.

        Raises:
            KiokuError: there are as many rooms as there may be: of this visitor, from this address, or of all.
        """
        with self._changing() as db:
            if _count(db, "SELECT count(*) FROM rooms WHERE owner = ?", owner) >= OF_ONE:
                raise KiokuError("room_own", most=OF_ONE, hours=HOURS)
            if _count(db, "SELECT count(*) FROM rooms WHERE address = ?", address) >= OF_ADDRESS:
                raise KiokuError("room_address", most=OF_ADDRESS, hours=HOURS)
            if _count(db, "SELECT count(*) FROM rooms") >= ROOMS:
                raise KiokuError("room_all", most=ROOMS, hours=HOURS)
            code = self._unused(db)
            row = (code, owner, address, ballot.model_dump_json(), "open", 1, 1, self._clock() + 3600 * HOURS)
            db.execute("INSERT INTO rooms VALUES (?, ?, ?, ?, ?, ?, ?, ?)", row)
        return Room(code, ballot, "open")

    def ask(self, code: str, owner: str, ballot: Ballot) -> Room:
        """Let those in a room vote on another question; the votes on the one before are gone.

        Raises:
            KiokuError: no such room of this visitor.
        """
        with self._changing() as db:
            turn = self._own(db, code, owner).turn + 1
            db.execute("DELETE FROM votes WHERE code = ?", (code,))
            change = "UPDATE rooms SET ballot = ?, phase = 'open', first = ?, turn = ? WHERE code = ?"
            db.execute(change, (ballot.model_dump_json(), turn, turn, code))
        return Room(code, ballot, "open", turn, turn)

    def look(self, code: str) -> Room:
        """The room of this code.

        Raises:
            KiokuError: there is none, or none any more.
        """
        with self._lock:
            return self._room(self._db, code)

    def owned(self, owner: str) -> Room | None:
        """The room that this visitor opened last."""
        asked = "SELECT code FROM rooms WHERE owner = ? AND ends > ? ORDER BY ends DESC LIMIT 1"
        with self._lock:
            found = self._db.execute(asked, (owner, self._clock())).fetchone()
            return None if found is None else self._room(self._db, found[0])

    def vote(self, code: str, voter: str, turn: int, option: int) -> Room:
        """Count this option, and no other, as the voter's in this turn.

        Raises:
            KiokuError: no such room, or not this turn, or closed, or no such option, or the room is full.
        """
        with self._changing() as db:
            room = self._room(db, code)
            if room.phase != "open":
                raise KiokuError("room_closed")
            if turn != room.turn:
                raise KiokuError("room_turn")
            if not 0 <= option < room.ballot.size:
                raise KiokuError("room_option")
            others = "SELECT count(*) FROM votes WHERE code = ? AND turn = ? AND voter != ?"
            if _count(db, others, code, turn, voter) >= VOTERS:
                raise KiokuError("room_voters", most=VOTERS)
            db.execute("INSERT OR REPLACE INTO votes VALUES (?, ?, ?, ?)", (code, turn, voter, option))
            return room

    def voted(self, code: str, voter: str, turn: int) -> int | None:
        """For what this visitor has voted."""
        asked = "SELECT option FROM votes WHERE code = ? AND turn = ? AND voter = ?"
        with self._lock:
            found = self._db.execute(asked, (code, turn, voter)).fetchone()
        return None if found is None else int(found[0])

    def counts(self, room: Room) -> tuple[tuple[int, ...], ...]:
        """How many voted for each option, in each vote on the question so far."""
        asked = "SELECT turn, option, count(*) FROM votes WHERE code = ? GROUP BY turn, option"
        with self._lock:
            found = {(turn, option): count for turn, option, count in self._db.execute(asked, (room.code,))}
        turns = range(room.first, room.turn + 1)
        return tuple(tuple(found.get((turn, option), 0) for option in range(room.ballot.size)) for turn in turns)

    def steer(self, code: str, owner: str, step: Step) -> Room:
        """Close the vote, show it, or vote once more.

        Raises:
            KiokuError: no such room of this visitor, or the step does not follow.
        """
        sources, target = STEPS[step]
        with self._changing() as db:
            room = self._own(db, code, owner)
            if room.phase not in sources or (step == "again" and not room.again):
                raise KiokuError("room_step")
            turn = room.turn + (step == "again")
            db.execute("UPDATE rooms SET phase = ?, turn = ? WHERE code = ?", (target, turn, code))
        return Room(code, room.ballot, target, room.first, turn)

    def end(self, code: str, owner: str) -> None:
        """Forget a room and its votes.

        Raises:
            KiokuError: no such room of this visitor.
        """
        with self._changing() as db:
            self._own(db, code, owner)
            db.execute("DELETE FROM rooms WHERE code = ?", (code,))

    @contextmanager
    def _changing(self) -> Iterator[sqlite3.Connection]:
        """A transaction, at whose beginning whatever is over is gone."""
        with self._lock:
            self._db.execute("BEGIN IMMEDIATE")
            try:
                self._db.execute("DELETE FROM rooms WHERE ends <= ?", (self._clock(),))
                yield self._db
            finally:  # what was refused has changed nothing
                self._db.execute("COMMIT")

    def _room(self, db: sqlite3.Connection, code: str) -> Room:
        asked = "SELECT ballot, phase, first, turn FROM rooms WHERE code = ? AND ends > ?"
        found = db.execute(asked, (code, self._clock())).fetchone()
        if found is None:
            raise KiokuError("room_unknown")
        return Room(code, _read(found[0]), *found[1:])

    def _own(self, db: sqlite3.Connection, code: str, owner: str) -> Room:
        room = self._room(db, code)
        if not _count(db, "SELECT count(*) FROM rooms WHERE code = ? AND owner = ?", code, owner):
            raise KiokuError("room_owner")
        return room

    def _unused(self, db: sqlite3.Connection) -> str:
        while True:
            code = "".join(secrets.choice(LETTERS) for _ in range(LENGTH))
            if not _count(db, "SELECT count(*) FROM rooms WHERE code = ?", code):
                return code


def shared_rooms() -> Rooms:
    """Those of this server: of all its processes, or of this one where it is alone."""
    with _ONCE:
        return _rooms()


@cache
def _rooms() -> Rooms:
    return Rooms(os.environ.get(WHERE, ":memory:"))


@lru_cache(maxsize=ROOMS)
def _read(ballot: str) -> Ballot:
    return Ballot.model_validate_json(ballot)


def tidy_code(typed: str) -> str:
    """What was typed as a room's code, as far as it can be one.

    Example:
        >>> tidy_code(" k7 xq2 "), tidy_code("<b>")
        ('K7XQ2', '')
    """
    code = "".join(typed[: 4 * LENGTH].split()).upper()
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else ""


def _count(db: sqlite3.Connection, asked: str, *values: object) -> int:
    return int(db.execute(asked, values).fetchone()[0])
