"""An engine to measure, short runs for it, and waiting until they are over."""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rnn_core.training.lab.engine import Engine
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

Rows: TypeAlias = list[tuple[str, str, str]]
PATIENCE = 220.0  # seconds after which a part that has not ended is given up, and said
SHORT = {"task": "parity", "cell": "gru", "hidden": 8, "length": 10, "batch": 16}
LOOK_EVERY = 0.05  # seconds between two looks at all runs: the process that looks has the engine, too


@contextmanager
def engine(workers: int) -> Iterator[Engine]:
    """An engine of a store of its own, with so many workers, which has not begun."""
    os.environ["KIOKU_WORKERS"] = str(workers)
    with tempfile.TemporaryDirectory(prefix="kioku-") as folder:
        made = Engine(Runs(Path(folder)))
        try:
            yield made
        finally:
            made.close()


def short(seed: int, steps: int = 200) -> TrainSpec:
    """A run of about half a second."""
    return TrainSpec(**SHORT, seed=seed, steps=steps)


def await_all(runs: Runs, names: Sequence[str]) -> list[tuple[float, str]]:
    """Wait until all of these runs are over; when each was first seen to be computed.

    Raises:
        TimeoutError: they are not in time.
    """
    begun: dict[str, float] = {}
    asked, late = frozenset(names), time.monotonic() + PATIENCE
    while True:
        now = time.perf_counter()
        under_way = {row.id for row in runs.index.select("where state in ('queued', 'running')") if row.id in asked}
        waiting = {row.id for row in runs.index.select("where state = 'queued'")}
        for name in asked - waiting:
            begun.setdefault(name, now)
        if not under_way:
            return sorted((at, name) for name, at in begun.items())
        in_time(late)
        time.sleep(LOOK_EVERY)


def in_time(late: float) -> None:
    """Go on until then.

    Raises:
        TimeoutError: it is later.
    """
    if time.monotonic() > late:
        raise TimeoutError


def first_point(made: Engine, seed: int) -> float:
    """Seconds from Train to the first point that can be read."""
    began, late = time.perf_counter(), time.monotonic() + PATIENCE
    run = made.runs.submit(TrainSpec(task="adding", length=50, cell="lstm", steps=400, seed=seed), "visitor")
    made.start()
    while made.runs.status(run).events < 2:
        in_time(late)
        time.sleep(0.002)
    taken = time.perf_counter() - began
    await_all(made.runs, [run])
    return taken


def pace(made: Engine, steps: int) -> float:
    """Seconds of an update of a short run while two are computed, with all that a run of so many updates needs."""
    specs = [short(seed, steps) for seed in (1, 2)]
    await_all(made.runs, made.runs.submit_all(specs, "visitor"))
    wanted = "select max(seconds) from trainings where id in (?, ?)"
    return made.runs.index.number(wanted, *(spec.id for spec in specs)) / steps
