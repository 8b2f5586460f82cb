"""What changes in the line of runs: each change whole or not at all, in the index and in the trainings' folders."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.folder import Folder
from rnn_core.training.lab.index import TURN, Index, Row, State, rows, set_state
from rnn_core.training.lab.spec import TrainSpec

ACTIVE = "state in ('queued', 'running')"
LETTERS = "abcdefghijkmnpqrstuvwxyz23456789"  # of a run's name, which somebody may read aloud
NAME = 20  # letters: 10³⁰ names


class Turns:
    """The line of runs below a folder.

    Args:
        trainings: where the trainings' folders are.
        index: the index of them.
    """

    def __init__(self, trainings: Path, index: Index) -> None:
        self.trainings, self.index = trainings, index

    def folder(self, training: str) -> Folder:
        """The folder of a training."""
        return Folder(self.trainings / training)

    def join(self, specs: Sequence[TrainSpec], who: str) -> list[str]:
        """A run for each of these specs; one that this visitor has already is gone on with.

        Raises:
            KiokuError: too many would wait.
        """
        with self.index.change() as connection:
            names = [self._join(connection, spec, who) for spec in specs]
            self._bounded(connection, who)
            for name in names:
                self._tell(connection, name)
            return names

    def cancel(self, run: str) -> None:
        """End a run; its training ends where no other run waits for it."""
        with self.index.change() as connection:
            for row in rows(connection, f"where id = ? and {ACTIVE}", (run,)):
                seen = self.folder(row.training).count()
                connection.execute("update runs set state = 'cancelled', seen = ? where id = ?", (seen, run))
                self._tell(connection, run)
                self._let_go(connection, row.training)

    def go_on(self, run: str, spec: TrainSpec) -> None:
        """Let a run wait again that was cancelled or has failed; one that was imported is computed here."""
        with self.index.change() as connection:
            for row in rows(connection, "where id = ? and state in ('cancelled', 'failed')", (run,)):
                connection.execute("update runs set training = ? where id = ?", (spec.id, run))
                self._wait(connection, spec, run, row.who)
                self._bounded(connection, row.who)
                self._tell(connection, run)
                if row.training != spec.id:
                    self._forget(connection, row)

    def delete(self, run: str) -> None:
        """Delete a run, and its training where no other run shows it."""
        with self.index.change() as connection:
            for row in rows(connection, "where id = ?", (run,)):
                connection.execute("delete from runs where id = ?", (run,))
                self._forget(connection, row)

    def pin(self, run: str, pinned: bool) -> None:
        """Say whether a run stays when room is made."""
        with self.index.change() as connection:
            for row in rows(connection, "where id = ?", (run,)):
                count = len(rows(connection, "where who = ? and pinned and id <> ?", (row.who, run)))
                if pinned and count >= limits.PINS:
                    raise KiokuError("lab_pins", most=limits.PINS)
                connection.execute("update runs set pinned = ? where id = ?", (pinned, run))
                self._tell(connection, run)

    def show(self, training: str, who: str, state: State, cost: float) -> str:
        """A run that shows a training which is there already, as what it is."""
        with self.index.change() as connection:
            for row in rows(connection, "where training = ? and who = ?", (training, who)):
                return row.id
            folder = self.folder(training)
            self._know(connection, training, cost)
            run = self._name(connection, training, who)
            seen = folder.count() if state == "cancelled" else None
            connection.execute("update runs set state = ?, seen = ? where id = ?", (state, seen, run))
            self._tell(connection, run)
            return run

    def take(self) -> str | None:
        """The training whose turn it is, if any waits."""

        def begin(training: str) -> None:
            with suppress(FileNotFoundError):  # somebody has deleted the folder
                self.folder(training).want(True)  # also where a fall has come between a cancellation's two halves

        return self.index.take(begin)

    def ended(self, training: str, state: State, seconds: float | None = None) -> None:
        """A training has ended so; or it has not, and waits for its turn again."""
        with self.index.change() as connection:
            set_state(connection, training, state)
            values = (seconds, self.folder(training).size(), training)
            connection.execute("update trainings set seconds = coalesce(?, seconds), bytes = ? where id = ?", values)

    def begin_again(self) -> None:
        """Nothing is computed any more: what was is the next."""
        with self.index.change() as connection:
            connection.execute("update runs set state = 'queued' where state = 'running'")

    def count_slots(self, slots: int) -> None:
        """Say how many trainings can be computed at once."""
        with self.index.change() as connection:
            connection.execute("insert or replace into counted values('slots', ?)", (slots,))

    def renew(self) -> None:
        """Make the index anew from the folders."""
        found: list[Row] = []
        known = []
        for path in sorted(self.trainings.iterdir()):
            folder = Folder(path)
            told = folder.told()
            if not told:
                continue
            known.append((path.name, cost(folder.spec()), folder.size()))
            end: State = folder.end() or ("failed" if folder.failure() else "queued")
            found += [row for run, values in told.items() if (row := _row(run, path.name, end, values))]
        self.index.renew(sorted(found, key=lambda row: row.seq), known)

    def _join(self, connection: sqlite3.Connection, spec: TrainSpec, who: str) -> str:
        known = rows(connection, "where training = ? and who = ?", (spec.id, who))
        if known and known[0].state not in ("cancelled", "failed"):
            return known[0].id
        run = known[0].id if known else self._name(connection, spec.id, who)
        self._wait(connection, spec, run, who)
        return run

    def _wait(self, connection: sqlite3.Connection, spec: TrainSpec, run: str, who: str) -> None:
        """Let a run wait for its training, unless that has ended or is under way."""
        folder = self.folder(spec.id)
        folder.make(spec.canonical)
        self._know(connection, spec.id, spec.seconds)
        state: State = folder.end() or "queued"
        if state == "queued":
            folder.try_again()
            folder.want(True)
            if rows(connection, "where training = ? and state = 'running'", (spec.id,)):
                state = "running"
        (turn,) = connection.execute(TURN, (who,)).fetchone() if state == "queued" else (0,)
        connection.execute("update runs set state = ?, turn = ?, seen = null where id = ?", (state, turn, run))

    def _name(self, connection: sqlite3.Connection, training: str, who: str) -> str:
        """A new run of a name that nobody guesses, which does not wait yet."""
        run = "".join(secrets.choice(LETTERS) for _ in range(NAME))
        connection.execute(
            "insert into runs(id, training, who, turn, state) values(?, ?, ?, 0, 'cancelled')", (run, training, who)
        )
        return run

    def _know(self, connection: sqlite3.Connection, training: str, cost: float) -> None:
        connection.execute("insert or ignore into trainings(id, cost) values(?, ?)", (training, cost))

    def _bounded(self, connection: sqlite3.Connection, who: str) -> None:
        """Refuse what has just been added where too many wait."""
        if len(rows(connection, f"where who = ? and {ACTIVE}", (who,))) > limits.MINE:
            raise KiokuError("lab_mine", most=limits.MINE)
        if len(rows(connection, f"where {ACTIVE}")) > limits.QUEUE:
            raise KiokuError("lab_queue", most=limits.QUEUE)

    def _let_go(self, connection: sqlite3.Connection, training: str) -> None:
        """Stop a training that no run waits for."""
        if not rows(connection, f"where training = ? and {ACTIVE}", (training,)):
            self.folder(training).want(False)

    def _forget(self, connection: sqlite3.Connection, row: Row) -> None:
        """A run shows a training no more, which goes where no other shows it."""
        if rows(connection, "where training = ?", (row.training,)):
            self.folder(row.training).tell(row.id, gone=True)
            self._let_go(connection, row.training)
        else:
            connection.execute("delete from trainings where id = ?", (row.training,))
            self.folder(row.training).remove()

    def _tell(self, connection: sqlite3.Connection, run: str) -> None:
        (row,) = rows(connection, "where id = ?", (run,))
        told = {"who": row.who, "seq": row.seq, "turn": row.turn, "seen": row.seen, "pinned": row.pinned}
        self.folder(row.training).tell(run, **told)


def _row(run: str, training: str, end: State, told: Mapping[str, Any]) -> Row | None:
    """A run as its folder tells it; None where that is no sense."""
    seen, turn = told.get("seen"), told.get("turn")
    state: State = end if seen is None else "cancelled"
    try:
        return Row(int(told["seq"]), run, training, str(told["who"]), int(turn or 0), state, seen, bool(told["pinned"]))
    except (LookupError, ValueError, TypeError):
        return None


def cost(spec: str | None) -> float:
    """How long a training will take one core, by its spec in JSON; 0 where that is none."""
    try:
        return TrainSpec.model_validate_json(spec or "").seconds
    except ValueError:
        return 0.0
