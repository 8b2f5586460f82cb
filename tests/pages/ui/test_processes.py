"""Real processes, forked by one of their own: a test process has threads, and must not be ended."""

from __future__ import annotations

import os
import select
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING

import pytest

from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="processes are forked on Linux only")
BEGIN = r"""
import os, signal, sys, time
from pages._ui import processes
def say(name):
    os.write(1, f"{name} {os.getpid()}\n".encode())
def work(name):
    say(name)
    time.sleep(40)
def stubborn():
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    work("stubborn")
def brief():
    say("brief")
    raise RuntimeError("cannot live")
"""
TWO = f"{BEGIN}\nsys.exit(not processes.keep_running([lambda: work('a'), lambda: work('b')]))"


@contextmanager
def running(code: str) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, bufsize=0, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def told(process: subprocess.Popen[bytes]) -> tuple[str, int]:
    """The name and the number of the next process that says so."""
    assert select.select([process.stdout], [], [], 30)[0], "nobody says anything"
    name, pid = process.stdout.readline().decode().split()
    return name, int(pid)


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def soon(true: Callable[[], bool], seconds: float = 20) -> bool:
    deadline = time.monotonic() + seconds
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_they_end_with_a_signal_and_well(number: signal.Signals) -> None:
    with running(TWO) as process:
        pids = dict(told(process) for _ in range(2))
        assert sorted(pids) == ["a", "b"]
        process.send_signal(number)
        assert process.wait(20) == 0
        assert [pid for pid in pids.values() if alive(pid)] == []
        assert process.stderr.read() == b""


def test_none_outlives_the_one_that_started_it() -> None:
    with running(TWO) as process:
        pids = [told(process)[1] for _ in range(2)]
        process.kill()
        process.wait()
        assert soon(lambda: not any(map(alive, pids)))


def test_one_that_dies_is_started_anew() -> None:
    with running(TWO) as process:
        pids = dict(told(process) for _ in range(2))
        os.kill(pids["b"], signal.SIGKILL)
        name, pid = told(process)
        assert name == "b"
        assert pid not in pids.values()
        assert alive(pids["a"])


def test_what_cannot_live_is_not_started_for_ever() -> None:
    code = f"{BEGIN}\nsys.exit(not processes.keep_running([brief, lambda: work('a')]))"
    with running(code) as process:
        said, errors = process.communicate(timeout=30)
        assert process.returncode == 1
        assert said.count(b"brief") == 5
        assert errors.count(b"cannot live") == 5
        assert not alive(int(said[said.index(b"a ") + 2 :].split()[0]))


def test_one_that_does_not_listen_is_ended() -> None:
    code = f"{BEGIN}\nprocesses.PATIENCE = 0.2\nsys.exit(not processes.keep_running([stubborn]))"
    with running(code) as process:
        _, pid = told(process)
        process.terminate()
        assert process.wait(20) == 0
        assert not alive(pid)
