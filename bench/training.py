"""What recording costs a training, and how soon each cell learns to add."""

from __future__ import annotations

import statistics
import time
from itertools import islice
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import torch
from torch import nn

from bench.report import table
from pages._chapters.training import CHAPTER, settings
from pages._ui.address import controls_of, parse
from rnn_core.training.lab.events import Finished, Point, Solved
from rnn_core.training.lab.loop import begin_run, train
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, draw_batch

if TYPE_CHECKING:
    from collections.abc import Iterator

HEADING = "Training"
CELLS = ("rnn", "lstm", "gru")
ROUNDS = 9
SEEDS = (0, 1, 2)
UPDATES = 3_000
LINK = f"task=adding&length=100&hidden=32&batch=32&lr=0.01&steps={UPDATES}"  # and `cell` and `seed`


def section(rounds: int = ROUNDS) -> str:
    costs = [cost(cell, rounds) for cell in CELLS]
    learned = [learning(cell, seed) for cell in CELLS for seed in SEEDS]
    return "\n\n".join(
        [
            "Everything that the lab records in 3,000 updates, 120 points and 21 snapshots, against the same updates"
            f" alone: adding, T = 50, H = 64, B = 64. Processor time an update, {rounds} times from snapshot to"
            " snapshot, both in turns from record to record, of each record on the way the median; at most 1.05 ×."
            " Lowest and highest are of one time.",
            table(["cell", "alone, ms", "recorded, ms", "ratio", "lowest", "highest"], costs),
            f"What `/training?{LINK}` trains with each `cell` and `seed`, by Adam: updates and seconds of processor"
            " time until the held-out loss is below 0.02, everything recorded; LSTM and GRU within 15 s, the RNN not.",
            table(["cell", "seed", "updates", "seconds", "lowest loss"], learned),
        ]
    )


def cost(cell: str, rounds: int) -> tuple[str, ...]:
    """Both go on from record to record in turns, so that whatever slows the machine slows both alike."""
    spec = TrainSpec(task="adding", length=50, hidden=64, batch=64, cell=cell, steps=UPDATES)
    both = (plain(spec), recorded(spec))
    for loop in both:
        next(loop)  # what is only done once
    apart = spec.snapshots[1] // spec.every  # records from one snapshot to the next
    taken = [[[0.0, 0.0] for _ in range(apart)] for _ in range(rounds)]
    for turn in range(rounds * apart):
        for which in (turn % 2, 1 - turn % 2):
            began = time.thread_time()
            next(both[which])
            taken[turn // apart][turn % apart][which] += time.thread_time() - began
    alone, with_all = (typical([[pair[side] for pair in one] for one in taken]) for side in (0, 1))
    ratios = sorted(sum(pair[1] for pair in one) / sum(pair[0] for pair in one) for one in taken)
    each = [value * 1000 / (apart * spec.every) for value in (alone, with_all)]
    return (cell.upper(), *(f"{value:.2f}" for value in (*each, with_all / alone, ratios[0], ratios[-1])))


def typical(rounds: list[list[float]]) -> float:
    """The time from snapshot to snapshot: of each record on the way the median, so that a pause of the machine in one
    of them is not in the sum, and what only a snapshot costs is.
    """
    return sum(statistics.median(times) for times in zip(*rounds, strict=True))


def plain(spec: TrainSpec) -> Iterator[int]:
    """The same updates and nothing else, up to each record."""
    state, task = begin_run(spec), TASKS[spec.task]
    for step in range(spec.steps):
        batch = draw_batch(spec, step)
        loss = task.loss(state.model(batch.inputs), batch)
        state.optimizer.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(state.model.parameters(), spec.clip or torch.inf)
        state.optimizer.step()
        if step + 1 in spec.records:
            yield step + 1


def recorded(spec: TrainSpec) -> Iterator[int]:
    """The updates of the lab, up to each record but the one before the first."""
    points = (event.step for event in train(spec) if isinstance(event, Point))
    yield from islice(points, 1, None)


def linked(cell: str, seed: int) -> TrainSpec:
    """What the page trains that the link opens."""
    state, _ = parse(parse_qs(f"{LINK}&cell={cell}&seed={seed}"), controls_of(CHAPTER))
    return settings.spec_of(state)


def learning(cell: str, seed: int) -> tuple[str, ...]:
    """When a run reaches the goal, if it does."""
    spec = linked(cell, seed)
    began, lowest = time.thread_time(), torch.inf
    for event in train(spec):
        lowest = min(lowest, getattr(event, "loss", torch.inf))
        if isinstance(event, Solved | Finished):
            break
    seconds = f"{time.thread_time() - began:.1f}"
    return (
        cell.upper(),
        str(seed),
        str(event.step) if isinstance(event, Solved) else "never",
        seconds,
        f"{lowest:.3f}",
    )
