"""What a running process has used: processor time, and the most memory since one last asked. Linux only."""

from __future__ import annotations

import time
from pathlib import Path

from bench.machine import lines

CLOCK = 2  # of a process, in the name of its clock


def cpu(pid: int) -> float:
    """Seconds of processor time, of all its threads, those that have ended too; 0 where there is no such process."""
    try:
        return time.clock_gettime(~pid << 3 | CLOCK)  # the clock's number as `clock_getcpuclockid(3)` makes it
    except OSError:
        return 0.0


def memory(pid: int, name: str = "VmRSS") -> float:
    """MiB that it holds; with "VmHWM" the most that it held since `forget_peak`."""
    sizes = [line.split()[1] for line in lines(Path(f"/proc/{pid}/status")) if line.startswith(f"{name}:")]
    return int(sizes[0]) / 1024 if sizes else 0.0


def forget_peak(pid: int) -> None:
    """Let the most begin anew from what it holds now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")


def family(pid: int) -> list[int]:
    """A process and those that it has started."""
    return [pid, *(int(one) for line in lines(Path(f"/proc/{pid}/task/{pid}/children")) for one in line.split())]


def proportional(pid: int) -> float:
    """MiB that it holds, of what it holds with others only its share."""
    sizes = [line.split()[1] for line in lines(Path(f"/proc/{pid}/smaps_rollup")) if line.startswith("Pss:")]
    return int(sizes[0]) / 1024 if sizes else 0.0
