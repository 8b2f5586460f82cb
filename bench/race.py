"""Many readers with networks of their own, all at once: whether each sees the numbers that one reader alone sees."""

from __future__ import annotations

import asyncio
import base64
import hashlib
import json
import random
import subprocess
import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from bench.report import table
from bench.server import ROOT, Server, serving
from bench.visit import arrived
from rnn_core import runtime

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADING = "Race"
SESSIONS, ROUNDS, TIMES = 30, 40, 3
WORDS = ("今日", "は", "天気", "が", "良い", "ね", "犬", "人", "を", "噛む", "とても", "悪い")
SIZES: Mapping[str, Sequence[int]] = {"": (8, 16, 32, 64), "transformer": (16, 32), "parallel": (8, 16)}  # by page
CELLS, MINIMAL = ("rnn", "lstm", "gru"), ("mingru", "minlstm")  # all five are on the first page
TRAINED_MINIMAL = 16  # units of those that come with weights
SHORT = 8  # words whose scan is drawn whole
PATIENCE = 60.0  # seconds for one page


@dataclass(frozen=True)
class State:
    """A page and a network on it."""

    page: str
    query: Mapping[str, str]


def states(number: int, rng: random.Random) -> list[State]:
    """So many random states, three of four with weights of their own seed."""
    return [_state(rng) for _ in range(number)]


def _state(rng: random.Random) -> State:
    page = rng.choice(("", "", "transformer", "parallel"))
    size = str(rng.choice(SIZES[page]))
    weights = rng.choice(("fresh", "fresh", "fresh", "trained"))
    query = {"lang": "en", "weights": weights}
    query["text"] = " ".join(rng.choices(WORDS, k=rng.randint(3, SHORT if page == "parallel" else 20)))
    if weights == "fresh":
        query["seed"] = str(rng.randrange(10**6))
    if page == "transformer":
        return State(page, query | {"hidden": size, "positions": rng.choice(("added", "none"))})
    if page:
        query |= {"guess_rounds": "skip", "guess_stages": "skip"}
    cell = rng.choice(CELLS if page else (*CELLS, *MINIMAL))
    size = str(TRAINED_MINIMAL) if cell in MINIMAL and weights == "trained" else size
    return State(page, query | {"hidden": size, "cell": cell})


def alone(state: State) -> str:
    """What the page's map must hold: the states as the library computes them, with nothing beside it."""
    import rnn_core as rc
    from rnn_core.quantities import QUANTITIES
    from rnn_core.specs import MinimalSpec, TransformerSpec
    from rnn_core.text.tokenizer import segment

    query = state.query
    if state.page == "parallel":
        return _scanned(segment(query["text"]).tokens)
    weights, seed = query["weights"], int(query.get("seed", 0))
    spec: rc.ModelSpec | MinimalSpec | TransformerSpec
    if state.page:
        placed = query["positions"] == "added"
        spec = TransformerSpec(hidden=int(query["hidden"]), positions=placed, weights=weights, seed=seed)
    else:
        kind = MinimalSpec if query["cell"] in MINIMAL else rc.ModelSpec
        spec = kind(cell=query["cell"], hidden=int(query["hidden"]), weights=weights, seed=seed)
    layer = rc.run(spec, segment(query["text"]).tokens).layers.layers[-1][0]
    return digest(layer[QUANTITIES.state(layer.cell).key])


def _scanned(tokens: Sequence[str]) -> str:
    """What the drawing of the scan holds: the minGRU after each stage, and the GRU beside it."""
    from pages._chapters.parallel.computed import CHAIN, MINIMAL
    from rnn_core.models.sentence_rounds import hidden_states, read_by_scan

    return _both(read_by_scan(MINIMAL, tokens).b, hidden_states(CHAIN, tokens))


def _both(scanned: np.ndarray, chain: np.ndarray) -> str:
    return digest(np.concatenate([scanned.ravel(), chain.ravel()])[None])


def digest(values: np.ndarray) -> str:
    """(T, H) numbers by their bits."""
    numbers = np.ascontiguousarray(values, dtype=np.float32)
    return hashlib.sha256(repr(numbers.shape).encode() + numbers.tobytes()).hexdigest()


def shown(charts: Mapping[str, str]) -> str:
    """The same of what a page has drawn, a map or the states of the last layer; "" where there is neither."""
    for name, spec in charts.items():
        if name == "transformer_layers":
            (drawn, *_) = json.loads(spec)
            states = np.frombuffer(base64.b64decode(drawn["scenes"]["read"]["states"]), np.float32)
            return digest(states.reshape(drawn["layers"], -1, drawn["units"])[-1])
        if name == "scan_tree":
            (drawn, *_) = json.loads(spec)
            return _both(*(np.frombuffer(base64.b64decode(drawn[part]), np.float32) for part in ("b", "gru")))
        if name == "chart_hidden_state":
            (drawn, *_) = json.loads(spec)["data"]
            return digest(decoded(drawn["z"]).T)
    return ""


def decoded(packed: Mapping[str, str]) -> np.ndarray:
    """An array as Plotly sends it."""
    rows, columns = map(int, packed["shape"].split(","))
    return np.frombuffer(base64.b64decode(packed["bdata"]), packed["dtype"]).reshape(rows, columns)


def references(asked: Sequence[State]) -> list[str]:
    """`alone` of each state, in a process of its own with one thread."""
    given = json.dumps([[state.page, dict(state.query)] for state in asked])
    command = [sys.executable, "-m", "bench.race"]
    found = subprocess.run(command, cwd=ROOT, input=given, capture_output=True, text=True, check=True)
    hashes: list[str] = json.loads(found.stdout.splitlines()[-1])
    return hashes


async def seen(server: Server, asked: Sequence[State]) -> list[str]:
    """What readers see who open these states in the same moment."""
    together = asyncio.Barrier(len(asked))

    async def one(state: State) -> str:
        async with arrived(server, state.page, state.query, patience=PATIENCE) as (reader, socket):
            await together.wait()
            await socket.send(reader.request())
            await reader.until_finished(socket)
            return "; ".join(reader.found.errors) or shown(reader.charts)

    return await asyncio.gather(*(one(state) for state in asked))


def differences(sessions: int, rounds: int, rng: random.Random) -> tuple[int, int]:
    """How many of a fresh server's screens have other numbers than the reference, and of how many."""
    turns = [states(sessions, rng) for _ in range(rounds)]
    expected = references([state for turn in turns for state in turn])
    with serving() as server:
        asyncio.run(seen(server, [State("transformer", {"lang": "en"})]))  # waits until torch is there
        found = [one for turn in turns for one in asyncio.run(seen(server, turn))]
    return sum(one != other for one, other in zip(found, expected, strict=True)), len(expected)


def section(rounds: int = ROUNDS, sessions: int = SESSIONS, times: int = TIMES) -> str:
    """The section of the report."""
    rows = []
    for number in range(times):
        wrong, every = differences(sessions, rounds, random.Random(number))
        rows.append((number + 1, f"{every:,}", wrong, 0))
    return (
        f"{sessions} sessions open random states of `/`, `/transformer` and `/parallel` (networks fresh and trained, "
        "of every cell and size; of the last the scan of a minGRU and the GRU beside it, while Newton's method solves "
        f"another network) in the same moment, {rounds} times, on a server that has just started. The numbers that "
        "arrive in the drawing are compared, by their bits, with those of `rc.run` in a process of its own that does "
        "one thing at a time.\n\n" + table(("run", "screens", "other numbers", "reach"), rows)
    )


def main() -> None:
    """Read states, print their references."""
    runtime.use_one_thread()
    print(json.dumps([alone(State(page, query)) for page, query in json.load(sys.stdin)]))


if __name__ == "__main__":
    main()
