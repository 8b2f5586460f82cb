"""Writing a training down, event after event: by one process at a time, and so that no fall takes anything back."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from rnn_core.training.lab import files
from rnn_core.training.lab.events import Cancelled, Event, Failed, Snapshot, to_line
from rnn_core.training.lab.files import BusyError, locked, write_whole
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder, name_of, whole

LOCK = "writer.lock"


@contextmanager
def writing(folder: Folder) -> Iterator[Writer]:
    """Be the one that writes here.

    Raises:
        BusyError: another process does, or there is no such training.
    """
    if not folder.path.is_dir():
        raise BusyError(folder.path.name)
    with locked(folder.path / LOCK), (folder.path / EVENTS).open("ab", buffering=0) as file:
        yield Writer(folder, file.fileno())


class Writer:
    """What the one that writes may do. Made by `writing`; it cuts off what a fall has left half written.

    Attributes:
        count: how many events are written; the next has this number.
    """

    def __init__(self, folder: Folder, descriptor: int) -> None:
        self._folder, self._descriptor = folder, descriptor
        self.count, self._size = whole(folder.path / EVENTS)
        os.ftruncate(descriptor, self._size)
        for aside in folder.path.rglob(f"{files.ASIDE}*"):
            aside.unlink(missing_ok=True)

    def write(self, event: Event) -> None:
        """Write an event, and a snapshot that comes with it; how a run was stopped from outside is no part of it.

        Raises:
            OSError: it could not be written.
        """
        if isinstance(event, Cancelled | Failed):
            return
        self.append(event.n, to_line(event).encode())
        if isinstance(event, Snapshot) and event.kept:
            self.keep(event.step, event.kept)

    def append(self, number: int, line: bytes) -> None:
        """Write event `number` unless it is there already: what is computed again after a fall is the same again.

        Raises:
            OSError: it could not be written; then nothing of it is left.
            ValueError: events are missing before it.
        """
        if number < self.count:
            return
        if number > self.count:
            raise ValueError(f"event {number} where {self.count} are written")
        content = line + b"\n"
        try:
            if os.write(self._descriptor, content) != len(content):
                raise OSError(files.FULL[0], "the disk is full")
        except OSError:
            os.ftruncate(self._descriptor, self._size)
            raise
        self.count, self._size = self.count + 1, self._size + len(content)

    def sync(self) -> None:
        """Make what was written outlive the machine's fall."""
        os.fsync(self._descriptor)

    def keep(self, step: int, content: bytes) -> None:
        """Keep the snapshot after `step` updates, whose event is written; the events so far are made to outlive it."""
        self.sync()
        write_whole(self._folder.path / SNAPSHOTS / name_of(step), content)
