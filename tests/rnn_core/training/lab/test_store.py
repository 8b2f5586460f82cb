from __future__ import annotations

import errno
import os
import sqlite3
import threading
from typing import TYPE_CHECKING

import platformdirs
import pytest

from rnn_core.errors import KiokuError
from rnn_core.training.lab.index import Index
from rnn_core.training.lab.store import INDEX, Runs, data_folder, owner
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from pathlib import Path


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


def test_the_folder_is_the_one_that_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIOKU_DATA_DIR", str(tmp_path / "data"))
    assert data_folder() == Runs().root == tmp_path / "data"
    monkeypatch.delenv("KIOKU_DATA_DIR")
    assert data_folder() == platformdirs.user_data_path("kioku", appauthor=False)


def test_a_run_that_is_not_there_is_said_to_be(runs: Runs) -> None:
    for name in ("none", "", "../../etc", "x" * 10_000, "'; drop table runs"):
        for ask in (runs.status, runs.spec, runs.events_since, runs.snapshot, lambda name: runs.cancel(name, "one")):
            with pytest.raises(KiokuError) as caught:
                ask(name)
            assert caught.value.code == "lab_unknown"
            assert len(str(caught.value)) < 250


def test_only_its_starter_changes_a_run(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    changes = (runs.cancel, runs.go_on, runs.delete, lambda *of: runs.pin(*of, True))
    for change in changes:
        for other in ("two", "", owner("one")):
            with pytest.raises(KiokuError) as caught:
                change(run, other)
            assert caught.value.code == "lab_not_yours"
    assert (runs.is_starter(run, "one"), runs.is_starter(run, "two")) == (True, False)
    assert runs.status(run).state == "queued"
    stored = b"".join(path.read_bytes() for path in runs.root.rglob("*") if path.is_file())
    assert b'"one"' not in stored  # who reads the store can't act as the visitor
    for change in changes:
        change(run, "one") if change != runs.delete else None
    runs.delete(run, "one")
    assert runs.of_visitor("one") == []


def test_a_place_and_a_time_are_told_to_whoever_waits(runs: Runs) -> None:
    names = [runs.submit(spec(seed=seed), f"visitor {seed}") for seed in range(4)]
    runs.index.take()
    assert [runs.status(run).before for run in names] == [None, 0, 1, 2]
    assert [runs.status(run).seconds for run in names] == [None] * 4  # nothing computes as yet
    runs.turns.count_slots(1)
    estimates = [runs.status(run).seconds or 0.0 for run in names]
    assert estimates == sorted(estimates)
    assert estimates[2] - estimates[1] == pytest.approx(spec().seconds)
    runs.turns.ended(spec(seed=0).id, "finished", spec().seconds * 3)  # slower than estimated
    found = runs.status(names[2]).seconds
    assert found == pytest.approx(spec().seconds * 3)
    assert not runs.status(names[1]).over
    assert runs.status(names[0]).over


def test_a_snapshot_is_what_its_event_says(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    with pytest.raises(KiokuError) as caught:
        runs.snapshot(run)
    assert caught.value.code == "lab_no_snapshot"
    with writing(runs.folder(spec().id)) as writer:
        for event in train(spec()):
            writer.write(event)
    assert runs.snapshot(run) == runs.folder(spec().id).snapshot()
    assert runs.snapshot(run, 0) == runs.folder(spec().id).snapshot(0) != runs.snapshot(run)


@pytest.mark.parametrize("harm", ["damaged", "gone", "old"])
def test_an_index_that_is_lost_is_made_anew(runs: Runs, harm: str) -> None:
    run = runs.submit(spec(), "one")
    other = Runs(runs.root)
    assert other.status(run).state == "queued"
    if harm == "damaged":
        runs.index.close()
        other.index.close()
        (runs.root / INDEX).write_bytes(os.urandom(5000))
    else:
        (runs.root / INDEX).unlink()
        if harm == "old":
            sqlite3.connect(runs.root / INDEX).close()
    for one in (other, runs, Runs(runs.root)):
        assert one.status(run).state == "queued"
        assert one.submit(spec(), "one") == run
        one.index.close()


def test_many_threads_and_processes_share_a_store(runs: Runs) -> None:
    both = (runs, Runs(runs.root))
    found: list[str] = []

    def press(number: int) -> None:
        found.extend(both[number % 2].submit(spec(seed=seed), f"visitor {number}") for seed in range(4))

    threads = [threading.Thread(target=press, args=(number,)) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(found)) == 32
    assert len([training for training in iter(both[0].index.take, None)]) == 4


def test_what_the_disk_can_t_do_is_said(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def raising(error: Exception) -> None:
        def fail(*_: object) -> None:
            raise error

        monkeypatch.setattr(Index, "one", fail)

    for error, code in (
        (OSError(errno.ENOSPC, "no space left"), "lab_disk"),
        (sqlite3.OperationalError("database or disk is full"), "lab_disk"),
        (sqlite3.OperationalError("database is locked"), "lab_store"),
        (PermissionError("denied"), "lab_store"),
    ):
        raising(error)
        with pytest.raises(KiokuError) as caught:
            runs.status("a")
        assert caught.value.code == code
