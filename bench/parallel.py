"""`/parallel`: how exact Newton's rounds and the scan are, what a scan takes here, and what the tables cost to make."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits

import rnn_core as rc
from bench.recording import interleaved
from bench.repaint import CHANGES, Page, measured
from bench.report import table
from rnn_core import runtime
from rnn_core.models import registry, scan_timing, weights
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.sentence_spec import continued
from rnn_core.quantities import CELLS
from rnn_core.recurrent.minimal import follow
from rnn_core.recurrent.scans import METHODS, scan
from rnn_core.specs import ModelSpec
from rnn_core.statistics import recall
from rnn_core.training import minimal, parallel, parity, shipped
from rnn_core.training import rounds as newton_rounds

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.scan_timing import Timed

HEADING = "Parallel"
PAGE = Page("parallel", ("cell", "length"), "lang=en&guess_rounds=skip&guess_law=skip")
ROUNDS = 2
LENGTHS, SCANNED = (64, 256, 1024), (1, 6, 64, 1000, 4096)
RACED: tuple[Timed, ...] = ("scan", "lstm", "gru", "rnn", "loop")
TURNS = {64: 60, 256: 30, 1024: 10}
EXACT = {torch.float64: 3e-15, torch.float32: 2e-6}
UPDATES = 20  # of which the time is taken


def newton(cells: Sequence[str] = CELLS, sizes: Sequence[int] = shipped.SIZES) -> str:
    """Every shipped network on 60 words: the error that is left, and λ against the core's own."""
    lines = []
    for cell in cells:
        for hidden in sizes:
            model = registry.RECURRENT.load(ModelSpec(cell=cell, hidden=hidden))
            x = newton_rounds.embedded(model, continued(newton_rounds.SENTENCE, newton_rounds.WORDS))
            plain, clipped = rc.deer(model.recurrent, x), rc.deer(model.recurrent, x, clip=True)
            own = float(rc.lyapunov_exponents(model.recurrent.double(), x.double())[0])
            errors = [f"{run.errors[-1].max():.0e}" for run in (plain, clipped)]
            apart = f"{abs(plain.exponent - own):.0e}"
            lines.append([f"{cell.upper()} {hidden}", plain.rounds, clipped.rounds, *errors, "< 1e-12", apart])
    return table(["network", "rounds", "clipped", "error left", "clipped, left", "reach", "λ apart"], lines)


def exactness(lengths: Sequence[int] = SCANNED) -> str:
    """How far the scan of a gate's recurrence is from its loop."""
    lines = []
    for dtype, reach in EXACT.items():
        for method in METHODS:
            apart = [max(_apart(steps, dtype, method, seed) for seed in range(3)) for steps in lengths]
            lines.append(
                [str(dtype).removeprefix("torch."), method, *(f"{gap:.0e}" for gap in apart), f"≤ {reach:.0e}"]
            )
    return table(["numbers", "method", *(f"T = {steps}" for steps in lengths), "reach"], lines)


def _apart(steps: int, dtype: torch.dtype, method: str, seed: int) -> float:
    draw = runtime.generator(seed)
    a = torch.rand((steps, scan_timing.UNITS), generator=draw, dtype=dtype)
    b = (1 - a) * torch.randn((steps, scan_timing.UNITS), generator=draw, dtype=dtype)
    return float((scan(a, b, method) - follow(a, b)).abs().max())  # type: ignore[arg-type]


def race(lengths: Sequence[int] = LENGTHS) -> str:
    """One sequence forward and backward, by turns: the scan of a minGRU against torch's layers of as many units."""
    networks = {kind: scan_timing.build(kind) for kind in RACED}
    lines = []
    for words in lengths:
        x = torch.randn(1, words, scan_timing.UNITS, generator=runtime.generator(0))
        calls = [lambda network=network, x=x: _trained(network, x) for network in networks.values()]
        times = [statistics.median(found) for found in interleaved(calls, TURNS.get(words, 10), warm=2)]
        scanned, *others = times
        ratios = [f"{scanned / other:.2f} ×" for other in others]
        lines.append([words, *(f"{found:.2f} ms" for found in times), *ratios, "scan / gru < 1"])
    head = ["T", *RACED, *(f"scan / {kind}" for kind in RACED[1:]), "reach"]
    return table(head, lines)


def _trained(network: nn.Module, x: Tensor) -> None:
    network.zero_grad()
    network(x)[0].sum().backward()


def sizes() -> str:
    """What is shipped for the chapter, in KiB."""
    paths = [weights.path_of(spec.name) for spec in minimal.KEPT]
    found = [path.stat().st_size / 1024 for path in paths]
    lines = [*([path.name, f"{size:.0f} KiB", ""] for path, size in zip(paths, found, strict=True))]
    return table(["file", "size", "reach"], [*lines, ["together", f"{sum(found):.0f} KiB", "≤ 200 KiB"]])


def making() -> str:
    """Processor time of the tables of parity and recall: recall whole, parity by updates at its longest."""
    begun = time.process_time()
    for width in parallel.WIDTHS:
        for pairs in parallel.PAIRS:
            recall.recall_pairs(width, pairs)
    for writes in parallel.REWRITES:
        recall.recall_rewritten(writes)
    lines = [["recall, all rows", "", f"{time.process_time() - begun:.0f} s", ""]]
    whole, runs = time.process_time() - begun, parallel.tables()["parity"]
    for kind in parity.KINDS:
        each = _update(kind)
        steps = sum(run["steps"] for run in runs.values() if run["kind"] == kind)
        whole += each * steps
        lines.append([f"parity, {kind}", f"{steps:,}", f"{each * steps:.0f} s", ""])
    lines.append(["together", "", f"{whole / 60:.1f} min", "≤ 15 min"])
    return table(["table", "updates of its three seeds", "processor time", "reach"], lines)


def _update(kind: parity.Kind) -> float:
    """Seconds of one update on the longest sequences of the curriculum."""
    with InitialValues(seed=0):
        model = parity.Counter(kind)
    bits = torch.randint(0, 2, (parity.BATCH, parity.LONGEST), generator=runtime.generator(0))
    optimizer, begun = torch.optim.Adam(model.parameters()), time.process_time()
    for _ in range(UPDATES):
        optimizer.zero_grad()
        binary_cross_entropy_with_logits(model(bits), parity.odd(bits).float()).backward()
        optimizer.step()
    return (time.process_time() - begun) / UPDATES


def section(rounds: int = ROUNDS, changes: int = CHANGES) -> str:
    """The section of the report."""
    numbers = np.random.default_rng(0).integers(0, 2, parallel.BITS)
    wrong = recall.count_by_hand(numbers)
    return (
        f"Newton's method on {newton_rounds.WORDS} words, float64, against torch's own run.\n\n{newton()}\n\n"
        f"The scan of a gate's recurrence against its loop: largest |difference| of three draws.\n\n{exactness()}\n\n"
        "A minGRU of 64 units, by scan and by loop, beside torch's layers of 64 units: one sequence forward and "
        f"backward, one thread, medians, by turns.\n\n{race()}\n\n"
        f"{sizes()}\n\n"
        "The tables of parity and recall, as `make models` makes them; two units set by hand get "
        f"{wrong} of {parallel.BITS:,} bits wrong.\n\n{making()}\n\n"
        f"{measured(PAGE, rounds=rounds, changes=changes)}"
    )
