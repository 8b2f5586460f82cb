"""A crowd of readers in a process of its own, so that what it computes is not the measuring process's time."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from bench.server import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

LONG = 600  # seconds: longer than anything is measured beside a crowd


def command(url: str, **options: str | float | bool) -> list[str]:
    """The command of `bench.ws_load` with these options; a true one is a flag, a false one is left out."""
    flags = [
        part
        for name, value in options.items()
        if value is not False
        for part in (f"--{name}", *(() if value is True else (str(value),)))
    ]
    return [sys.executable, "-m", "bench.ws_load", "--url", url, *flags]


def crowd(url: str, **options: str | float | bool) -> dict[str, Any]:
    """What a crowd has met, once it is gone. A page that says that something went wrong is an error here, too."""
    run = subprocess.run(command(url, **options), cwd=ROOT, capture_output=True, text=True, check=False)
    if not run.stdout:
        raise RuntimeError(run.stderr)
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    return {**found, "errors": found["errors"] + found["elements"].get("alert", 0)}


@contextmanager
def crowded(url: str, wait: float, **options: str | float | bool) -> Iterator[None]:
    """A crowd that is there for as long as the block lasts, which begins when they have had `wait` seconds to come."""
    process = subprocess.Popen(command(url, seconds=LONG, **options), cwd=ROOT, stdout=subprocess.DEVNULL)
    try:
        time.sleep(wait)
        if process.poll() is not None:
            raise RuntimeError("the crowd did not stay")
        yield
    finally:
        process.terminate()
        process.wait(10)
