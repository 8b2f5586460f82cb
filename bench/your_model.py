"""Files of weights on `/your-model`: from the drop to the picture, memory afterwards, and a class of readers."""

from __future__ import annotations

import asyncio
import time
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from safetensors.torch import save_file
from torch import nn

from bench import handing, heavy
from bench.browser import IDLE, launched, visit
from bench.crowd import crowd
from bench.report import kept_rows, table
from bench.server import serving
from bench.visit import opened
from bench.ws_load import resident
from rnn_core.models.initial_values import InitialValues

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping, Sequence

    from playwright.sync_api import Page

    Rows = list[tuple[str, ...]]

HEADING = "A network of the reader's own"
COLUMNS = ("piece", "what", "measured", "reach")
INPUTS, UNITS, LAYERS = 512, 1024, 2
TURNS = 3
SECONDS, SHARE = 5.0, 0.10
LEFT = 150.0  # seconds after which Streamlit has ended the session of a tab that was closed
PATIENCE = 120_000  # ms
OTHERS = 1.5  # how much longer those on another page may wait while others hand in their files
FIELD = ".st-key-upload_weights input[type=file]"
SMALL = 8  # units of what a reader hands in after the large file, which then gives way


def write(path: Path, units: int = UNITS) -> int:
    """Write the file, of so many units; its bytes."""
    with InitialValues(seed=0):
        module = nn.LSTM(INPUTS, units, LAYERS)
    save_file({f"lstm.{name}": weight.detach() for name, weight in module.state_dict().items()}, path)
    return path.stat().st_size


def shared(seconds: float = heavy.SECONDS) -> Rows:
    """What readers of another page meet while a class hands in its files."""
    with serving() as server:
        asyncio.run(opened(server, handing.PAGE, {"lang": "en"}))
        told = {"page": "cell", "query": "lang=en", "widget": "hidden", "sessions": heavy.LIGHT, "pid": server.pid}
        light = {**told, "period": heavy.PERIOD, "seconds": seconds}
        crowd(server.url, **{**light, "seconds": heavy.SETTLE})
        quiet = crowd(server.url, **light)
        with heavy.beside(server.url, seconds, "bench.handing") as met:
            time.sleep(handing.ARRIVE)
            busy = crowd(server.url, **light)
    print(*dict.fromkeys(filter(None, met)), sep="\n", flush=True)
    ratio, errors = busy["p95_ms"] / quiet["p95_ms"], busy["errors"] + sum(map(bool, met))
    return [
        (f"p95 of a change on `/cell`, {heavy.LIGHT} sessions", f"{quiet['p95_ms']:.0f} ms", ""),
        (
            f"the same while {len(met)} readers hand in {len(handing.written(0)) / 1e6:.1f} MB each in {seconds:.0f} s",
            f"{busy['p95_ms']:.0f} ms, {ratio:.1f} ×",
            f"≤ {OTHERS:g} ×",
        ),
        ("errors of all of them", str(errors), "0"),
    ]


def dropped(turns: int = TURNS) -> Rows:
    """How long readers wait for the first picture who drop the largest file, one after the other."""
    with large_file() as path, serving() as server, launched() as browser:
        taken = []
        for _ in range(turns + 1):
            context, page, _ = visit(browser, f"{server.url}/your-model?lang=en")
            taken.append(drop(page, path, UNITS))
            context.close()
        size = path.stat().st_size / 2**20
    what = f"{size:.0f} MiB, an LSTM of {LAYERS} × {UNITS}: dropped → first picture, the slowest of {turns}"
    return [
        (what, f"{max(taken[1:]):.1f} s", f"< {SECONDS:.0f} s")
    ]  # the first meets a server that has computed nothing


def returned(left: float = LEFT) -> Rows:
    """The server's memory once a reader has left who dropped the largest file, beside what it was before.

    Before, another reader has dropped it too, and then two small ones, to which it gave way: the server has computed
    with such a network, and holds none.
    """
    with large_file() as path, serving() as server, launched() as browser:
        context, page, _ = visit(browser, f"{server.url}/your-model?lang=en")
        drop(page, path, UNITS)
        for units in (SMALL, SMALL + 1):
            small = path.with_name(f"{units}.safetensors")
            write(small, units)
            drop(page, small, units)
        before = resident(server.pid)
        context.close()
        context, page, _ = visit(browser, f"{server.url}/your-model?lang=en")
        drop(page, path, UNITS)
        during = resident(server.pid)
        context.close()
        time.sleep(left)
        visit(browser, server.url)[0].close()  # Streamlit ends old sessions when somebody comes
        after = resident(server.pid)
    return [
        ("the server's memory before", f"{before:.0f} MiB", ""),
        ("with the file", f"{during:.0f} MiB", ""),
        (f"{left:.0f} s after its reader left", f"{after:.0f} MiB, {after / before - 1:+.0%}", f"≤ +{SHARE:.0%}"),
    ]


@contextmanager
def large_file() -> Iterator[Path]:
    """The largest file, for as long as it is measured with."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "own.safetensors")
        write(path)
        yield path


def drop(page: Page, path: Path, units: int) -> float:
    """Hand in a file and wait for its picture; the seconds."""
    began = time.perf_counter()
    page.locator(FIELD).set_input_files(path)
    page.get_by_text(f"units per layer: {units}").wait_for(timeout=PATIENCE)
    page.wait_for_selector(IDLE, timeout=PATIENCE)
    return time.perf_counter() - began


PARTS: Mapping[str, Callable[[], Rows]] = {"picture": dropped, "memory": returned, "others": shared}


def section(pieces: Sequence[str] = tuple(PARTS)) -> str:
    """The section of the report with these pieces measured anew, and the others as they are."""
    rows = {name: [row for row in kept_rows(HEADING) if row[0] == name] for name in PARTS}
    for name in pieces:
        rows[name] = [(name, *row) for row in PARTS[name]()]
        print(*rows[name], sep="\n", flush=True)
    return table(COLUMNS, [row for name in PARTS for row in rows[name]])
