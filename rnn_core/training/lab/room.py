"""How much room runs take, and which go first when there is none left: it can be asked beforehand."""

from __future__ import annotations

import os
from dataclasses import dataclass

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.index import rows
from rnn_core.training.lab.turns import ACTIVE, Turns

USED = "select (select coalesce(sum(bytes), 0) from trainings) + 1024 * (select count(*) from runs)"


@dataclass(frozen=True)
class Usage:
    """How full the store is.

    Attributes:
        used: bytes that all runs take.
        most: bytes that they may take.
        next: the runs that are deleted first when room is needed.
    """

    used: int
    most: int
    next: tuple[str, ...]


class Room:
    """The room of all runs.

    Args:
        turns: where they are.
    """

    def __init__(self, turns: Turns) -> None:
        self.turns = turns

    def usage(self) -> Usage:
        """How full the store is, and which runs go first."""
        oldest = self.turns.index.oldest()
        return Usage(int(self.turns.index.number(USED)), most(), tuple(oldest[0][1]) if oldest else ())

    def make(self, needed: int = 0) -> None:
        """Delete the oldest trainings that nobody has pinned and that are over, until so many bytes are free.

        Raises:
            KiokuError: there is no room even then.
        """
        while self.turns.index.number(USED) + needed > most():
            gone = self.turns.index.oldest()
            if not gone:
                raise KiokuError("lab_room", most=round(most() / 2**20))
            self._delete(gone[0][0])

    def _delete(self, training: str) -> None:
        with self.turns.index.change() as connection:
            if rows(connection, f"where training = ? and (pinned or {ACTIVE})", (training,)):
                return  # since it was looked for
            connection.execute("delete from runs where training = ?", (training,))
            connection.execute("delete from trainings where id = ?", (training,))
            self.turns.folder(training).remove()


def most() -> int:
    """The bytes that all runs may take."""
    return int(os.environ.get("KIOKU_STORE_BYTES") or limits.STORE)
