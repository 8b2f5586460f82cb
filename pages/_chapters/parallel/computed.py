"""Newton's rounds and the stages of the scan, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pages._ui import measuring
from pages._ui.chapter import HIDDEN_SIZES
from pages._ui.measuring import STOPWATCH
from pages._ui.memo import cached
from rnn_core.figures import NetworkRounds
from rnn_core.quantities import CELLS
from rnn_core.specs import MinimalSpec, ModelSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.gradients.newton import NewtonRun
    from rnn_core.models.scan_timing import ScanPoint, Timed
    from rnn_core.models.sentence_rounds import ScanStages
    from rnn_core.stopwatch import Run
    from rnn_core.training.parallel import Tables

MINIMAL = MinimalSpec(cell="mingru", hidden=16)
CHAIN = ModelSpec(cell="gru", hidden=16)
WIDTH = 16  # numbers of a key in the tables of recall


@cached(heavy=lambda spec, tokens, **_: spec.hidden * len(tokens) > 600)
def solved(spec: ModelSpec, tokens: Sequence[str], *, scale: float, clip: bool) -> NewtonRun:
    """Newton's method on these words."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.solve(spec, tokens, scale=scale, clip=clip)


def longest(spec: ModelSpec) -> int:
    """On how many words of a network of this size it is tried."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.longest(spec)


@cached()
def scanned(tokens: Sequence[str]) -> ScanStages:
    """What the minGRU knows of these words after each stage."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.read_by_scan(MINIMAL, tokens)


@cached()
def chained(tokens: Sequence[str]) -> NDArray[np.floating]:
    """The states of the GRU beside it."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.hidden_states(CHAIN, tokens)


@cached()
def tables() -> Tables:
    """What was measured beforehand."""
    from rnn_core.training import parallel  # needs torch

    return parallel.tables()


@cached()
def replies(spec: MinimalSpec | ModelSpec) -> tuple[float, ...]:
    """The share of right replies of a network, of every seed that was trained."""
    from rnn_core.training import accuracy, shipped  # needs torch

    found = (accuracy.find_accuracy(spec.model_copy(update={"seed": seed})) for seed in shipped.SEEDS)
    return tuple(share for share in found if share is not None)


@cached()
def lengths() -> dict[int, int | None]:
    """Words → rounds of Newton's method, the shortest first."""
    return {int(words): tables()["lengths"][words] for words in sorted(tables()["lengths"], key=int)}


@cached()
def networks() -> tuple[NetworkRounds, ...]:
    """The rounds of every shipped network on 60 words."""
    rows = tables()["networks"]
    return tuple(
        NetworkRounds(cell, units, row["exponent"], row["plain"], row["clipped"])
        for cell in CELLS
        for units in HIDDEN_SIZES
        for row in (rows[f"{cell}-{units}-trained"],)
    )


@cached()
def by_epoch() -> tuple[dict[int, int | None], dict[int, int | None]]:
    """Epoch → rounds of a GRU while it is trained, without clipping and with it."""
    rows = {int(epoch): row for epoch, row in tables()["epochs"].items()}
    epochs = sorted(rows)
    return {at: rows[at]["plain"] for at in epochs}, {at: rows[at]["clipped"] for at in epochs}


@cached()
def parity() -> tuple[dict[str, tuple[dict[int, float], ...]], tuple[int, ...]]:
    """Network → of each seed, bits → accuracy; and up to how many bits the minGRUs came."""
    runs = list(tables()["parity"].values())
    found: dict[str, tuple[dict[int, float], ...]] = {}
    for run in runs:
        shares = {bits: run["accuracy"][str(bits)] for bits in sorted(map(int, run["accuracy"]))}
        found[run["kind"]] = (*found.get(run["kind"], ()), shares)
    return found, tuple(run["learned"] for run in runs if run["kind"] == "mingru")


@cached()
def recall() -> tuple[dict[int, dict[str, float]], dict[int, dict[str, float]]]:
    """Pairs → rule → the share recalled, and the same by the number of writes."""
    pairs = {name.split("-")[1]: row for name, row in tables()["recall"].items() if name.startswith(f"{WIDTH}-")}
    once, again = (
        {int(count): dict(rows[count]) for count in sorted(rows, key=int)} for rows in (pairs, tables()["rewritten"])
    )
    return once, again


@cached()
def costs() -> dict[Literal["stages", "work"], dict[Timed, dict[int, int]]]:
    """How many stages and multiply-adds each network takes, by words."""
    from rnn_core.models import scan_timing  # needs torch

    return scan_timing.counts()


def race() -> Run[ScanPoint] | None:
    """Begin to time scan, loops and Transformer; None while somebody else's run goes on."""
    from rnn_core.models import scan_timing  # needs torch

    total = len(scan_timing.LENGTHS) * len(scan_timing.KINDS)
    return measuring.begin(STOPWATCH, lambda: scan_timing.measure(), total)
