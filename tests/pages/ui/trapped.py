"""The app as real processes whose only way out is a trap, and what they answer."""

from __future__ import annotations

import asyncio
import json
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse
from typing import IO, TYPE_CHECKING
from urllib.parse import urlencode

import websockets

from bench.server import APP, Server, serving
from bench.ws_load import Found, Load, Session
from pages._ui import visitor
from rnn_core.training.lab.store import Runs
from tests.rnn_core.training.lab.standin import spec

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

    from tests.pages.conftest import Open

# What Python runs before anything else: whatever looks beyond this machine is written down, waits as it would where
# traffic is dropped silently, and fails. To connect a datagram socket sends nothing.
TRAP = """
import os, socket, sys, time
HERE = {"", "localhost", "0.0.0.0", "::", "::1", socket.gethostname()}
def heard(event, args):
    if event == "socket.connect" and args[0].type & socket.SOCK_DGRAM: return
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"): where = args[1]
    elif event in ("socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"): where = args[0]
    else: return
    where = where[0] if isinstance(where, tuple) else where
    name = where.decode() if isinstance(where, bytes) else str(where or "")
    if name in HERE or name.startswith(("127.", "/")): return
    with open(os.environ["TRAP"], "a") as file: file.write(f"{event} {name}\\n")
    time.sleep(0.5)
    raise OSError("trapped")
sys.addaudithook(heard)
"""
PATIENCE = 20  # seconds in which a busy machine ends a process that ends at once, and no reader's minute is over
PLAIN = ("streamlit", "run", "app.py")
QUERY = {"lang": "en", "text": "猫が魚を食べた。", "weights": "fresh", "hidden": "64", "seed": "3"}


@dataclass
class Trapped:
    """A server, what it says, and what the trap has heard."""

    server: Server
    trap: Path
    said: IO[str]
    data: Path

    def heard(self) -> str:
        return self.trap.read_text(encoding="utf-8")

    def output(self) -> str:
        self.said.seek(0)
        return self.said.read()


@contextmanager
def trapped(
    folder: Path, command: tuple[str, ...], files: tuple[int, int] | None = None, **settings: str
) -> Iterator[Trapped]:
    (folder / "sitecustomize.py").write_text(TRAP, encoding="utf-8")
    trap = folder / "heard"
    trap.touch()
    proxies = {f"{kind}_PROXY": "http://192.0.2.7:9" for kind in ("HTTP", "HTTPS", "ALL")}
    data = folder / "data"
    told = {"PYTHONPATH": str(folder), "TRAP": str(trap), "LC_ALL": "C.UTF-8", "KIOKU_DATA_DIR": str(data), **proxies}
    with (folder / "said").open("w+") as said, serving(APP, command, told | settings, files, said) as it:
        yield Trapped(it, trap, said, data)


def got(server: Server, path: str = "/", method: str = "GET", **headers: str) -> tuple[HTTPResponse, bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request(method, path, headers=headers)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def get(server: Server, path: str = "/", method: str = "GET", **headers: str) -> HTTPResponse:
    return got(server, path, method, **headers)[0]


async def session(server: Server, origin: str | None, host: str = "") -> str:
    """What a WebSocket meets: "open", or the status of the refusal."""
    url = f"ws://{host or '127.0.0.1'}:{server.port}/_stcore/stream"
    try:
        async with websockets.connect(url, origin=origin, host="127.0.0.1", port=server.port, proxy=None):
            return "open"
    except websockets.InvalidStatus as refused:
        return str(refused.response.status_code)


class Reader(Session):
    """A reader who keeps the charts."""

    def see(self, message: ForwardMsg) -> None:
        super().see(message)
        element = message.delta.new_element
        if element.WhichOneof("type") == "plotly_chart":
            self.charts.append(element.plotly_chart.spec)

    async def visit(self, cookie: str) -> None:
        self.charts: list[str] = []
        url, headers = f"{self.load.url.replace('http', 'ws')}/_stcore/stream", {"Cookie": cookie} if cookie else {}
        async with websockets.connect(
            url, subprotocols=["streamlit"], origin=self.load.url, max_size=None, additional_headers=headers, proxy=None
        ) as wire:
            await self.timed(wire, self.request(), self.found.first)


def charts(of: Server, cookie: str = "") -> list[str]:
    """What a reader with this cookie is shown."""
    found = Found()
    reader = Reader(Load(of.url, page="cell", query=urlencode(QUERY), timeout=60), 0, found)
    asyncio.run(reader.visit(cookie))
    assert found.errors == []
    assert reader.charts
    return reader.charts


def drawn(open_page: Open) -> list[str]:
    """The same charts, computed in this process."""
    return [chart.proto.spec for chart in open_page(page="cell", **QUERY).get("plotly_chart")]


def answers_beside_its_pages(app: Trapped) -> None:
    """The app tells what a drawing polls, guarded as its pages are, and none of them is in the way of it."""
    run = Runs(app.data).submit(spec(), "one")
    answer, body = got(app.server, f"/live/{run}?from=0")
    assert (answer.status, answer.headers["Content-Type"]) == (200, "application/json")
    assert json.loads(body)["state"] == "queued"
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
    assert visitor.COOKIE not in str(answer.headers.get_all("Set-Cookie"))
    answer, body = got(app.server, "/live/none")
    assert (answer.status, json.loads(body)["state"]) == (404, "unknown")
    assert get(app.server, f"/live/{run}", Origin="http://evil.example").status == 403
    for page in ("/", "/gradients", "/live"):  # the shell's, a deep link, and one that there is not
        answer, body = got(app.server, page)
        assert (answer.status, b"<html" in body) == (200, True)
        assert f"{visitor.COOKIE}=" in str(answer.headers.get_all("Set-Cookie"))
        assert "HttpOnly" in str(answer.headers.get_all("Set-Cookie"))
