"""Who waits for which training, in SQLite: the order of turns, quickly. Made anew from the folders where it is lost."""

from __future__ import annotations

import os
import sqlite3
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import astuple, dataclass
from pathlib import Path
from typing import Literal, TypeAlias

from rnn_core.training.lab.files import ASIDE

State: TypeAlias = Literal["queued", "running", "finished", "diverged", "failed", "cancelled"]
WAIT = 10.0  # seconds that one process waits for another's change
# A run belongs to a visitor and shows a training, which several runs may share. `seq` is the order of coming: a clock
# may jump. `turn` counts how many a visitor has before this one, from where the others are: next is the lowest.
TABLES = """
create table if not exists runs(
  seq integer primary key autoincrement, id text not null unique, training text not null, who text not null,
  turn integer not null, state text not null, seen integer, pinned integer not null default 0);
create index if not exists by_state on runs(state, turn, seq);
create index if not exists by_training on runs(training);
create index if not exists by_who on runs(who, state);
create table if not exists trainings(
  id text primary key, cost real not null, seconds real, bytes integer not null default 0);
create table if not exists counted(name text primary key, value integer not null);
insert or ignore into counted values('turn', 0);
"""
FILLED = 1  # SQLite's user_version, once what the folders tell is in the index
COLUMNS = "seq, id, training, who, turn, state, seen, pinned"
TURN = """
select 1 + max((select value from counted where name = 'turn'),
               coalesce((select max(turn) from runs where who = ? and state in ('queued', 'running')), 0))
"""
NEXT = "select training, turn from runs where state = 'queued' order by turn, seq limit 1"
BEFORE = """
select coalesce(sum(cost), 0.0), count(*) from trainings where id in (
  select training from runs where state = 'queued' and (turn, seq) < (:turn, :seq) and training <> :training)
"""
OLDEST = """
select training, group_concat(id) from runs group by training
having max(pinned) = 0 and sum(state in ('queued', 'running')) = 0 order by max(seq)
"""


@dataclass(frozen=True)
class Row:
    """One run as the index knows it.

    Attributes:
        seq: the order of coming.
        id: its random name.
        training: the training that it shows.
        who: whose it is.
        turn: its place among the turns.
        state: what it does.
        seen: where it was cancelled: how many events there were.
        pinned: whether it stays when room is made.
    """

    seq: int
    id: str
    training: str
    who: str
    turn: int
    state: State
    seen: int | None
    pinned: bool


class _Held:
    """A connection and its lock: one thread at a time, and to the file that is there now."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.lock = threading.RLock()
        self._inode = 0
        self._connection: sqlite3.Connection | None = None

    def get(self) -> sqlite3.Connection:
        inode = self.path.stat().st_ino if self.path.exists() else 0
        if self._connection is None or inode != self._inode or not inode:
            self.close()
            self._connection = _connect(self.path)
            self._inode = self.path.stat().st_ino
        return self._connection

    def close(self) -> None:
        with self.lock:
            if self._connection is not None:
                self._connection.close()
            self._connection = None


class Index:
    """The index at a path. Reading never waits for whoever writes, be it here or in another process.

    Args:
        path: the SQLite file.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._reader, self._writer = _Held(path), _Held(path)

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """A connection to ask.

        Raises:
            sqlite3.DatabaseError: the file is damaged, or can't be made.
        """
        with self._reader.lock:
            yield self._reader.get()

    @contextmanager
    def change(self) -> Iterator[sqlite3.Connection]:
        """Change all that is said within or nothing; nobody else changes anything meanwhile.

        Raises:
            sqlite3.DatabaseError: the file is damaged, or the disk full.
        """
        with self._writer.lock:
            connection = self._writer.get()
            connection.execute("begin immediate")
            try:
                yield connection
                connection.execute("commit")
            except BaseException:
                with suppress(sqlite3.Error):
                    connection.execute("rollback")
                raise

    def renew(self, runs: Iterable[Row], trainings: Iterable[tuple[str, float, int]]) -> None:
        """Replace the file by one that holds these.

        Args:
            runs: in the order of coming.
            trainings: (name, cost, bytes).
        """
        self.close()
        aside = self.path.with_name(f"{ASIDE}{os.getpid()}-{self.path.name}")
        aside.unlink(missing_ok=True)
        made = sqlite3.connect(aside, isolation_level=None)
        try:
            made.executescript(f"begin; {TABLES}")
            made.executemany(f"insert into runs({COLUMNS}) values(?,?,?,?,?,?,?,?)", map(astuple, runs))
            made.executemany("insert into trainings(id, cost, bytes) values(?,?,?)", trainings)
            made.execute("update counted set value = (select coalesce(max(turn), 0) from runs where state <> 'queued')")
            made.execute("commit")
            made.execute(f"pragma user_version = {FILLED}")
        finally:
            made.close()
        for end in ("-wal", "-shm"):
            Path(f"{self.path}{end}").unlink(missing_ok=True)
        os.replace(aside, self.path)

    def close(self) -> None:
        """Close its connections; the next question opens them again."""
        self._reader.close()
        self._writer.close()

    def one(self, run: str) -> Row | None:
        """A run by its name."""
        found = self.select("where id = ?", (run,))
        return found[0] if found else None

    def select(self, where: str, values: Sequence[object] = ()) -> list[Row]:
        """The runs that this part of a query names."""
        with self.reading() as connection:
            return rows(connection, where, values)

    def number(self, query: str, *values: object) -> float:
        """The one number that a query gives."""
        with self.reading() as connection:
            found = connection.execute(query, values).fetchone()
        return float(found[0] or 0) if found else 0.0

    def take(self, begin: Callable[[str], None] = lambda _: None) -> str | None:
        """The training whose turn it is; all runs that show it are running from now on.

        Args:
            begin: called with it before anybody else can change anything.
        """
        with self.reading() as connection:  # mostly there is none, and nobody is kept waiting
            if connection.execute(NEXT).fetchone() is None:
                return None
        with self.change() as connection:
            if (found := connection.execute(NEXT).fetchone()) is None:
                return None
            training, turn = found
            connection.execute("update counted set value = max(value, ?) where name = 'turn'", (turn,))
            set_state(connection, training, "running")
            begin(training)
            return str(training)

    def before(self, row: Row) -> tuple[float, int]:
        """The cost of the trainings that wait before this one, and how many they are."""
        values = {"turn": row.turn, "seq": row.seq, "training": row.training}
        with self.reading() as connection:
            cost, count = connection.execute(BEFORE, values).fetchone()
        return float(cost), int(count)

    def oldest(self) -> list[tuple[str, list[str]]]:
        """The trainings that may be deleted for room, with the runs that show them: the oldest first."""
        with self.reading() as connection:
            found = connection.execute(OLDEST).fetchall()
        return [(training, runs.split(",")) for training, runs in found]


def rows(connection: sqlite3.Connection, where: str, values: Sequence[object] = ()) -> list[Row]:
    """The runs that this part of a query names."""
    found = connection.execute(f"select {COLUMNS} from runs {where}", values).fetchall()
    return [Row(*(*values[:-1], bool(values[-1]))) for values in found]


def set_state(connection: sqlite3.Connection, training: str, state: State) -> None:
    """Say what a training does of all runs that wait for it, and of those for which it had failed."""
    connection.execute(
        "update runs set state = ? where training = ? and state in ('queued', 'running', 'failed')", (state, training)
    )


def _connect(path: Path) -> sqlite3.Connection:
    made = sqlite3.connect(path, timeout=WAIT, isolation_level=None, check_same_thread=False)
    try:
        made.execute("pragma journal_mode = wal")
        made.execute("pragma synchronous = normal")
        if made.execute("pragma quick_check").fetchone() != ("ok",):
            raise sqlite3.DatabaseError("the index is damaged")
        if made.execute("pragma user_version").fetchone() != (FILLED,):
            raise sqlite3.DatabaseError("the index is empty")
    except BaseException:
        made.close()
        raise
    return made
