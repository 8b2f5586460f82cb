"""What a run's folder stands on: files that are there whole or not at all, and locks that end with their process."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

ASIDE = ".aside-"  # how the name of a file begins that is still being written
LOOK_EVERY = 0.01  # seconds between two looks whether a lock is free
FULL = (errno.ENOSPC, errno.EDQUOT)


class BusyError(Exception):
    """Somebody else writes here."""


def is_full(error: OSError) -> bool:
    """Whether this is what a full disk says."""
    return error.errno in FULL


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that a reader finds the old one or the new one, whatever ends the process or the machine.

    Raises:
        OSError: it could not be written; then nothing of it is left.
    """
    aside = path.with_name(f"{ASIDE}{os.getpid()}-{path.name}")
    try:
        with aside.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(aside, path)
    except BaseException:
        with suppress(OSError):
            aside.unlink()
        raise
    keep_names(path.parent)


def keep_names(folder: Path) -> None:
    """Make the names in a folder outlive the machine's fall, where the system lets a folder be opened for that."""
    with suppress(PermissionError):  # Windows does not
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@contextmanager
def locked(path: Path, wait: float = 0.0) -> Iterator[None]:
    """Be the only one that holds this lock. The system takes it back from a process that ends, however it ends.

    Args:
        path: the lock's file, which stays.
        wait: seconds to wait for whoever holds it.

    Raises:
        BusyError: somebody else still holds it.
    """
    until = time.monotonic() + wait
    with path.open("ab") as file:
        while not _take(file.fileno()):
            if time.monotonic() >= until:
                raise BusyError(path.name)
            time.sleep(LOOK_EVERY)
        yield


if sys.platform == "win32":
    import msvcrt

    def _take(descriptor: int) -> bool:
        try:
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        except OSError:
            return False
        return True
else:
    import fcntl

    def _take(descriptor: int) -> bool:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True
