"""Processes that are forked from this one and kept running until it is told to end (Linux only)."""

from __future__ import annotations

import ctypes
import os
import signal
import time
import traceback
from collections import deque
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

END = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
AWAITED = (*END, signal.SIGCHLD)
PATIENCE = 5.0  # seconds in which a process ends that is asked to
DEATHS, WITHIN = 5, 60.0  # so many deaths in so many seconds, and nothing that is started anew will live
PR_SET_PDEATHSIG = 1  # of prctl(2): the signal that a process gets when the one that forked it is gone


def keep_running(works: Iterable[Callable[[], None]]) -> bool:
    """Do each of these works in a process of its own and start it anew when it dies, until a signal says to end.

    No process outlives this one, not even where it is killed. Called by a process that has one thread.

    Returns:
        Whether a signal ended it; else the processes died too often.
    """
    signal.pthread_sigmask(signal.SIG_BLOCK, AWAITED)
    running = {start(work): work for work in works}
    deaths: deque[float] = deque(maxlen=DEATHS)
    try:
        while signal.sigwait(AWAITED) == signal.SIGCHLD:
            for pid in _dead():
                deaths.append(time.monotonic())
                if len(deaths) == DEATHS and deaths[-1] - deaths[0] < WITHIN:
                    del running[pid]
                    return False
                work = running.pop(pid)
                running[start(work)] = work
        return True
    finally:
        _end(set(running))


def start(work: Callable[[], None]) -> int:
    """Do this in a process of its own, which takes all signals as a process does by itself; its number."""
    parent = os.getpid()
    if pid := os.fork():
        return pid
    try:
        _die_with(parent)
        for number in END:
            signal.signal(number, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, AWAITED)
        work()
    except BaseException:
        traceback.print_exc()
    finally:
        os._exit(1)  # what it does has no end of its own


def _die_with(parent: int) -> None:
    """End when the process that forked this one does, also where that has already happened."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, int(signal.SIGKILL))
    if os.getppid() != parent:
        os._exit(1)


def _dead() -> Iterator[int]:
    """The processes that have died since this was last asked: one signal may stand for several."""
    while True:
        try:
            pid, _ = os.waitpid(-1, os.WNOHANG)
        except ChildProcessError:
            return
        if not pid:
            return
        yield pid


def _end(pids: set[int]) -> None:
    """Ask them to end, and end those that do not."""
    for pid in pids:
        os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE
    while pids and (left := deadline - time.monotonic()) > 0:
        signal.sigtimedwait([signal.SIGCHLD], left)
        pids -= set(_dead())
    for pid in pids:
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
