"""How far a reader may go: every bound of the lab stands here and nowhere else."""

from __future__ import annotations

from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, TypeAlias

from rnn_core.specs import MAX_SEED

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.text.tokenizer import Pieces

TaskName: TypeAlias = Literal[
    "adding",
    "recall",
    "copy",
    "parity",
    "smalltalk",
    "series",
    "given_names",
    "kaomoji",
    "kaomoji_feelings",
    "smalltalk_feelings",
    "digits",
    "temperatures",
    "moving_digit",
    "melodies",
]


SECONDS, SHORT = 300.0, 90.0
"""So long may a training take one core, by the estimate of `TrainSpec.seconds`; and that of a task of a use."""
STATES = ("cell", "gradients")
"""The chapters that show any network with states."""
OF_ONE_LAYER = ("text-generation", "sentiment", "speech")
"""And those that show a network of their task that has one layer."""


class Range(NamedTuple):
    """From where to where a setting goes, and what it is where nobody sets it."""

    low: float
    usual: float
    high: float


LIMITS: Mapping[str, Range] = MappingProxyType(
    {
        "hidden": Range(1, 32, 128),
        "layers": Range(1, 1, 3),
        "lr": Range(1e-5, 0.005, 10.0),
        "batch": Range(1, 64, 256),
        "clip": Range(0.001, 1.0, 1000.0),
        "forget_bias": Range(-10.0, 1.0, 10.0),
        "weight_scale": Range(0.0, 1.0, 10.0),
        "steps": Range(1, 1200, 20_000),
        "seed": Range(0, 0, MAX_SEED),
    }
)


@dataclass(frozen=True)
class Outline:
    """What is known of a task before torch is there.

    Attributes:
        length: T, how many positions an example has.
        at_the_end: whether its one answer comes after the last position, so that a backward direction gives nothing
            away.
        by: in what an example is cut that is written as text.
        chapters: the addresses of those that can show a network that has learned it.
        texts: the control that holds an example in one of them, where that is not `text`; "" where nothing does.
        seconds: so long may a training of it take one core.
    """

    length: Range
    at_the_end: bool = False
    by: Pieces = "gap"
    chapters: tuple[str, ...] = STATES
    texts: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    seconds: float = SECONDS


WRITES, FELT = ("text-generation", *STATES), ("sentiment", *STATES)
NONE, FACE = {"text-generation": ""}, {"sentiment": "face"}
OUTLINES: Mapping[TaskName, Outline] = MappingProxyType(
    {
        "adding": Outline(Range(4, 50, 200), at_the_end=True),
        "recall": Outline(Range(3, 30, 200), at_the_end=True),
        "copy": Outline(Range(10, 20, 200)),
        "parity": Outline(Range(2, 20, 200)),
        # the longest sentence; each has its own length
        "smalltalk": Outline(
            Range(14, 14, 14), by="word", chapters=("", *STATES, "compare", "text-generation"), texts=NONE
        ),
        "series": Outline(Range(4, 30, 200)),
        # of texts the longest likewise
        "given_names": Outline(Range(9, 9, 9), by="character", chapters=WRITES, texts=NONE, seconds=SHORT),
        "kaomoji": Outline(Range(21, 21, 21), by="character", chapters=WRITES, texts=NONE, seconds=SHORT),
        "kaomoji_feelings": Outline(Range(20, 20, 20), by="character", chapters=FELT, texts=FACE, seconds=SHORT),
        "smalltalk_feelings": Outline(Range(50, 50, 50), by="word", chapters=FELT, seconds=SHORT),
        "digits": Outline(Range(40, 50, 60), chapters=("speech", *STATES), texts={"speech": ""}, seconds=SHORT),
        "temperatures": Outline(Range(5, 30, 60), seconds=SHORT),
        "moving_digit": Outline(Range(4, 12, 14), seconds=SHORT),
        "melodies": Outline(Range(40, 40, 40), seconds=SHORT),
    }
)
"""A row a task; what needs torch stands in the row of `TASKS` in `tasks.py`."""
LENGTHS: Mapping[TaskName, Range] = MappingProxyType({name: row.length for name, row in OUTLINES.items()})
RECORDS, SNAPSHOTS = 120, 20
"""A run is looked at so many times after it began, and its states and weights are kept so many times."""
SHOWN = 32
"""Held-out examples whose answers are recorded."""
MINE, QUEUE = 64, 1024
"""So many runs of one visitor, and of all, may wait or be computed at once."""
PINS = 8
"""So many runs may one visitor keep from being deleted for room."""
WORKERS = 4
"""So many trainings are computed at once on the machine that runs the app, one a core; `KIOKU_WORKERS` says another."""
STORE = 2 << 30
"""Bytes that all runs may take; `KIOKU_STORE_BYTES` says another number."""
FILE = 256 << 20
"""Bytes that a run may take that is imported, packed and unpacked."""
SEEDS = 3
"""Runs of each point of a sweep, at most."""
