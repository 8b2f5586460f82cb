"""What one change of a control costs the server: its processor time, and what it sends."""

from __future__ import annotations

import asyncio
import os
import statistics
from contextlib import ExitStack, asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import websockets

from bench import process
from bench.report import table
from bench.server import ROOT, Server, serving
from bench.ws_load import Found, Load, Session, quantile

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Iterator

    from websockets.asyncio.client import ClientConnection

HEADING = "Cost of a change"
BASELINE = "KIOKU_BASELINE"  # names a checkout of another state, which takes turns with this one
PLAIN = ("streamlit", "run", "app.py")  # what every state can be served by
ROUNDS, CHANGES = 15, 20
HEAD = (
    "page",
    "control",
    "state",
    "changes",
    "processor time",
    "/ before",
    "reach",
    "messages",
    "sent",
    "answered p50",
)


@dataclass(frozen=True)
class Case:
    """A control of a page, and how many times the processor time of the state before its change may take."""

    path: str
    widget: str
    query: str = "lang=ja"
    reach: float = 0.72


CASES = (
    Case("cell", "hidden"),
    Case("cell", "quantity"),
    Case("gradients", "rho", "lang=ja&curve=skip&part=norms"),
    Case("compare", "hidden"),
    Case("attention", "beam", "lang=ja&guess_accuracy=skip&attention=additive"),
)


@dataclass
class Cost:
    """What each change has cost: milliseconds of processor time on average of a turn, of waiting, messages, KiB."""

    cpu: list[float] = field(default_factory=list)
    waited: list[float] = field(default_factory=list)
    messages: list[float] = field(default_factory=list)
    sent: list[float] = field(default_factory=list)


class Reader(Session):
    """One reader who changes the same control again and again."""

    def __init__(self, load: Load) -> None:
        super().__init__(load, 0, Found())
        self.messages = 0

    def take(self, raw: bytes) -> int | None:
        """Count a message, and digest it."""
        self.messages += 1
        return super().take(raw)

    async def turn(self, socket: ClientConnection, pid: int, changes: int, cost: Cost) -> None:
        """Change the control some times, one after the other."""
        name = self.control()
        messages, sent, cpu = self.messages, self.found.received, process.cpu(pid)
        for _ in range(changes):
            await self.timed(socket, self.request(self.change(name)), cost.waited)
        cost.cpu.append((process.cpu(pid) - cpu) * 1e3 / changes)
        cost.messages.append((self.messages - messages) / changes)
        cost.sent.append((self.found.received - sent) / 1024 / changes)


@asynccontextmanager
async def reading(load: Load) -> AsyncIterator[tuple[Reader, ClientConnection]]:
    """A reader who has opened the page."""
    host = urlsplit(load.url).netloc
    async with websockets.connect(
        f"ws://{host}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        origin=websockets.Origin(f"http://{host}"),
        compression=None,
    ) as socket:
        reader = Reader(load)
        await reader.timed(socket, reader.request(), reader.found.first)
        yield reader, socket


async def turns(case: Case, servers: list[Server], rounds: int, changes: int) -> list[Cost]:
    """What the same changes cost each server, one after the other; a first turn of each is not counted."""
    costs = [Cost() for _ in servers]
    loads = [Load(server.url, page=case.path, query=case.query, widget=case.widget) for server in servers]
    async with reading(loads[0]) as first, reading(loads[-1]) as last:
        readers = (first, last)[: len(servers)]
        for number in range(rounds + 1):
            for (reader, socket), server, cost in zip(readers, servers, costs, strict=True):
                await reader.turn(socket, server.pid, changes, cost if number else Cost())
        if errors := [error for reader, _ in readers for error in reader.found.errors]:
            raise RuntimeError("; ".join(errors))
    return costs


def rows(case: Case, costs: list[Cost]) -> list[list[object]]:
    """A row for this state, and one for the state before where there is one."""
    found = []
    for name, cost in zip(("now", "before"), costs, strict=False):
        compared = name == "now" and len(costs) > 1
        ratio = statistics.median(cost.cpu) / statistics.median(costs[-1].cpu)
        found.append(
            [
                f"/{case.path}",
                case.widget,
                name,
                len(cost.waited),
                f"{statistics.median(cost.cpu):.1f} ms",
                f"{ratio:.2f} ×" if compared else "",
                f"≤ {case.reach} ×" if compared else "",
                f"{statistics.median(cost.messages):.0f}",
                f"{statistics.median(cost.sent):.0f} KiB",
                f"{quantile(cost.waited, 0.5):.0f} ms",
            ]
        )
    return found


def checkouts() -> Iterator[Path]:
    """This checkout, and the other one where the environment names it."""
    yield ROOT
    if other := os.environ.get(BASELINE):
        yield Path(other)


def section(rounds: int = ROUNDS, changes: int = CHANGES, cases: tuple[Case, ...] = CASES) -> str:
    """The section of the report."""
    measured = []
    with ExitStack() as stack:
        servers = [stack.enter_context(serving(command=PLAIN, cwd=checkout)) for checkout in checkouts()]
        for case in cases:
            measured += rows(case, asyncio.run(turns(case, servers, rounds, changes)))
    return (
        "One reader over a WebSocket, without a browser, who changes one control again and again: the server's "
        f"processor time a change, and what it sends. Medians of {rounds} turns of {changes} changes each, taking "
        f"turns with the state before where `{BASELINE}` names a checkout of it. Sent is at most 40 KiB on `/cell`.\n\n"
        f"{table(HEAD, measured)}"
    )
