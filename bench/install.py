"""What a fresh machine fetches and keeps from a clone to the first page, by `make` in a clone of its own."""

from __future__ import annotations

import os
import re
import subprocess
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from bench.browser import launched, visit
from bench.report import table
from bench.server import ROOT, serving
from install import size

HEADING = "Install"
LIMIT = 2.0  # GB, fetched and on disk together
UNITS = {"bytes": 1.0, "kB": 1e3, "MB": 1e6, "GB": 1e9}


def fetched(told: str) -> float:
    """How many bytes pip took, as it said: from an index by the size behind each file, from a folder by the file."""
    remote = re.findall(r"Downloading \S+ \(([\d.]+) (bytes|kB|MB|GB)\)", told)
    local = re.findall(r"^Processing (/\S+)", told, re.MULTILINE)
    return sum(float(number) * UNITS[unit] for number, unit in remote) + sum(
        Path(file).stat().st_size for file in local
    )


def section() -> str:
    """The section of the report."""
    with TemporaryDirectory() as folder:
        clone, cache = Path(folder, "kioku"), Path(folder, "cache")
        subprocess.run(["git", "clone", "--quiet", ROOT, clone], check=True)
        fresh = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
        began = time.perf_counter()
        make = subprocess.run(
            ["make", ".venv/.runtime"],
            cwd=clone,
            env=fresh | {"PIP_CACHE_DIR": str(cache)},
            stdout=subprocess.PIPE,
            text=True,
            check=True,
        )
        seconds = time.perf_counter() - began
        # the first start compiles what it imports, so it must be allowed to keep that
        python = ("env", "-u", "PYTHONDONTWRITEBYTECODE", str(clone / ".venv" / "bin" / "python"))
        with serving(python=python, cwd=clone) as server, launched() as browser:
            _, _, load = visit(browser, server.url)
        on_disk, took = size(clone) / 1e9, fetched(make.stdout) / 1e9
    rows = [
        ("fetched by pip (it keeps a copy in its cache)", f"{took:.2f} GB", ""),
        ("on disk after the first page: the clone with its .venv", f"{on_disk:.2f} GB", ""),
        ("together", f"{took + on_disk:.2f} GB", f"≤ {LIMIT:.0f} GB"),
        ("`make` → .venv is complete", f"{seconds:.0f} s", ""),
        ("first start → healthy", f"{server.healthy_s:.1f} s", ""),
        ("first visitor: request → first picture", f"{load.picture_s:.1f} s", ""),
    ]
    builds = re.findall(r"^Successfully installed torch-(\S+)", make.stdout, re.MULTILINE)
    return (
        f"A clone of its own with nothing in it yet; torch {', '.join(builds)}. Python itself is not counted.\n\n"
        + table(("what", "measured", "reach"), rows)
    )
