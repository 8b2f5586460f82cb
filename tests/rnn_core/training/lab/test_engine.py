"""The engine with real workers in real processes: what it computes is the same whatever dies meanwhile."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from rnn_core.training.lab import cluster
from rnn_core.training.lab import engine as module
from rnn_core.training.lab.engine import Engine, find_engine
from rnn_core.training.lab.folder import EVENTS, SNAPSHOTS, Folder
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.worker import compute
from tests.reading import ROOT
from tests.rnn_core.training.lab.standin import broken, fatal, spec, train

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rnn_core.training.lab.spec import TrainSpec

PATIENCE = 300.0  # seconds on a busy machine
KILLS = 20
LIGHT = "tests.rnn_core.training.lab.standin"  # in the place of what gets workers ready: the stand-in needs no torch
APP = """
import os, signal, sys
from importlib import import_module
from pathlib import Path
from rnn_core.training.lab import cluster
from rnn_core.training.lab.engine import Engine
from rnn_core.training.lab.store import Runs
from tests.rnn_core.training.lab.standin import train
if __name__ == "__main__":
    cluster.SETUP = cluster.READY = sys.argv[2]
    import_module(sys.argv[2])
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))  # as the app does
    Engine(Runs(Path(sys.argv[1])), train).start()
    print("started", flush=True)
    signal.pause()
"""


def until(is_so: Callable[[], Any], what: str) -> Any:
    """What is asked again and again until it is so."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if found := is_so():
            return found
        time.sleep(0.01)
    raise AssertionError(f"never: {what}")


def content(folder: Folder) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in [folder.path / EVENTS, *(folder.path / SNAPSHOTS).iterdir()]}


def undisturbed(asked: TrainSpec, where: Path) -> dict[str, bytes]:
    """What a training leaves that nothing disturbs."""
    folder = Folder(where / "undisturbed" / asked.id)
    folder.make(asked.canonical)
    folder.want(True)
    assert compute(str(folder.path.parent), folder.path.name, train).kind == "ended"
    return content(folder)


def children(pid: int) -> set[int]:
    """The processes that this one has started, and those that they have."""
    found: set[int] = set()
    for task in Path(f"/proc/{pid}/task").glob("*/children"):
        for child in map(int, task.read_text().split()):
            found |= {child} | children(child)
    return found


def forking(pid: int) -> int:
    """The process from which the workers below a process are forked."""
    (found,) = [
        child
        for child in children(pid)
        if b"forkserver" in Path(f"/proc/{child}/cmdline").read_bytes() and parent(child) == pid
    ]
    return found


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Engine]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIOKU_WORKERS", "2")
        patch.setattr(cluster, "SETUP", LIGHT)
        patch.setattr(cluster, "READY", LIGHT)
        made = Engine(Runs(tmp_path_factory.mktemp("store")), train)
        made.start()
        made.start()
        yield made
        made.close()


def test_a_run_is_computed_as_anywhere(engine: Engine, tmp_path: Path) -> None:
    first, second = spec(pause=0.001, seed=1), spec(pause=0.001, seed=2)
    runs = engine.runs.submit_all([first, second], "one")
    for run, asked in zip(runs, (first, second), strict=True):
        until(lambda run=run: engine.runs.status(run).state == "finished", "finished")
        assert content(engine.runs.folder(asked.id)) == undisturbed(asked, tmp_path)
    assert engine.runs.index.number("select count(*) from trainings where seconds > 0 and bytes > 0") == 2
    assert engine.runs.index.number("select value from counted where name = 'slots'") == 2


def test_cancelling_frees_the_slot_and_the_run_goes_on(engine: Engine, tmp_path: Path) -> None:
    asked = spec(steps=400, pause=0.005, seed=3)
    run = engine.runs.submit(asked, "one")
    until(lambda: engine.runs.status(run).events > 30, "events")
    engine.runs.cancel(run, "one")
    seen = engine.runs.status(run)
    assert seen.state == "cancelled"
    until(lambda: not engine._flights, "a free slot")
    assert engine.runs.folder(asked.id).count() <= seen.events + 40  # within a tenth of a second, or a busy one
    assert engine.runs.status(run) == seen
    engine.runs.go_on(run, "one")
    until(lambda: engine.runs.status(run).state == "finished", "finished")
    assert content(engine.runs.folder(asked.id)) == undisturbed(asked, tmp_path)


def test_one_more_waits_for_its_turn_and_sees_it(engine: Engine) -> None:
    runs = [engine.runs.submit(spec(steps=200, pause=0.005, seed=seed), f"visitor {seed}") for seed in range(10, 14)]
    until(lambda: engine.runs.status(runs[1]).state != "queued", "the first runs")
    last = engine.runs.status(runs[3])
    assert (last.state, last.before) == ("queued", 1)
    assert last.seconds is not None
    for run in runs:
        until(lambda run=run: engine.runs.status(run).state == "finished", "all finished")


def test_a_mistake_ends_the_run_and_not_the_engine(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "train", broken)
    run = engine.runs.submit(spec(seed=4), "one")
    until(lambda: engine.runs.status(run).state == "failed", "failed")
    failure = engine.runs.status(run).failure
    assert (failure and failure.code) == "lab_broken"
    monkeypatch.setattr(engine, "train", train)
    engine.runs.go_on(run, "one")
    until(lambda: engine.runs.status(run).state == "finished", "finished")


def test_a_folder_that_is_gone_ends_the_run_and_not_the_engine(engine: Engine) -> None:
    blocking = engine.runs.submit_all([spec(steps=100, pause=0.01, seed=seed) for seed in (20, 21)], "one")
    run = engine.runs.submit(spec(seed=22), "one")
    engine.runs.folder(spec(seed=22).id).remove()
    until(lambda: engine.runs.status(run).state == "failed", "failed")
    for one in blocking:
        until(lambda one=one: engine.runs.status(one).state == "finished", "finished")


def test_a_worker_that_is_killed_is_replaced_and_nothing_is_lost(engine: Engine, tmp_path: Path) -> None:
    asked = [spec(steps=600, pause=0.005, seed=seed) for seed in (5, 6)]
    runs = engine.runs.submit_all(asked, "one")
    for run in runs:
        until(lambda run=run: engine.runs.status(run).events > 20, "events")
    before = [engine.runs.events_since(run) for run in runs]
    for worker in multiprocessing.active_children():
        worker.kill()
    for run, one, seen in zip(runs, asked, before, strict=True):
        until(lambda run=run: engine.runs.status(run).state == "finished", "finished")
        found = engine.runs.events_since(run)
        assert found.lines[: len(seen.lines)] == seen.lines
        assert content(engine.runs.folder(one.id)) == undisturbed(one, tmp_path)


def test_the_process_from_which_workers_are_forked_is_replaced_too(engine: Engine, tmp_path: Path) -> None:
    asked = spec(steps=400, pause=0.005, seed=8)
    run = engine.runs.submit(asked, "one")
    until(lambda: engine.runs.status(run).events > 20, "events")
    family = children(os.getpid())
    os.kill(forking(os.getpid()), signal.SIGKILL)
    until(lambda: engine.runs.status(run).state == "finished", "finished")
    assert content(engine.runs.folder(asked.id)) == undisturbed(asked, tmp_path)
    until(lambda: len(children(os.getpid())) == len(family), "as many workers as before")


def test_one_that_kills_its_workers_fails(engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "TRIES", 2)
    monkeypatch.setattr(engine, "train", fatal)
    run = engine.runs.submit(spec(seed=7), "one")
    until(lambda: engine.runs.status(run).state == "failed", "failed")
    failure = engine.runs.status(run).failure
    assert (failure and failure.code) == "lab_died"


def test_killed_at_any_moment_it_is_the_same_in_the_end(tmp_path: Path) -> None:
    chance, asked = random.Random(5), spec(pause=0.002)
    folder = Folder(tmp_path / asked.id)
    folder.make(asked.canonical)
    folder.want(True)
    seen: list[bytes] = []
    for _ in range(KILLS):
        if not (child := os.fork()):
            compute(str(folder.path.parent), folder.path.name, train)
            os._exit(0)
        time.sleep(chance.uniform(0.0, 0.1))
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)
        found = folder.read().lines
        assert found[: len(seen)] == seen  # what was reported is there, and once
        seen = found
    assert compute(str(folder.path.parent), folder.path.name, train).kind == "ended"
    assert content(folder) == undisturbed(asked, tmp_path)


def start_app(store: Path, ready: str = LIGHT) -> subprocess.Popen[str]:
    """An app with one worker: both have imported `ready`."""
    environment = os.environ | {"KIOKU_WORKERS": "1", "PYTHONPATH": str(ROOT)}
    (store / "app.py").write_text(APP)
    app = subprocess.Popen(
        [sys.executable, str(store / "app.py"), str(store), ready], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert app.stdout is not None
    assert app.stdout.readline() == "started\n"
    return app


def test_two_apps_share_a_store_and_one_takes_over_from_the_other(tmp_path: Path) -> None:
    runs, asked = Runs(tmp_path), spec(steps=600, pause=0.02)
    run = runs.submit(asked, "one")
    with start_app(tmp_path) as first, start_app(tmp_path) as second:
        until(lambda: runs.status(run).events > 10, "events")
        holder, other = (first, second) if children(first.pid) else (second, first)
        assert not children(other.pid)
        family = children(holder.pid)
        holder.kill()
        holder.wait()
        before = runs.events_since(run)
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), "no orphan of one that is killed")
        until(lambda: runs.status(run).events > before.next + 10, "the other one goes on")
        assert runs.events_since(run).lines[: before.next] == before.lines
        family = children(other.pid)
        assert family
        other.terminate()
        assert other.wait() == 0
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), "no orphan of one that is ended")


def test_there_is_one_engine_for_a_store(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KIOKU_DATA_DIR", str(tmp_path / "a"))
    assert find_engine() is find_engine()
    assert find_engine().runs.root == tmp_path / "a"
    monkeypatch.setenv("KIOKU_DATA_DIR", str(tmp_path / "b"))
    assert find_engine().runs.root == tmp_path / "b"
