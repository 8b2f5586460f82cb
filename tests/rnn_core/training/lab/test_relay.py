from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from rnn_core.training.lab.events import Snapshot, to_line
from rnn_core.training.lab.files import BusyError
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder
from rnn_core.training.lab.relay import Relay
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from pathlib import Path

ALL = list(train(spec()))


def message(attempt: str, number: int) -> dict[str, Any]:
    event = ALL[number]
    return {"attempt": attempt, "line": to_line(event), "kept": event.kept if isinstance(event, Snapshot) else b""}


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / spec().id)
    made.make(spec().canonical)
    return made


def test_what_is_sent_is_written_as_it_would_be_there(folder: Folder, tmp_path: Path) -> None:
    relay = Relay()
    relay.begin("first", folder)
    for number in range(len(ALL)):
        relay.tell(message("first", number))
    relay.write()
    relay.end("first")
    there = Folder(tmp_path / "there")
    there.make(spec().canonical)
    with writing(there) as writer:
        for event in ALL:
            writer.write(event)
    for name in (EVENTS, *(f"{SNAPSHOTS}/{path.name}" for path in (there.path / SNAPSHOTS).iterdir())):
        assert (folder.path / name).read_bytes() == (there.path / name).read_bytes()


def test_what_is_missing_is_sent_by_the_next_attempt(folder: Folder) -> None:
    relay = Relay()
    relay.begin("first", folder)
    with pytest.raises(BusyError):
        relay.begin("second", folder)
    for number in (0, 1, 3, 4):
        relay.tell(message("first", number))
    relay.write()
    assert folder.count() == 2
    relay.end("first")
    relay.end("first")
    relay.tell(message("first", 2))  # too late
    relay.begin("second", folder)
    for number in range(5):
        relay.tell(message("second", number))
    relay.tell({"attempt": "second", "line": "nonsense"})
    relay.tell({})
    relay.write()
    relay.close()
    assert folder.read().lines == [to_line(event).encode() for event in ALL[:5]]


def test_a_large_snapshot_comes_at_the_end_and_a_false_one_never(folder: Folder) -> None:
    relay = Relay()
    relay.begin("first", folder)
    for number in range(len(ALL)):
        relay.tell(message("first", number) | {"kept": b"false"})
    relay.write()
    last = next(event for event in reversed(ALL) if isinstance(event, Snapshot))
    assert folder.snapshot() is None
    relay.end("first", last)
    assert folder.snapshot() == last.kept
