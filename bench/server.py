"""A Streamlit server of its own for one measurement: a fresh process on a free port, ended afterwards."""

from __future__ import annotations

import os
import resource
import socket
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

ROOT = Path(__file__).resolve().parents[1]
APP = ROOT / "app.py"
FLOOR = ROOT / "bench" / "floor" / "app.py"
SERVE = ("pages._ui.server", "serve")
PATIENCE = 60.0  # seconds until a server that has not answered never will


@dataclass(frozen=True)
class Place:
    """Where a server answers that somebody else has started."""

    url: str
    pid: int = 0


@dataclass(frozen=True)
class Server:
    """A running server: where it answers, which process it is, and how long it took to answer at all."""

    url: str
    pid: int
    healthy_s: float
    process: subprocess.Popen[str] | None = None

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.url.rpartition(":")[2])


@contextmanager
def serving(
    script: Path = APP,
    command: Sequence[str] = (),
    settings: Mapping[str, str] | None = None,
    files: tuple[int, int] | None = None,
    output: IO[str] | int = subprocess.DEVNULL,
    python: tuple[str, ...] = (sys.executable,),
    cwd: Path = ROOT,
) -> Iterator[Server]:
    """Start the app in a process of its own, as `make serve` does, or another script, until it says it is healthy.

    Args:
        script: what is served; another one than the app by plain Streamlit.
        command: the module, and what it is told, where it is neither.
        settings: what the environment says besides the address, the port and that there is one process.
        files: how many files it may have open, and how many it may ask for.
        output: where what it says goes.
        python: what runs it.
        cwd: the checkout that it runs in.
    """
    port = free_port()
    module = command or (SERVE if script == APP else ("streamlit", "run", str(script)))
    here = {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1", "STREAMLIT_SERVER_PORT": str(port), "KIOKU_PROCESSES": "1"}
    told = here | dict(settings or {})
    began = time.perf_counter()
    process = subprocess.Popen(
        [*python, "-m", *module],
        cwd=cwd,
        env=os.environ | told,
        stdout=output,
        stderr=output,
        text=True,
        preexec_fn=partial(resource.setrlimit, resource.RLIMIT_NOFILE, files) if files else None,
    )
    try:
        while not healthy(port):
            if process.poll() is not None or time.perf_counter() - began > PATIENCE:
                raise RuntimeError(f"{' '.join(module)} does not answer")
            time.sleep(0.01)
        yield Server(f"http://127.0.0.1:{port}", process.pid, time.perf_counter() - began, process)
    finally:
        process.terminate()
        try:
            process.wait(10)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def healthy(port: int) -> bool:
    """Whether the server at this port answers its health check."""
    connection = HTTPConnection("127.0.0.1", port, timeout=5)
    try:
        connection.request("GET", "/_stcore/health")
        return connection.getresponse().status == 200
    except (OSError, HTTPException):
        return False
    finally:
        connection.close()
