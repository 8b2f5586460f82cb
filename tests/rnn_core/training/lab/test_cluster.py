"""Workers elsewhere: a scheduler and workers of their own, as Dask's own commands start them."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import subprocess
import sys
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import dask
import pytest

from bench.server import free_port
from rnn_core.training.lab import limits, loop
from rnn_core.training.lab.cluster import Cluster, workers
from rnn_core.training.lab.engine import Engine
from rnn_core.training.lab.events import Snapshot, from_line
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.worker import NICER, Train, train_run
from tests.reading import ROOT
from tests.rnn_core.training.lab.standin import spec, train
from tests.rnn_core.training.lab.test_engine import children, content, undisturbed, until

if TYPE_CHECKING:
    from collections.abc import Iterator


class Elsewhere:
    """A scheduler and its workers, in a folder of their own."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.port = folder, free_port()
        self.address = f"tcp://127.0.0.1:{self.port}"
        self.running: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        self._command("scheduler", "--host", "127.0.0.1", "--port", str(self.port), "--no-dashboard")
        for _ in range(2):
            self._command("worker", self.address, "--nthreads", "1", "--no-dashboard", "--host", "127.0.0.1")

    def kill_a_nanny(self) -> set[int]:
        """The processes that were its own."""
        nanny = self.running.pop()
        family = children(nanny.pid)
        nanny.kill()
        nanny.wait()
        return family

    def end(self) -> None:
        for process in self.running:
            process.send_signal(signal.SIGKILL)
        for process in self.running:
            process.wait()
        self.running.clear()

    def _command(self, *told: str) -> None:
        environment = os.environ | {"PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-m", "dask", *told]
        log = (self.folder / "log").open("ab")
        with log:
            self.running.append(subprocess.Popen(command, cwd=self.folder, env=environment, stdout=log, stderr=log))


@contextmanager
def serving(runs: Runs, how: Train = train) -> Iterator[Engine]:
    made = Engine(runs, how)
    made.start()
    try:
        yield made
    finally:
        made.close()


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[Elsewhere]:
    (tmp_path / "elsewhere").mkdir()
    there = Elsewhere(tmp_path / "elsewhere")
    there.start()
    with ExitStack() as closing:
        closing.callback(there.end)
        closing.enter_context(dask.config.set({"scheduler-address": there.address}))
        yield there


def test_workers_elsewhere_compute_the_same(
    elsewhere: Elsewhere, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = [spec(steps=steps, pause=0.005, seed=steps) for steps in (200, 300, 900)]
    runs = Runs(tmp_path / "here")
    with serving(runs) as engine:
        first = runs.submit(asked[0], "one")
        until(lambda: runs.status(first).state == "finished", "on a common disk")
        assert not engine._relay._open
        # Nobody else's process finds our folder by this name.
        monkeypatch.chdir(tmp_path)
        away = Runs(Path("/proc/self/cwd/away"))
    with serving(away) as engine:
        second, third = away.submit_all(asked[1:], "one")
        until(lambda: min(away.status(run).events for run in (second, third)) > 20, "events from afar")
        assert len(engine._relay._open) == 2
        told = [away.events_since(run) for run in (second, third)]
        family = elsewhere.kill_a_nanny()
        assert family
        until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in family), "no worker without its nanny")
        for run, seen in zip((second, third), told, strict=True):
            assert away.events_since(run).lines[: seen.next] == seen.lines
        away.cancel(third, "one")
        until(lambda: away.status(second).state == "finished", "without a common disk")
        until(lambda: not engine._flights, "free slots")
        assert away.status(third).state == "cancelled"
        away.go_on(third, "one")
        seen = away.events_since(third)
        until(lambda: away.status(third).events > seen.next + 5, "more events")
        elsewhere.end()  # scheduler, nannies and workers
        before = away.events_since(third)
        assert before.lines[: seen.next] == seen.lines
        elsewhere.start()
        until(lambda: away.status(third).state == "finished", "the scheduler gone and back")
        assert away.events_since(third).lines[: before.next] == before.lines
    for one, where in ((asked[0], runs), (asked[1], away), (asked[2], away)):
        assert content(where.folder(one.id)) == undisturbed(one, tmp_path)


def test_workers_of_our_own_are_ready_polite_and_nobody_else_s(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOKU_WORKERS", "1")
    asked = TrainSpec(task="parity", length=3, cell="gru", hidden=3, batch=4, steps=5)
    runs = Runs(tmp_path)
    run = runs.submit(asked, "one")
    with serving(runs, train_run):
        until(lambda: runs.status(run).state == "finished", "finished")
        (worker,) = multiprocessing.active_children()
        assert os.getpriority(os.PRIO_PROCESS, worker.pid or 0) == min(19, os.nice(0) + NICER)
        ports = listening(os.getpid()) | listening(worker.pid or 0)
        assert len(ports) >= 3
        asking = [
            (port, path) for port in ports for path in ("/", "/status", "/info/main/workers.html", "/json/counts.json")
        ]
        assert {plainly_asked(*one)[:12] for one in asking} <= {b"", b"HTTP/1.1 404"}
    assert [from_line(line) for line in runs.events_since(run).lines] == [
        replace(event, kept=b"") if isinstance(event, Snapshot) else event for event in loop.train(asked)
    ]


def listening(pid: int) -> set[int]:
    """The ports of this machine at which a process listens."""
    inodes = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        with suppress(OSError):
            inodes.add(os.readlink(descriptor))
    rows = [line.split() for line in Path("/proc/net/tcp").read_text().splitlines()[1:]]
    return {int(row[1].partition(":")[2], 16) for row in rows if row[3] == "0A" and f"socket:[{row[9]}]" in inodes}


def plainly_asked(port: int, path: str) -> bytes:
    """What somebody on this machine is told who asks without a certificate."""
    with socket.create_connection(("127.0.0.1", port), 10) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        with suppress(OSError):
            return connection.recv(100)
        return b""


def test_how_many_workers_there_are_may_be_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIOKU_WORKERS", "3")
    assert workers() == 3
    monkeypatch.setenv("KIOKU_WORKERS", "0")
    assert workers() == 1
    monkeypatch.delenv("KIOKU_WORKERS")
    assert 1 <= workers() <= limits.WORKERS


def test_a_scheduler_that_does_not_answer_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def heard(_: dict[str, Any]) -> None:
        raise AssertionError

    monkeypatch.setattr("rnn_core.training.lab.cluster.CONNECTS", 0.2)
    with dask.config.set({"scheduler-address": f"tcp://127.0.0.1:{free_port()}"}), pytest.raises(OSError, match="tcp"):
        Cluster(tmp_path, heard)
