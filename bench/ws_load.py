"""Many readers at once, without browsers: sessions that open a page over the WebSocket and keep changing one control.

Each session speaks Streamlit's own messages, so the server cannot tell it from a browser. A latency is the time from
sending a change until the run that it started is finished and all that it drew has arrived. Prints one line of JSON;
fails if a session met an error or nothing was measured.

    python -m bench.ws_load --url http://127.0.0.1:8501 --sessions 30 --sync --widget hidden
"""

from __future__ import annotations

import argparse
import asyncio
import ipaddress
import json
import random
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

import websockets
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from bench.machine import lines
from pages._ui.words import markdown
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

FINISHED, COMPILE_ERROR, FRAGMENT = (
    ForwardMsg.FINISHED_SUCCESSFULLY,
    ForwardMsg.FINISHED_WITH_COMPILE_ERROR,
    ForwardMsg.FINISHED_FRAGMENT_RUN_SUCCESSFULLY,
)
UNFORESEEN = [markdown(text("ui.unforeseen", lang)) for lang in LANGUAGES]  # what a page says where it failed
REMEMBERED = 50  # messages that a browser keeps, and that the server need not send again


@dataclass
class Load:
    """What one measurement is asked for."""

    url: str
    page: str = ""
    query: str = ""
    sessions: int = 30
    period: float = 3.0
    seconds: float = 30.0
    widget: str = ""
    sync: bool = False
    blind: bool = False  # does not say where it is, as no browser: then no drawing is given a head start before it
    locale: str = "en-US"
    timeout: float = 30.0
    pid: int = 0


@dataclass
class Found:
    """What all sessions together have met; times in milliseconds."""

    first: list[float] = field(default_factory=list)
    rerun: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elements: Counter[str] = field(default_factory=Counter)
    received: int = 0
    widget: str = ""


class Session:
    """One reader: its page, its widgets and what it has set them to."""

    def __init__(self, load: Load, number: int, found: Found) -> None:
        self.load, self.number, self.found = load, number, found
        self.page_hash, self.query = "", load.query
        self.widgets: dict[str, ForwardMsg] = {}
        self.values: dict[str, float | str | bool] = {}
        self.remembered: dict[str, None] = {}
        self.random = random.Random(number)

    def request(self, fragment: str = "") -> bytes:
        """Ask for a run with the widgets as they are."""
        message = BackMsg()
        state = message.rerun_script
        state.query_string = self.query
        state.context_info.locale = self.load.locale
        state.context_info.timezone = "UTC"
        if not self.load.blind:
            state.context_info.url = f"{self.load.url}/{self.load.page}"
        if self.page_hash:
            state.page_script_hash = self.page_hash
        else:
            state.page_name = self.load.page
        state.fragment_id = fragment
        state.cached_message_hashes.extend(self.remembered)
        for name, value in self.values.items():
            widget = state.widget_states.widgets.add()
            widget.id = name
            if isinstance(value, bool):
                widget.bool_value = value
            elif isinstance(value, str):
                widget.string_array_value.data.append(value)
            else:
                widget.double_array_value.data.append(value)
        return bytes(message.SerializeToString())

    def take(self, raw: bytes) -> int | None:
        """Digest one message; how the run ended, if it ended."""
        self.found.received += len(raw)
        message = ForwardMsg()
        message.ParseFromString(raw)
        if message.hash and message.metadata.cacheable:
            self.remembered.pop(message.hash, None)
            self.remembered[message.hash] = None
            if len(self.remembered) > REMEMBERED:
                del self.remembered[next(iter(self.remembered))]
        kind = message.WhichOneof("type")
        if kind == "navigation":
            self.page_hash = message.navigation.page_script_hash
        elif kind == "page_info_changed":
            self.query = message.page_info_changed.query_string
        elif kind == "page_not_found":
            self.found.errors.append(f"page not found: {self.load.page}")
        elif kind == "delta" and message.delta.WhichOneof("type") == "new_element":
            self.see(message)
        elif kind == "delta" and message.delta.WhichOneof("type") == "add_block":
            self.see_block(message)
        return message.script_finished if kind == "script_finished" else None

    def see(self, message: ForwardMsg) -> None:
        """Note a new element: a control that can be changed, or an error."""
        element = message.delta.new_element
        kind = str(element.WhichOneof("type"))
        self.found.elements[kind] += 1
        if kind == "exception":
            self.found.errors.append(f"{element.exception.type}: {element.exception.message}"[:160])
        elif kind == "alert" and element.alert.body in UNFORESEEN:
            self.found.errors.append(element.alert.body)
        elif kind in ("slider", "button_group"):
            self.widgets[getattr(element, kind).id] = message

    def see_block(self, message: ForwardMsg) -> None:
        """Note a new container; a load needs none of them."""

    async def until_finished(self, socket: ClientConnection) -> None:
        """Read until the run is over."""
        async with asyncio.timeout(self.load.timeout):
            while True:
                raw = await socket.recv()
                ended = self.take(raw if isinstance(raw, bytes) else raw.encode())
                if ended == COMPILE_ERROR:
                    self.found.errors.append("the script has an error")
                if ended in (FINISHED, FRAGMENT, COMPILE_ERROR):
                    return

    def change(self, name: str) -> str:
        """Give a control another value at random; the fragment that it belongs to."""
        delta = self.widgets[name].delta
        kind = delta.new_element.WhichOneof("type")
        widget = getattr(delta.new_element, kind)
        if kind == "slider" and widget.options:  # of names, which are what it sends
            options: list[float | str] = list(widget.options)
        elif kind == "slider":
            step = widget.step or 1
            options = [widget.min + step * number for number in range(int((widget.max - widget.min) / step) + 1)]
        else:
            options = [option.content for option in widget.options]
        self.values[name] = self.random.choice([value for value in options if value != self.values.get(name)])
        return str(delta.fragment_id)

    def control(self) -> str:
        """The control to be changed: the first whose key or label contains what was asked for."""
        wanted = self.load.widget.lower()
        for name, message in self.widgets.items():
            element = message.delta.new_element
            widget = getattr(element, element.WhichOneof("type"))
            if wanted in name.split("-", 2)[-1].lower() or wanted in widget.label.lower():  # an id ends in its key
                return name
        raise LookupError(f"no control {wanted!r} on the page; it has {sorted(self.widgets)}")

    async def run(self, start: float) -> None:
        """Open the page, then change the control once a period until the time is over."""
        load = self.load
        await asyncio.sleep(0 if load.sync else load.period * self.number / load.sessions)
        host = urlsplit(load.url).netloc
        try:
            async with websockets.connect(
                f"ws://{host}/_stcore/stream",
                subprotocols=[websockets.Subprotocol("streamlit")],
                max_size=None,
                origin=websockets.Origin(f"http://{host}"),
                compression=None,
                open_timeout=load.timeout,
            ) as socket:
                await self.timed(socket, self.request(), self.found.first)
                name = self.control()
                self.found.widget = name.split("-", 2)[-1]
                tick = 1
                while await self.pause(start, tick):
                    await self.timed(socket, self.request(self.change(name)), self.found.rerun)
                    tick += 1
        except (OSError, LookupError, TimeoutError, websockets.WebSocketException) as error:
            self.found.errors.append(f"{type(error).__name__}: {error}"[:200])

    async def timed(self, socket: ClientConnection, request: bytes, into: list[float]) -> None:
        """Send a request and note how long its run took."""
        began = time.perf_counter()
        await socket.send(request)
        await self.until_finished(socket)
        into.append((time.perf_counter() - began) * 1e3)

    async def pause(self, start: float, tick: int) -> bool:
        """Wait for the next change; whether there is still time for it."""
        load, now = self.load, time.perf_counter()
        pause = start + tick * load.period - now if load.sync else load.period * self.random.uniform(0.7, 1.3)
        if now + max(0.0, pause) > start + load.seconds:
            return False
        await asyncio.sleep(max(0.0, pause))
        return True


def quantile(values: list[float], share: float) -> float | None:
    """The value below which this share of `values` lies, in tenths."""
    ordered = sorted(values)
    return round(ordered[min(len(ordered) - 1, int(share * len(ordered)))], 1) if ordered else None


def resident(pid: int) -> float:
    """MiB of memory that a process holds."""
    sizes = [line.split()[1] for line in lines(Path(f"/proc/{pid}/status")) if line.startswith("VmRSS")]
    return int(sizes[0]) / 1024 if sizes else 0.0


async def measure(load: Load) -> dict[str, object]:
    """Run all sessions, and what they met in numbers."""
    found = Found()
    before = resident(load.pid) if load.pid else 0.0
    start = time.perf_counter()
    await asyncio.gather(*(Session(load, number, found).run(start) for number in range(load.sessions)))
    wall = time.perf_counter() - start
    runs = len(found.rerun) + len(found.first)
    return {
        **{"page": load.page, "sessions": load.sessions, "widget": found.widget, "reruns": len(found.rerun)},
        "reruns_per_s": round(len(found.rerun) / wall, 2),
        **{f"p{share}_ms": quantile(found.rerun, share / 100) for share in (50, 95, 100)},
        **{f"first_p{share}_ms": quantile(found.first, share / 100) for share in (50, 95)},
        "kib_per_run": round(found.received / 1024 / max(1, runs), 1),
        "errors": len(found.errors),
        "error_samples": sorted(set(found.errors))[:3],
        "elements": dict(found.elements),
        "server_mib": round(resident(load.pid)) if load.pid else None,
        "server_growth_mib": round(resident(load.pid) - before, 1) if load.pid else None,
    }


def asked() -> Load:
    """The command line; loopback only, and bounded."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in vars(Load("http://127.0.0.1:8501")).items():
        if isinstance(default, bool):
            parser.add_argument(f"--{name}", action="store_true")
        else:
            parser.add_argument(f"--{name}", type=type(default), default=default)
    load = Load(**vars(parser.parse_args()))
    load.url = load.url.rstrip("/")
    host = urlsplit(load.url).hostname or ""
    if host != "localhost" and not ipaddress.ip_address(host).is_loopback:
        parser.error("only this machine may be loaded")
    if not (1 <= load.sessions <= 300 and load.period >= 0.05 and 0 < load.seconds <= 600):
        parser.error("1 to 300 sessions, a period from 0.05 s, at most 600 s")
    return load


if __name__ == "__main__":
    result = asyncio.run(measure(asked()))
    print(json.dumps(result, ensure_ascii=False))
    sys.exit(bool(result["errors"]) or not result["reruns"])
