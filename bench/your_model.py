"""Files of weights on `/your-model`: from the drop to the picture, memory afterwards, and a class of readers."""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from safetensors.torch import save_file
from torch import nn

from bench import handing, heavy
from bench.browser import IDLE, launched, visit
from bench.crowd import crowd
from bench.report import table
from bench.server import serving
from bench.visit import opened
from bench.ws_load import resident
from rnn_core.models.initial_values import InitialValues

HEADING = "A network of the reader's own"
INPUTS, UNITS, LAYERS = 512, 1024, 2
TURNS = 3
SECONDS, SHARE = 5.0, 0.10
LEFT = 150.0  # seconds after which Streamlit has ended the session of a tab that was closed
PATIENCE = 120_000  # ms
OTHERS = 1.5  # how much longer those on another page may wait while others hand in their files
FIELD = ".st-key-upload_weights input[type=file]"


@dataclass(frozen=True)
class Met:
    """What one reader met: seconds to the first picture, MiB of the server before, with the file, and afterwards."""

    picture_s: float
    before: float
    during: float
    after: float


def write(path: Path) -> int:
    """Write the file; its bytes."""
    with InitialValues(seed=0):
        module = nn.LSTM(INPUTS, UNITS, LAYERS)
    save_file({f"lstm.{name}": weight.detach() for name, weight in module.state_dict().items()}, path)
    return path.stat().st_size


def shared(seconds: float = heavy.SECONDS) -> str:
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
    rows = [
        heavy.measured("none", (), quiet, quiet, OTHERS),
        heavy.measured(str(len(met)), met, busy, quiet, OTHERS),
    ]
    return (
        f"{heavy.LIGHT} sessions change `hidden` on `/cell` every {heavy.PERIOD:g} s for {seconds:.0f} s, alone and "
        f"while {handing.VISITORS} readers of `/your-model` each hand in a file of "
        f"{len(handing.written(0)) / 1e6:.1f} MB, one every {seconds / handing.VISITORS:g} s, and keep it.\n\n"
        f"{table(('files handed in', *heavy.HEAD), rows)}"
    )


def dropped(turns: int = TURNS, left: float = LEFT) -> str:
    """What one reader after the other meets who drops the largest file."""
    with TemporaryDirectory() as folder, serving() as server, launched() as browser:
        path = Path(folder, "own.safetensors")
        size = write(path)
        met = []
        for turn in range(turns + 1):
            context, page, _ = visit(browser, f"{server.url}/your-model?lang=en")
            before, began = resident(server.pid), time.perf_counter()
            page.locator(FIELD).set_input_files(path)
            page.get_by_text(f"units per layer: {UNITS}").wait_for(timeout=PATIENCE)
            page.wait_for_selector(IDLE, timeout=PATIENCE)
            picture = time.perf_counter() - began
            during = resident(server.pid)
            context.close()
            time.sleep(left)
            visit(browser, server.url)[0].close()  # Streamlit ends old sessions when somebody comes
            if turn:  # the first one meets a server that has not computed anything yet
                met.append(Met(picture, before, during, resident(server.pid)))
    rows = [
        ("dropped → first picture", f"{max(one.picture_s for one in met):.1f} s", f"< {SECONDS:.0f} s"),
        ("the server before", f"{met[0].before:.0f} MiB", ""),
        ("with the file", f"{max(one.during for one in met):.0f} MiB", ""),
        (
            "after the session",
            f"{met[-1].after:.0f} MiB, {met[-1].after / met[0].before - 1:+.0%}",
            f"≤ +{SHARE:.0%}",
        ),
    ]
    return (
        f"A file of {size / 2**20:.0f} MiB, an LSTM of {LAYERS} × {UNITS} units, dropped by {turns} readers one after "
        f"the other who close the tab; the server's memory {left:.0f} s later, when the next one has come. The slowest "
        "and the largest.\n\n"
        f"{table(('what', 'measured', 'reach'), rows)}"
    )


def section(turns: int = TURNS, left: float = LEFT) -> str:
    """The section of the report."""
    return f"{dropped(turns, left)}\n\n{shared()}"
