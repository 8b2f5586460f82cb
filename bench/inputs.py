"""What a server holds after thousands of inputs that nobody has typed before, on every page."""

from __future__ import annotations

import asyncio
import random
import time
from typing import TYPE_CHECKING

from bench.addresses import WAITS, path
from bench.extremes import KINDS, MAX_TEXT, query
from bench.process import memory
from bench.report import kept_rows, table
from bench.server import Server, serving
from bench.visit import arrived, opened
from pages._ui.address import CONTROLS, controls_of
from pages._ui.shell import CHAPTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.extremes import State
    from pages._ui.shell import Chapter

HEADING = "Inputs"
INPUTS, SECONDS = 2_000, 60.0  # of each page at most, and how long it is given them
PARTS = tuple(chapter.name for chapter in CHAPTERS)
HEAD = ("page", "inputs", "at the start", "at most above it", "reach", "in the second half", "errors")
LARGE = 10  # every so manieth input is as long as an address can hold
SMALL = (2, 24)  # characters of the others
REVEALED = {key for key, row in CONTROLS.items() if row.asked_of or key.startswith("guess")}  # the guesses
MOST = 300.0  # MiB
PATIENCE = 120.0  # seconds for one page


def state(chapter: Chapter, number: int, rng: random.Random) -> State:
    """A random input of a page, with every picture revealed; now and then the longest, of any kind."""
    large = number % LARGE == 0
    asked: State = {}
    for key in chapter.controls:
        row = controls_of(chapter)[key]
        if row.kind == "text" and key not in REVEALED:
            kind = rng.choice(tuple(KINDS))
            asked[key] = f"{kind} {MAX_TEXT if large else rng.randint(*SMALL)}"
        elif key in REVEALED:
            asked[key] = "skip"
        elif row.kind == "choice" and row.options:
            asked[key] = str(rng.choice(row.options))
    return asked


async def typed(server: Server, chapter: Chapter, number: int, rng: random.Random) -> list[str]:
    """Open a page with such an input; the exceptions that it shows."""
    asked = query(chapter, state(chapter, number, rng), number)
    async with arrived(server, path(chapter.name), asked, patience=PATIENCE) as (reader, socket):
        await socket.send(reader.request())
        await reader.until_finished(socket)
        return reader.found.errors


async def typed_in(server: Server, chapter: Chapter, inputs: int, seconds: float) -> tuple[list[float], list[str]]:
    """MiB of the server before a page and after each of as many inputs as there is time for, and the exceptions."""
    rng, began = random.Random(chapter.name), time.perf_counter()
    held, errors = [memory(server.pid)], list[str]()
    while len(held) <= inputs and time.perf_counter() - began < seconds:
        errors += await typed(server, chapter, len(held), rng)
        held.append(memory(server.pid))
    return held, errors


def measured(chapter: Chapter, inputs: int, seconds: float) -> tuple[object, ...]:
    """The row of a page, on a server of its own that has shown it once."""
    with serving() as server:
        for page in (WAITS, path(chapter.name)):
            asyncio.run(opened(server, page, {"lang": "en"}))
        held, errors = asyncio.run(typed_in(server, chapter, inputs, seconds))
    grown, later = max(held) - held[0], held[-1] - held[len(held) // 2]
    print(*dict.fromkeys(errors), sep="\n", flush=True)
    said = (f"{held[0]:.0f} MiB", f"{grown:+.0f} MiB", f"≤ {MOST:.0f} MiB", f"{later:+.0f} MiB", len(errors))
    return (f"/{path(chapter.name)}", f"{len(held) - 1:,}", *said)


def section(pieces: Sequence[str] = PARTS, inputs: int = INPUTS, seconds: float = SECONDS) -> str:
    """The section of the report with these chapters measured anew, and the others as they are."""
    rows: dict[str, tuple[object, ...]] = {row[0]: row for row in kept_rows(HEADING)}
    for chapter in (row for row in CHAPTERS if row.name in pieces):
        row = measured(chapter, inputs, seconds)
        rows[str(row[0])] = row
        print(" | ".join(map(str, row)), flush=True)
    return (
        f"A server for each page, and inputs that nobody has typed before: {inputs:,}, or as many as come one by one "
        f"in {seconds:.0f} s. Texts of every kind, every {LARGE}th as long as an address can hold, and every choice at "
        "random. What pages keep is in one store of 128 MiB, which the first inputs fill: what was held beside it "
        "would go on growing in the second half of them.\n\n"
        + table(HEAD, [rows[name] for name in (f"/{path(name)}" for name in PARTS) if name in rows])
    )
