"""`record` against the fused forward alone, and against a loop over the steps, in one run on one thread."""

from __future__ import annotations

import statistics
import time
from typing import TYPE_CHECKING

import torch
from torch import nn

import rnn_core as rc
from bench import lens
from bench.loops import LOOPS
from bench.report import table
from rnn_core import runtime
from rnn_core.models.initial_values import InitialValues

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING = "Recording"
KINDS = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
REACH = {"rnn": 1.5, "lstm": 2.4, "gru": 1.5}
TURNS = 3  # of TorchLens, which takes seconds
LENGTHS, HIDDEN, INPUT, ROUNDS = (50, 200), 64, 64, 400


def interleaved(calls: list[Callable[[], object]], rounds: int, warm: int = 20) -> list[list[float]]:
    """Milliseconds of each call, `rounds` times; taking turns, so that whatever slows the machine slows all alike."""
    for call in calls * warm:
        call()
    times: list[list[float]] = [[] for _ in calls]
    for _ in range(rounds):
        for call, found in zip(calls, times, strict=True):
            began = time.perf_counter()
            call()
            found.append((time.perf_counter() - began) * 1e3)
    return times


def fused(module: nn.Module, inputs: torch.Tensor) -> object:
    """What the module itself does, and nothing else."""
    with torch.inference_mode():
        return module(inputs)


def looped(cell: str, module: nn.Module, inputs: torch.Tensor) -> object:
    """The loop, under the same conditions."""
    with torch.inference_mode():
        return LOOPS[cell](module, inputs)


def case(cell: str, length: int) -> tuple[nn.RNNBase, torch.Tensor]:
    """One layer and what it reads."""
    with InitialValues(seed=0):
        module = KINDS[cell](INPUT, HIDDEN)
    return module, torch.randn(length, 1, INPUT, generator=runtime.generator(0))


def beside(cell: str, forward: float) -> str:
    """What TorchLens takes for the same loop at the first length, over the fused forward."""
    taken = lens.milliseconds(cell, LENGTHS[0], TURNS)
    return "not installed" if taken is None else f"{taken / forward:,.0f} ×"


def row(cell: str, length: int, rounds: int) -> list[object]:
    """One cell at one length: times, ratios, and how exact the recording is."""
    module, inputs = case(cell, length)
    calls = [lambda: fused(module, inputs), lambda: rc.record(module, inputs), lambda: looped(cell, module, inputs)]
    forward, record, loop = (statistics.median(times) for times in interleaved(calls, rounds))
    parity = rc.record(module, inputs).parity
    parity64 = rc.record(module.double(), inputs.double()).parity
    return [
        cell.upper(),
        length,
        f"{forward:.2f} ms",
        f"{record:.2f} ms",
        f"{record / forward:.2f} ×",
        f"≤ {REACH[cell]} ×",
        f"{loop / forward:.2f} ×",
        beside(cell, forward) if length == LENGTHS[0] else "",
        f"{parity:.0e}",
        f"{parity64:.0e}",
    ]


def section(rounds: int = ROUNDS) -> str:
    """The section of the report."""
    head = ["cell", "T", "forward", "record", "record / forward", "reach", "loop / forward", "TorchLens / forward"]
    head += ["parity", "parity float64"]
    rows = [row(cell, length, rounds) for cell in KINDS for length in LENGTHS]
    return (
        f"`rc.record` (every quantity of every step) against the fused forward alone, and a Python loop over the steps "
        f"that keeps the same; TorchLens, which keeps whatever that loop computes, median of {TURNS}. H = {HIDDEN}, "
        f"inputs of {INPUT}, B = 1, float32, inference mode, one thread; medians of "
        f"{rounds}, taking turns.\nParity: largest |recomputed h − torch's h| / max(1, |h|).\n\n{table(head, rows)}"
    )
