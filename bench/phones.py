"""A class with phones: each loads the page of a room, connects, and votes at its own moment; some change their minds.

Prints one line of JSON: for what they have voted in the end, how long it took until each vote was confirmed, and what
went wrong.

    python -m bench.phones --url http://127.0.0.1:8501 --code ABCDE
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import sys
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPConnection
from time import perf_counter
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import websockets

from bench.ws_load import quantile

if TYPE_CHECKING:
    from websockets.asyncio.client import ClientConnection

PHONES, SECONDS = 100, 10.0
CHANGES = 1 / 3  # of the phones that vote twice
PATIENCE = 30.0  # seconds for an answer
STAY = 2.0  # seconds that a phone stays after its last vote


@dataclass
class Met:
    """What all phones have met.

    Attributes:
        confirmed: ms from each vote until it was confirmed.
        cast: phone → the option that it voted for last.
        last: when the last phone's first vote was confirmed, by the clock of the machine.
        errors: what went wrong.
    """

    confirmed: list[float] = field(default_factory=list)
    cast: dict[int, int] = field(default_factory=dict)
    last: float = 0.0
    errors: list[str] = field(default_factory=list)


def load(url: str, code: str) -> str:
    """Load the page and its script as a phone does; the cookies that it then has."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=PATIENCE)
    cookies = []
    try:
        for path in (f"/room?code={code}", "/room/phone.js"):
            connection.request("GET", path, headers={"Cookie": "; ".join(cookies)})
            answer = connection.getresponse()
            answer.read()
            if answer.status != 200:
                raise OSError(f"{path}: {answer.status}")
            cookies += [value.partition(";")[0] for value in answer.headers.get_all("Set-Cookie") or ()]
    finally:
        connection.close()
    return "; ".join(dict.fromkeys(cookies))


async def heard(socket: ClientConnection) -> dict[str, Any]:
    """What the server says next."""
    async with asyncio.timeout(PATIENCE):
        said: dict[str, Any] = json.loads(await socket.recv())
    if said["kind"] != "room":
        raise OSError(said["text"])
    return said


async def vote(socket: ClientConnection, turn: int, option: int, met: Met) -> None:
    """Vote, and wait until it is confirmed."""
    began = perf_counter()
    await socket.send(json.dumps({"turn": turn, "option": option}))
    while (await heard(socket))["voted"] != option:
        pass
    met.confirmed.append((perf_counter() - began) * 1e3)


async def phone(url: str, code: str, number: int, seconds: float, met: Met) -> None:
    """One phone from scanning the code to the end of the vote."""
    rng = random.Random(number)
    start = perf_counter()
    try:
        await asyncio.sleep(rng.uniform(0, 0.3) * seconds)
        cookies = await asyncio.to_thread(load, url, code)
        where = f"{url.replace('http', 'ws', 1)}/room/live?code={code}"
        async with websockets.connect(
            where, origin=websockets.Origin(url), additional_headers={"Cookie": cookies}
        ) as socket:
            room = await heard(socket)
            options = rng.sample(range(len(room["options"])), 2 if rng.random() < CHANGES else 1)
            for moment, option in zip(sorted(rng.uniform(0.4, 1) for _ in options), options, strict=True):
                await asyncio.sleep(max(0.0, start + moment * seconds - perf_counter()))
                await vote(socket, room["turn"], option, met)
                met.last = met.last if number in met.cast else perf_counter()
                met.cast[number] = option
            await asyncio.sleep(max(0.0, start + seconds + STAY - perf_counter()))
    except (OSError, TimeoutError, websockets.WebSocketException) as error:
        met.errors.append(f"{type(error).__name__}: {error}"[:200])


async def measure(url: str, code: str, phones: int = PHONES, seconds: float = SECONDS) -> dict[str, Any]:
    """Let all of them vote; what they met in numbers."""
    met = Met()
    await asyncio.gather(*(phone(url, code, number, seconds, met) for number in range(phones)))
    counts = Counter(met.cast.values())
    return {
        "phones": phones,
        "cast": [counts[option] for option in range(max(counts, default=-1) + 1)],
        "votes": len(met.confirmed),
        "last": met.last,
        **{f"p{share}_ms": quantile(met.confirmed, share / 100) for share in (50, 95, 100)},
        "errors": len(met.errors),
        "error_samples": sorted(set(met.errors))[:3],
    }


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--url", required=True)
    parser.add_argument("--code", required=True)
    parser.add_argument("--phones", type=int, default=PHONES)
    parser.add_argument("--seconds", type=float, default=SECONDS)
    told = parser.parse_args()
    if urlsplit(told.url).hostname not in ("127.0.0.1", "localhost"):
        parser.error("only this machine may be loaded")
    result = asyncio.run(measure(told.url.rstrip("/"), told.code, told.phones, told.seconds))
    print(json.dumps(result))
    sys.exit(bool(result["errors"]))
