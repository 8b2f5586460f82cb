"""One address opened on a running server, without a browser: what it shows, and what it costs the server."""

from __future__ import annotations

import asyncio
import time
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

import websockets
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.process import cpu, forget_peak, memory
from bench.ws_load import Found, Load, Session

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Mapping

    from websockets.asyncio.client import ClientConnection

    from bench.server import Place, Server

LOOK_EVERY = 0.1  # seconds between two looks at what a visit has cost so far
OURS = "kioku_"  # with which the name of a drawing begins
QUIET = 0.03  # seconds of processor time in half a second below which a server is at rest


@dataclass(frozen=True)
class Limit:
    """What a visit may cost before it is given up."""

    cpu: float = 20.0  # seconds
    mib: float = 2000.0
    wall: float = 120.0  # seconds


@dataclass(frozen=True)
class Cost:
    """What a visit has cost the server.

    Attributes:
        cpu: seconds of processor time.
        mib: the most memory during it, above what was held before it.
        wall: seconds until all had arrived.
        kib: what was sent.
        errors: exceptions that the page shows.
        over: it was given up, so the rest is the least that it costs.
    """

    cpu: float
    mib: float
    wall: float = 0.0
    kib: float = 0.0
    errors: tuple[str, ...] = ()
    over: bool = False


class Reader(Session):
    """A session that also knows the folded parts of its page, its charts, and its drawings by their names."""

    def __init__(self, load: Load, number: int = 0) -> None:
        super().__init__(load, number, Found())
        self.folds: dict[str, None] = {}
        self.charts: dict[str, str] = {}

    def see(self, message: ForwardMsg) -> None:
        """Note a new element, a chart by its key and a drawing by its name."""
        super().see(message)
        element = message.delta.new_element
        kind = element.WhichOneof("type")
        if kind == "plotly_chart":
            self.charts[element.plotly_chart.id.split("-", 2)[-1]] = element.plotly_chart.spec
        if kind == "bidi_component":
            drawn = element.bidi_component
            self.charts[drawn.component_name.rpartition(".")[2].removeprefix(OURS)] = drawn.json

    def see_block(self, message: ForwardMsg) -> None:
        """Note a folded part."""
        block = message.delta.add_block
        if block.WhichOneof("type") == "popover" and block.popover.id:
            self.folds[block.popover.id] = None

    def unfold(self) -> None:
        """Open every folded part that has been seen."""
        self.values |= dict.fromkeys(self.folds, True)


@asynccontextmanager
async def arrived(
    server: Server | Place, page: str, query: Mapping[str, str], number: int = 0, patience: float = Limit.wall
) -> AsyncIterator[tuple[Reader, ClientConnection]]:
    """A reader with their connection, about to ask for the page."""
    load = Load(server.url, page=page, query=urlencode(query), timeout=patience, pid=server.pid, blind=True)
    async with websockets.connect(
        f"ws://{urlsplit(server.url).netloc}/_stcore/stream",
        subprotocols=[websockets.Subprotocol("streamlit")],
        max_size=None,
        origin=websockets.Origin(server.url),
        compression=None,
        open_timeout=patience,
    ) as socket:
        yield Reader(load, number), socket


async def run(reader: Reader, socket: ClientConnection, limit: Limit = Limit()) -> Cost:
    """Ask for a run of the page as the reader has it, and wait until all of it has arrived or it costs too much."""
    pid = reader.load.pid
    forget_peak(pid)
    cpu_before, held_before, sent_before, began = cpu(pid), memory(pid), reader.found.received, time.perf_counter()
    await socket.send(reader.request())
    task = asyncio.create_task(reader.until_finished(socket))

    def used(*, over: bool = False) -> Cost:
        return Cost(
            cpu(pid) - cpu_before,
            memory(pid, "VmHWM") - held_before,
            time.perf_counter() - began,
            (reader.found.received - sent_before) / 1024,
            tuple(reader.found.errors),
            over,
        )

    while not task.done():
        await asyncio.wait({task}, timeout=LOOK_EVERY)
        now = used()
        if not task.done() and (now.cpu > limit.cpu or now.mib > limit.mib or now.wall > limit.wall):
            task.cancel()
            return used(over=True)
    task.result()
    return used()


async def opened(server: Server, page: str, query: Mapping[str, str], limit: Limit = Limit()) -> Cost:
    """What it costs to open an address."""
    async with arrived(server, page, query, patience=limit.wall) as (reader, socket):
        return await run(reader, socket, limit)


async def unfolded(server: Server, page: str, query: Mapping[str, str], limit: Limit = Limit()) -> Cost:
    """What it costs to open all of its folded parts at once, once it is there."""
    async with arrived(server, page, query, patience=limit.wall) as (reader, socket):
        first = await run(reader, socket, limit)
        if first.over:
            return first
        reader.unfold()
        return await run(reader, socket, limit)


async def left(server: Server, page: str, query: Mapping[str, str], after: float, most: float) -> float:
    """Seconds of processor time that the server spends on an address whose reader left `after` seconds, `most` long."""
    async with arrived(server, page, query) as (reader, socket):
        await socket.send(reader.request())
        await asyncio.sleep(after)
        gone, began = cpu(server.pid), time.perf_counter()
        socket.transport.abort()  # as who closes a lid; a farewell would wait for a server that is busy
    before = gone
    while time.perf_counter() - began < most:
        await asyncio.sleep(0.5)
        now = cpu(server.pid)
        if now - before < QUIET:
            break
        before = now
    return cpu(server.pid) - gone
