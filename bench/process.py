"""What a running process has used: processor time, and the most memory since one last asked. Linux only."""

from __future__ import annotations

import os
from pathlib import Path

from bench.machine import lines

TICKS = os.sysconf("SC_CLK_TCK")


def cpu(pid: int) -> float:
    """Seconds of processor time, of all its threads."""
    fields = " ".join(lines(Path(f"/proc/{pid}/stat"))).rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS if fields else 0.0


def memory(pid: int, name: str = "VmRSS") -> float:
    """MiB that it holds; with "VmHWM" the most that it held since `forget_peak`."""
    sizes = [line.split()[1] for line in lines(Path(f"/proc/{pid}/status")) if line.startswith(f"{name}:")]
    return int(sizes[0]) / 1024 if sizes else 0.0


def forget_peak(pid: int) -> None:
    """Let the most begin anew from what it holds now."""
    Path(f"/proc/{pid}/clear_refs").write_text("5", encoding="ascii")
