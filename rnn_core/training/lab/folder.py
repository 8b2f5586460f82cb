"""The folder of one training: its events, its snapshots, whose runs show it. All else can be made from it anew."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Literal, NamedTuple

from rnn_core.errors import KiokuError
from rnn_core.training.lab import files
from rnn_core.training.lab.files import write_whole

SPEC, EVENTS, RUNS, SNAPSHOTS = "spec.json", "events.jsonl", "shown.jsonl", "snapshots"
IMPORTED = "imported-"  # how the name of a folder begins that was not computed here
WANTED, FAILED = "wanted", "failed.json"
IS_SNAPSHOT = b'"kind":"snapshot"}'  # how the line of its event ends
MOST_BYTES = 1 << 19  # of events that are read at once
READERS = 256  # trainings whose lines are known by place
ENDS: tuple[Literal["finished", "diverged"], ...] = ("finished", "diverged")  # kinds of event after which there is none


class Lines(NamedTuple):
    """Some events of a training as JSON texts.

    Attributes:
        lines: one text an event, from the number that was asked for on.
        next: the number of the event after them.
        more: whether there are more already.
    """

    lines: list[bytes]
    next: int
    more: bool


@dataclass
class _Places:
    """Where the lines of one file begin, as far as it was read: places[n] is where event n does."""

    inode: int = 0
    places: list[int] = field(default_factory=lambda: [0])


_known: dict[Path, _Places] = {}
_lock = threading.Lock()


@dataclass(frozen=True)
class Folder:
    """A training's folder; reading it needs no lock, and any number of processes may."""

    path: Path

    def make(self, spec: str) -> None:
        """Begin a training of this spec (JSON): nothing happens where there is one already."""
        (self.path / SNAPSHOTS).mkdir(parents=True, exist_ok=True)
        if not (self.path / SPEC).exists():
            write_whole(self.path / SPEC, spec.encode())
            files.keep_names(self.path.parent)

    def spec(self) -> str | None:
        """Its spec as canonical JSON; where the file is damaged, as the first event has it; None where that is, too.

        The folder is called as its spec's digest, but for one that was imported.
        """
        with suppress(OSError, UnicodeDecodeError):
            if self._is_of(found := (self.path / SPEC).read_text(encoding="utf-8")):
                return found
        for line in self.read(until=1).lines:
            if self._is_of(found := str((_parsed(line) or {}).get("spec"))):
                return found
        return None

    @property
    def imported(self) -> bool:
        """Whether it was not computed here."""
        return self.path.name.startswith(IMPORTED)

    @property
    def wanted(self) -> bool:
        """Whether it is to go on: whoever computes it asks this ten times a second."""
        return os.path.exists(self.path / WANTED)

    def want(self, wanted: bool) -> None:
        """Say whether it is to go on."""
        if wanted:
            (self.path / WANTED).touch()
        else:
            (self.path / WANTED).unlink(missing_ok=True)

    def fail(self, error: KiokuError) -> None:
        """Say that it can't go on, and why."""
        write_whole(self.path / FAILED, json.dumps({"code": error.code, "values": error.values}, default=str).encode())

    def failure(self) -> KiokuError | None:
        """Why it can't go on."""
        try:
            found = json.loads((self.path / FAILED).read_bytes())
            return KiokuError(str(found["code"]), **found["values"])
        except (OSError, ValueError, TypeError, LookupError):
            return None

    def try_again(self) -> None:
        """Forget why it failed."""
        (self.path / FAILED).unlink(missing_ok=True)

    def end(self) -> Literal["finished", "diverged"] | None:
        """How it ended by itself: the kind of its last event, where that is one of `ENDS`."""
        count = self.count()
        last = self.read(count - 1).lines if count else []
        kind = (_parsed(last[0]) or {}).get("kind") if last else None
        return next((end for end in ENDS if end == kind), None)

    def count(self) -> int:
        """How many events there are."""
        return len(self._look().places) - 1

    def lines(self, until: int | None = None) -> Iterator[bytes]:
        """All events in their order, up to number `until` if that is said."""
        found = self.read(until=until)
        yield from found.lines
        while found.more:
            found = self.read(found.next, until=until)
            yield from found.lines

    def read(self, since: int = 0, most: int = MOST_BYTES, until: int | None = None) -> Lines:
        """Events by their number, as many as go into `most` bytes but at least one.

        Args:
            since: the first that is wanted; beyond the last there are none.
            most: bytes.
            until: the first that is not to be read.
        """
        places = self._look().places
        last = min(len(places) - 1, len(places) - 1 if until is None else until)
        first = min(max(since, 0), last)
        end = first
        while end < last and (places[end + 1] - places[first] <= most or end == first):
            end += 1
        if end == first:
            return Lines([], first, False)
        with (self.path / EVENTS).open("rb") as file:
            file.seek(places[first])
            content = file.read(places[end] - places[first])
        lines = content.split(b"\n")[:-1]
        good = next((at for at, line in enumerate(lines) if not _is_event(line, first + at)), len(lines))
        return Lines(lines[:good], first + good, good == len(lines) and end < last)

    def snapshot(self, step: int | None = None) -> bytes | None:
        """The newest snapshot that is whole and whose event is written, after at most `step` updates if that is said.

        It is known by the digest in its event: what else lies in the folder is nobody's.
        """
        for line in reversed(self.read(most=sys.maxsize).lines):
            event = _parsed(line) if line.endswith(IS_SNAPSHOT) else None
            if event is not None and (step is None or event["step"] <= step):
                try:
                    content = (self.path / SNAPSHOTS / name_of(event["step"])).read_bytes()
                except OSError:
                    continue
                if digest(content) == event["sha256"]:
                    return content
        return None

    def size(self) -> int:
        """The bytes that it takes."""
        return sum(path.stat().st_size for path in self.path.rglob("*") if path.is_file())

    def remove(self) -> None:
        """Delete it: in one move for whoever looks, and with all its files."""
        gone = self.path.with_name(f"{files.ASIDE}{os.getpid()}-{self.path.name}")
        with suppress(FileNotFoundError):
            os.replace(self.path, gone)
        shutil.rmtree(gone, ignore_errors=True)
        with _lock:
            _known.pop(self.path, None)

    def tell(self, run: str, **values: object) -> None:
        """Write down what is known of a run that shows this training; what was told before is replaced by it."""
        with (self.path / RUNS).open("ab+") as file:
            if file.tell():
                file.seek(-1, os.SEEK_END)
                torn = file.read(1) != b"\n"
            else:
                torn = False
            file.write(b"\n" * torn + json.dumps({"id": run, **values}).encode() + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def told(self) -> dict[str, dict[str, Any]]:
        """What was last told of each run that shows this training, in the order of coming."""
        found: dict[str, dict[str, Any]] = {}
        with suppress(FileNotFoundError), (self.path / RUNS).open("rb") as file:
            for line in file:
                values = _parsed(line) or {}
                if isinstance(run := values.get("id"), str):
                    found[run] = values
        return {run: values for run, values in found.items() if not values.get("gone")}

    def _is_of(self, spec: str) -> bool:
        return self.imported or digest(spec.encode()) == self.path.name

    def _look(self) -> _Places:
        known = _known.get(self.path)
        try:
            with (self.path / EVENTS).open("rb") as file:
                found = os.fstat(file.fileno())
                if known is None or known.inode != found.st_ino or found.st_size < known.places[-1]:
                    known = _Places(found.st_ino)
                if found.st_size > known.places[-1]:
                    file.seek(known.places[-1])
                    known = _Places(found.st_ino, [*known.places, *_ends(file.read(), known.places[-1])])
        except OSError:
            return _Places()
        with _lock:
            while len(_known) >= READERS:
                del _known[next(iter(_known))]
            _known[self.path] = known
        return known


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def name_of(step: int) -> str:
    """The file of the snapshot after `step` updates.

    Example:
        >>> name_of(20)
        '000020.safetensors'
    """
    return f"{step:06d}.safetensors"


def _ends(content: bytes, begin: int) -> list[int]:
    """Where the whole lines of a text end."""
    places, at = [], 0
    while (found := content.find(b"\n", at)) >= 0:
        at = found + 1
        places.append(begin + at)
    return places


def whole(path: Path) -> tuple[int, int]:
    """The events of a file that are whole, one after the other: how many, and their bytes."""
    count = size = 0
    with suppress(FileNotFoundError), path.open("rb") as file:
        for line in file:
            event = _parsed(line) if line.endswith(b"\n") and _is_event(line[:-1], count) else None
            if event is None:
                break
            count, size = count + 1, size + len(line)
    return count, size


def _is_event(line: bytes, number: int) -> bool:
    """Whether a line looks like this event: a reader passes it on as it is."""
    return line.startswith(b'{"n":%d,' % number) and line.endswith(b"}")


def _parsed(line: bytes) -> dict[str, Any] | None:
    """The event of a line as far as this module needs it; None where it is none."""
    try:
        found = json.loads(line)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
