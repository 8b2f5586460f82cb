"""What was measured of the claims and what is known of the field today, from the two data files of this room."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Literal

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from rnn_core import checkout
from rnn_core.quantities import Cell

READ = 6  # words that a state is asked for
HERE = Path(__file__).resolve().parent
MEASURED, TODAY = HERE / "measured.json", HERE / "today.json"


class Measured(TypedDict):
    """Every claim's numbers, and the machine and the version of torch that gave them."""

    machine: str
    torch: str
    claims: dict[str, dict[str, float]]


class Fact(TypedDict):
    """One value of the table of what is used today.

    `status`: "measured" here, "documented" by whoever made it, "reported" by others only. `source` is what it was read
    in, `reference` its arXiv number or file, `date` when that was published, or measured. `numbers` fill the sentence.
    """

    name: str
    numbers: dict[str, str]
    source: str
    reference: str
    date: str
    status: Literal["measured", "documented", "reported"]


MEASURED_FORM = TypeAdapter(Measured)
TODAY_FORM: TypeAdapter[list[Fact]] = TypeAdapter(list[Fact])


@cache
def measured() -> Measured:
    """What `python -m rnn_core.claims` found.

    Raises:
        KiokuError: the file is missing or damaged.
    """
    return checkout.table(MEASURED, MEASURED_FORM)


@cache
def today() -> tuple[Fact, ...]:
    """The facts, in the order of the table.

    Raises:
        KiokuError: the file is missing or damaged.
    """
    facts: list[Fact] = checkout.table(TODAY, TODAY_FORM)
    return tuple(facts)


def read_back(hidden: int) -> tuple[dict[Cell, tuple[float, ...]], tuple[float, ...]]:
    """How well each word is read back from h₆ by cell, and how well by whoever names the commonest word.

    Raises:
        KiokuError: the file is missing or damaged.
    """
    found = measured()["claims"]["context"]
    steps = range(1, READ + 1)
    by_cell: dict[Cell, tuple[float, ...]] = {
        cell: tuple(found[f"{cell}_{hidden}_{step}"] for step in steps) for cell in ("lstm", "gru", "rnn")
    }
    return by_cell, tuple(found[f"chance_{step}"] for step in steps)
