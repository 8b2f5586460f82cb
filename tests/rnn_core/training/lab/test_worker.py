"""What a worker does, in this process: its folder, and how it ends."""

from __future__ import annotations

import errno
import math
import subprocess
import sys
import time
from typing import TYPE_CHECKING, Any

import pytest

from rnn_core.errors import KiokuError
from rnn_core.training.lab import worker
from rnn_core.training.lab.events import Diverged, Event, Snapshot, from_line
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, SPEC, Folder, name_of
from rnn_core.training.lab.worker import LostError, compute, compute_away, read_token, stop_here
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import broken, spec, train

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    made = Folder(tmp_path / spec().id)
    made.make(spec().canonical)
    made.want(True)
    return made


def computed(folder: Folder, how: Any = train) -> worker.Outcome:
    return compute(str(folder.path.parent), folder.path.name, how)


def test_a_training_is_computed_once(folder: Folder) -> None:
    assert computed(folder).kind == "ended"
    before = (folder.path / EVENTS).read_bytes()
    assert folder.end() == "finished"

    def never(*_: Any) -> Iterator[Event]:
        raise AssertionError

    assert computed(folder, never).kind == "ended"
    assert (folder.path / EVENTS).read_bytes() == before


def test_it_stops_within_a_tenth_of_a_second_where_nobody_wants_it(folder: Folder) -> None:
    long = spec(steps=20_000, pause=0.001)
    other = Folder(folder.path.with_name(long.id))
    other.make(long.canonical)
    began = time.monotonic()
    assert computed(other).kind == "stopped"
    assert time.monotonic() - began < 1.0  # of a busy machine
    assert other.end() is None
    assert 0 < other.count() < 40


def test_another_one_that_writes_is_left_alone(folder: Folder) -> None:
    with writing(folder):
        assert computed(folder).kind == "busy"
    folder.remove()
    assert computed(folder).kind == "busy"


def test_a_deleted_folder_ends_it(folder: Folder) -> None:
    def deleting(*of: Any) -> Iterator[Event]:
        for event in train(*of):
            if event.n == 10:
                folder.remove()
            yield event

    assert computed(folder, deleting).kind == "stopped"
    assert not folder.path.exists()


def test_a_mistake_is_told(folder: Folder) -> None:
    outcome = computed(folder, broken)
    assert (outcome.kind, outcome.error and outcome.error.values) == ("failed", {"why": "RuntimeError: a mistake"})
    assert computed(folder).kind == "ended"
    (folder.path / SPEC).write_bytes(b"")
    (folder.path / EVENTS).write_bytes(b"")
    outcome = computed(folder)
    assert (outcome.kind, outcome.error and outcome.error.code) == ("failed", "lab_damaged")


def test_a_full_disk_is_told_and_gone_on_from(folder: Folder) -> None:
    def filling(*of: Any) -> Iterator[Event]:
        for event in train(*of):
            yield event
            if event.n == 20:
                raise OSError(errno.ENOSPC, "no space left")

    assert computed(folder, filling).kind == "full"
    assert folder.count() == 21
    assert computed(folder).kind == "ended"


def test_a_damaged_snapshot_costs_only_time(folder: Folder, tmp_path: Path) -> None:
    computed(folder)
    whole = {path.name: path.read_bytes() for path in folder.path.rglob("*.*")}
    last = folder.path / SNAPSHOTS / name_of(spec().snapshots[3])
    for harm in (b"", b"\x00" * 100, last.read_bytes()[:-5]):
        lines = whole[EVENTS].split(b"\n")
        (folder.path / EVENTS).write_bytes(b"\n".join(lines[:30]))
        for path in (folder.path / SNAPSHOTS).iterdir():
            path.write_bytes(harm)
        assert computed(folder).kind == "ended"
        assert {path.name: path.read_bytes() for path in folder.path.rglob("*.*")} == whole


def test_one_that_diverges_has_all_events_up_to_there(tmp_path: Path) -> None:
    wild = spec(clip=None)
    folder = Folder(tmp_path / wild.id)
    folder.make(wild.canonical)
    folder.want(True)
    assert computed(folder).kind == "ended"
    assert folder.end() == "diverged"
    last = from_line(folder.read().lines[-1])
    assert isinstance(last, Diverged)
    assert (last.loss, math.isnan(last.norm)) == (math.inf, True)
    assert folder.count() > 7


class Away:
    """A worker of Dask, as far as a training asks it."""

    class status:  # noqa: N801
        name = "running"

    def __init__(self) -> None:
        self.sent: list[dict[str, Any]] = []

    def log_event(self, topic: str, message: dict[str, Any]) -> None:
        assert topic == "topic"
        self.sent.append(message)


@pytest.fixture
def away(monkeypatch: pytest.MonkeyPatch) -> Away:
    there = Away()
    monkeypatch.setattr(worker, "_this_worker", lambda: there)
    return there


def test_what_happens_is_sent_home(away: Away) -> None:
    outcome = compute_away(spec().canonical, None, train, "topic", "first")
    events = list(train(spec()))
    assert [message["line"] for message in away.sent] == [worker.to_line(event) for event in events]
    kept = [event.kept for event in events if isinstance(event, Snapshot)]
    assert [message["kept"] for message in away.sent if message["kept"]] == kept
    assert (outcome.kind, outcome.count, outcome.last and outcome.last.kept) == ("ended", len(events), kept[-1])
    large = pytest.MonkeyPatch()
    with large.context() as patch:
        patch.setattr(worker, "SENT", 10)
        outcome = compute_away(spec().canonical, kept[3], train, "topic", "second")
    assert not [message for message in away.sent[len(events) :] if message["kept"]]
    assert outcome.last is not None
    assert outcome.last.kept == kept[-1]


def test_elsewhere_it_stops_when_it_is_told(away: Away) -> None:
    long = spec(steps=20_000, pause=0.001).canonical
    stop_here({"first", "second"})
    assert compute_away(long, None, train, "topic", "first").kind == "stopped"
    stop_here({"third"})
    assert compute_away(spec().canonical, None, train, "topic", "first").kind == "ended"


def test_a_worker_that_its_scheduler_forgot_ends(away: Away, folder: Folder, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Away.status, "name", "closed")
    long = spec(steps=20_000, pause=0.001).canonical
    assert compute_away(long, None, train, "topic", "first").kind == "stopped"
    stop = worker._stopper(lambda: False)
    assert not stop()
    time.sleep(worker.LOOK_EVERY)
    with pytest.raises(LostError):
        stop()


def test_a_token_is_read_where_the_disk_is_the_same(tmp_path: Path) -> None:
    (tmp_path / "token").write_text("abc")
    assert read_token(str(tmp_path / "token")) == "abc"
    assert read_token(str(tmp_path / "none")) is None


def test_nothing_slow_is_imported_with_it() -> None:
    code = "import sys, rnn_core.training.lab.engine, rnn_core.training.lab.cluster, rnn_core.training.lab.transfer\n"
    code += "print({'distributed', 'torch', 'dask'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


def test_why_is_short() -> None:
    assert len(str(KiokuError("lab_broken", why=worker._told(ValueError("x" * 10_000)).values["why"]))) < 400
