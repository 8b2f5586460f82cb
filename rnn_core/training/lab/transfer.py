"""A run as one file, out and in. What comes in is read as data alone, within bounds, and must fit its own spec."""

from __future__ import annotations

import io
import os
import re
import shutil
import zipfile
import zlib
from collections.abc import Iterable

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.events import (
    Cancelled,
    Diverged,
    Event,
    Failed,
    Finished,
    Point,
    Snapshot,
    Started,
    from_line,
    to_line,
)
from rnn_core.training.lab.files import ASIDE
from rnn_core.training.lab.folder import EVENTS, IMPORTED, SNAPSHOTS, SPEC, Folder, digest, name_of
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs, owner

NAMES = re.compile(rf"{re.escape(SPEC)}|{re.escape(EVENTS)}|{SNAPSHOTS}/\d{{6}}\.safetensors")
WHEN = (1980, 1, 1, 0, 0, 0)  # the file says nothing of when or where it was written
PARTS = 2 + limits.SNAPSHOTS + 2
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OSError)


def export_run(runs: Runs, run: str) -> bytes:
    """A run as a ZIP file: its spec, its events, its snapshots; equal runs give equal files.

    Raises:
        KiokuError: there is no such run, or its folder is damaged.
    """
    row = runs.row(run)
    folder, spec = runs.folder(row.training), runs.spec(run)
    lines = list(folder.lines(row.seen))
    parts = {SPEC: spec.canonical.encode(), EVENTS: b"".join(line + b"\n" for line in lines)}
    for event in map(from_line, lines):
        content = folder.snapshot(event.step) if isinstance(event, Snapshot) else None
        if content is not None and isinstance(event, Snapshot) and digest(content) == event.sha256:
            parts[f"{SNAPSHOTS}/{name_of(event.step)}"] = content
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name, WHEN), content, zipfile.ZIP_DEFLATED)
    return packed.getvalue()


def import_run(runs: Runs, content: bytes, visitor: str) -> str:
    """A run of this visitor's from what `export_run` gave; its name. It is shown, and computed by nobody.

    Raises:
        KiokuError: the file is too large or is no such file, or there is no room.
    """
    parts = _unpacked(content)
    spec = _spec(parts)
    events = _events(parts, spec)
    _check_snapshots(parts, events, spec)
    folder = runs.folder(IMPORTED + digest(content))
    runs.asked(lambda: runs.room.make(sum(map(len, parts.values()))))
    runs.asked(lambda: _store(folder, spec, events, parts))
    state = folder.end() or "cancelled"
    return runs.asked(lambda: runs.turns.show(folder.path.name, owner(visitor), state, spec.seconds))


def _unpacked(content: bytes) -> dict[str, bytes]:
    """The parts of a file by their names: only those that a run has, and none larger than is said."""
    if len(content) > limits.FILE:
        raise KiokuError("lab_file_size", most=limits.FILE >> 20)
    parts: dict[str, bytes] = {}
    part = "ZIP"
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
            if sum(entry.file_size for entry in entries) > limits.FILE:
                raise KiokuError("lab_file_size", most=limits.FILE >> 20)
            for entry in entries[: PARTS + 1]:
                part = entry.filename[:64]
                if not NAMES.fullmatch(entry.filename) or part in parts or len(parts) == PARTS:
                    raise KiokuError("lab_file", part=part)
                with archive.open(entry) as file:
                    parts[part] = file.read(entry.file_size)
                    if len(parts[part]) != entry.file_size or file.read(1):
                        raise KiokuError("lab_file", part=part)
    except KiokuError:
        raise
    except DAMAGED:
        raise KiokuError("lab_file", part=part) from None
    return parts


def _spec(parts: dict[str, bytes]) -> TrainSpec:
    try:
        spec = TrainSpec.model_validate_json(parts.get(SPEC, b""))
    except ValueError:
        raise KiokuError("lab_file", part=SPEC) from None
    if parts[SPEC] != spec.canonical.encode():
        raise KiokuError("lab_file", part=SPEC)
    return spec


def _events(parts: dict[str, bytes], spec: TrainSpec) -> list[Event]:
    """The events, if they are those of a run of this spec: in order, of its sizes, and none after the last."""
    try:
        events = [from_line(line) for line in parts.get(EVENTS, b"").split(b"\n")[:-1]]
    except KiokuError:
        raise KiokuError("lab_file", part=EVENTS) from None
    steps = [0, *(event.step for event in events if not isinstance(event, Started))]
    fits = (
        bool(events)
        and isinstance(events[0], Started)
        and events[0].spec == spec.canonical
        and [event.n for event in events] == list(range(len(events)))
        and not any(isinstance(event, Started | Cancelled | Failed) for event in events[1:])
        and not any(isinstance(event, Finished | Diverged) for event in events[:-1])
        and steps == sorted(steps)
        and steps[-1] <= spec.steps
        and all(_is_of_size(event, spec) for event in events)
    )
    if not fits:
        raise KiokuError("lab_file", part=EVENTS)
    return events


def _is_of_size(event: Event, spec: TrainSpec) -> bool:
    if isinstance(event, Point):
        return len(event.reach) == spec.length and len(event.reach_cell) in (0, spec.length)
    return not isinstance(event, Snapshot) or len(event.states) == spec.length * spec.hidden


def _check_snapshots(parts: dict[str, bytes], events: Iterable[Event], spec: TrainSpec) -> None:
    """Refuse a snapshot that no event tells of, or that is none of a run of this spec."""
    from rnn_core.training.lab.loop import begin_run  # needs torch

    known = {f"{SNAPSHOTS}/{name_of(event.step)}": event.sha256 for event in events if isinstance(event, Snapshot)}
    for name, content in parts.items():
        if name.startswith(SNAPSHOTS):
            try:
                if digest(content) != known.get(name):
                    raise KiokuError("lab_file", part=name)
                begin_run(spec).restore(content)
            except KiokuError:
                raise KiokuError("lab_file", part=name) from None


def _store(folder: Folder, spec: TrainSpec, events: Iterable[Event], parts: dict[str, bytes]) -> None:
    """Write the folder: whole, or nothing of it."""
    if folder.path.exists():
        return
    aside = Folder(folder.path.with_name(f"{ASIDE}{os.getpid()}-{folder.path.name}"))
    try:
        aside.make(spec.canonical)
        (aside.path / EVENTS).write_text("".join(f"{to_line(event)}\n" for event in events), encoding="utf-8")
        for name, content in parts.items():
            if name.startswith(SNAPSHOTS):
                (aside.path / name).write_bytes(content)
        os.replace(aside.path, folder.path)
    finally:
        shutil.rmtree(aside.path, ignore_errors=True)
