"""The tables of /parallel: rounds, parity and recall, measured by `python -m rnn_core.training parallel`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from typing_extensions import TypedDict

from rnn_core.statistics import recall
from rnn_core.training import manifests, parity, rounds
from rnn_core.training.parity import ParityRun
from rnn_core.training.rounds import Rounds

FILE = "parallel"
SEEDS = (0, 1, 2)
PAIRS, WIDTHS, REWRITES, BITS = (4, 8, 16, 32, 64), (16, 32), (8, 16, 32, 64), 100_000


class ByHand(TypedDict):
    """Of how many bits two units set by hand get how many wrong."""

    bits: int
    wrong: int


class Tables(manifests.Head):
    """All tables; `recall` by width and pairs, `rewritten` by the number of writes, `parity` by network and seed."""

    networks: dict[str, Rounds]
    scales: dict[str, Rounds]
    lengths: dict[str, int | None]
    epochs: dict[str, Rounds]
    parity: dict[str, ParityRun]
    recall: dict[str, dict[str, float]]
    rewritten: dict[str, dict[str, float]]
    by_hand: dict[str, ByHand]


def tables() -> Tables:
    """The tables as they are shipped.

    Raises:
        KiokuError: they are missing or damaged.
    """
    found: Tables = manifests.read(FILE, Tables)
    return found


def up_to_date() -> bool:
    """Whether all of them are there."""
    return manifests.if_whole(tables) is not None


def build() -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Measure all of them anew, a row at a time; they are written when all are done."""
    found: dict[str, dict[str, Any]] = {part: {} for part in PARTS}
    for part, rows in PARTS.items():
        for name, row in rows():
            found[part][name] = row
            yield f"{part} {name}", row if isinstance(row, dict) else {}
    manifests.write(FILE, {**manifests.head([]), **found})


def _parity() -> Iterator[tuple[str, ParityRun]]:
    for seed in SEEDS:
        for kind in parity.KINDS:
            yield f"{kind}-{seed}", parity.train_counter(kind, seed)


def _recall() -> Iterator[tuple[str, dict[str, float]]]:
    for width in WIDTHS:
        for pairs in PAIRS:
            yield f"{width}-{pairs}", recall.recall_pairs(width, pairs)


def _rewritten() -> Iterator[tuple[str, dict[str, float]]]:
    for writes in REWRITES:
        yield str(writes), recall.recall_rewritten(writes)


def _by_hand() -> Iterator[tuple[str, ByHand]]:
    bits = np.random.default_rng(1).integers(0, 2, BITS)
    yield "two units", ByHand(bits=BITS, wrong=recall.count_by_hand(bits))


PARTS = {
    "recall": _recall,
    "rewritten": _rewritten,
    "by_hand": _by_hand,
    "networks": rounds.by_network,
    "scales": rounds.by_scale,
    "lengths": rounds.by_length,
    "parity": _parity,
    "epochs": rounds.by_epoch,
}
