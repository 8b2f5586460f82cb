"""What it was measured on: a number without its machine says little."""

from __future__ import annotations

import os
import platform
from importlib.metadata import version
from pathlib import Path

PACKAGES = ("streamlit", "torch", "plotly", "numpy")


def facts() -> list[str]:
    """Processor, cores, memory and versions, one a line."""
    versions = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    return [
        f"- {processor()}, {len(os.sched_getaffinity(0))} cores, {memory():.0f} GiB, {platform.system()}",
        f"- Python {platform.python_version()}, {versions}",
    ]


def processor() -> str:
    """The processor by its own name, where the system tells it."""
    info = Path("/proc/cpuinfo")
    names = [line.partition(":")[2].strip() for line in lines(info) if line.startswith("model name")]
    return names[0] if names else platform.processor() or platform.machine()


def memory() -> float:
    """GiB of main memory."""
    return os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30


def lines(path: Path) -> list[str]:
    """The lines of a file, or none where there is no such file."""
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []
