from __future__ import annotations

import errno
import os
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.training.lab.events import Cancelled, Snapshot
from rnn_core.training.lab.files import ASIDE, BusyError
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder
from rnn_core.training.lab.writer import Writer, writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from pathlib import Path

SPEC = spec(steps=12)
ALL = list(train(SPEC))


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / SPEC.id)
    made.make(SPEC.canonical)
    return made


def content(folder: Folder) -> dict[str, bytes]:
    paths = [folder.path / EVENTS, *(folder.path / SNAPSHOTS).iterdir()]
    return {path.name: path.read_bytes() for path in paths}


def write_all(writer: Writer) -> None:
    for event in ALL:
        writer.write(event)


def go_on(folder: Folder) -> None:
    with writing(folder) as writer:
        for event in train(SPEC, folder.snapshot()):
            writer.write(event)


@settings(max_examples=20)
@given(cut=st.integers(0, 20_000), written=st.integers(0, len(ALL)))
def test_it_is_the_same_however_it_was_broken_off(
    tmp_path_factory: pytest.TempPathFactory, cut: int, written: int
) -> None:
    folder = Folder(tmp_path_factory.mktemp("runs") / SPEC.id)
    folder.make(SPEC.canonical)
    go_on(folder)
    whole = content(folder)
    folder.remove()
    folder.make(SPEC.canonical)
    with writing(folder) as writer:
        for event in ALL[:written]:
            writer.write(event)
    before = (folder.path / EVENTS).read_bytes()
    (folder.path / EVENTS).write_bytes(before[:cut])  # the tail, and what it tells of snapshots, is lost
    (folder.path / f"{ASIDE}1-x").write_bytes(b"half")
    go_on(folder)
    assert content(folder) == whole
    assert not list(folder.path.rglob(f"{ASIDE}*"))


def test_only_one_writes(folder: Folder) -> None:
    with writing(folder), pytest.raises(BusyError), writing(folder):
        pass
    folder.remove()
    with pytest.raises(BusyError), writing(folder):
        pass


def test_events_are_written_once_and_without_a_gap(folder: Folder) -> None:
    with writing(folder) as writer:
        writer.write(ALL[0])
        writer.write(ALL[0])
        writer.write(Cancelled(n=0, step=0))
        with pytest.raises(ValueError, match="event 2 where 1"):
            writer.append(2, b"{}")
    assert folder.count() == 1


def test_a_full_disk_leaves_nothing_half_written(folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    with writing(folder) as writer:
        writer.write(ALL[0])
        before = content(folder)
        real = os.write
        for room in (0, 5):
            with monkeypatch.context() as full:
                full.setattr(os, "write", lambda to, said, room=room: real(to, bytes(said[:room])))
                with pytest.raises(OSError, match="full") as caught:
                    writer.write(ALL[1])
                assert caught.value.errno == errno.ENOSPC
            assert content(folder) == before
        with monkeypatch.context() as full:
            full.setattr(os, "replace", lambda *_: (_ for _ in ()).throw(OSError(errno.ENOSPC, "full")))
            with pytest.raises(OSError, match="full"):
                write_all(writer)
        assert not list(folder.path.rglob(f"{ASIDE}*"))
        write_all(writer)
    assert len(list((folder.path / SNAPSHOTS).iterdir())) == sum(isinstance(event, Snapshot) for event in ALL)
