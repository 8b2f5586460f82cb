"""A class that reloads its page again and again, on a machine that gives a process few files, as macOS does."""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from bench.report import table
from bench.server import serving
from bench.ws_load import Found, Load, Session

HEADING = "File handles"
PUPILS, RELOADS = 30, 10
FEW, MANY = 256, 4096  # what macOS gives a process, and what `make serve` asks for
PATIENCE = 30.0  # seconds until a page that has not come never will
# What a browser fetches at each reload, over as many connections as it opens; the rest is in its cache.
FETCHED = ("/", "/_stcore/health", "/_stcore/host-config", "/favicon.png", "/", "/favicon.png")
HEAD = ("handles", "may ask for", "page loads", "failures", "reach", "handles at most", "warns")


@dataclass
class Class:
    """Pupils in front of one server, and what they met."""

    url: str
    pid: int
    pupils: int
    loads: int = 0
    failures: list[str] = field(default_factory=list)
    handles: int = 0

    async def reload(self, times: int) -> None:
        """All reload at once, and again when the last of them has the page or has failed."""
        watch = asyncio.create_task(self.watch())
        for _ in range(times):
            await asyncio.gather(*(self.load(number) for number in range(self.pupils)))
        watch.cancel()

    async def load(self, number: int) -> None:
        """One pupil's page: its files, which leave their connections open, then a session and all that it draws."""
        found, open_ones = Found(), list[asyncio.StreamWriter]()
        try:
            async with asyncio.timeout(PATIENCE):
                await asyncio.gather(*(fetch(self.url, path, open_ones) for path in FETCHED))
                session = Session(Load(self.url, query="lang=en", sync=True, seconds=0, widget="hidden"), number, found)
                await session.run(time.perf_counter())
        except (OSError, asyncio.IncompleteReadError) as error:
            found.errors.append(repr(error))
        for writer in open_ones:
            writer.close()
        self.loads += 1
        self.failures += found.errors[:1]

    async def watch(self) -> None:
        """Count the server's handles every now and then."""
        while True:
            self.handles = max(self.handles, len(list(Path(f"/proc/{self.pid}/fd").iterdir())))
            await asyncio.sleep(0.05)


async def fetch(url: str, path: str, open_ones: list[asyncio.StreamWriter]) -> None:
    """Fetch one file; its connection is then one of the open ones.

    Raises:
        OSError: the answer is another than the file.
    """
    host = urlsplit(url)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    open_ones.append(writer)
    writer.write(f"GET {path} HTTP/1.1\r\nHost: {host.netloc}\r\n\r\n".encode())
    head = (await reader.readuntil(b"\r\n\r\n")).decode()
    length = re.search(r"content-length: (\d+)", head, re.IGNORECASE)
    if " 200 " not in head.partition("\r\n")[0] or not length:
        raise ConnectionError(head.partition("\r\n")[0])
    await reader.readexactly(int(length[1]))


def attended(limit: int, pupils: int, times: int) -> tuple[Class, bool]:
    """A class in front of `make serve` with few handles that may ask for `limit`, and whether it warned of that."""
    with tempfile.TemporaryFile("w+") as said:
        with serving(files=(FEW, limit), output=said) as server:
            here = Class(server.url, server.pid, pupils)
            asyncio.run(here.reload(times))
        said.seek(0)
        return here, "ulimit" in said.read()


def section(pupils: int = PUPILS, times: int = RELOADS) -> str:
    """The section of the report."""
    rows = []
    for limit, reach in ((MANY, "0"), (FEW, "")):
        here, warned = attended(limit, pupils, times)
        rows.append((FEW, limit, here.loads, len(here.failures), reach, here.handles, "yes" if warned else "no"))
    return (
        f"{pupils} pupils who all load the first page of `make serve` {times} times: its files over "
        f"{len(FETCHED)} connections, then a session. The server starts with {FEW} file handles, macOS's usual number; "
        f"where it may, it asks for {MANY}.\n\n{table(HEAD, rows)}"
    )
