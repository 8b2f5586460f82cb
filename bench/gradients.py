"""`influence` against `torch.func.jacrev` for the same map; `backpropagate` against torch's forward and backward."""

from __future__ import annotations

import statistics
import time
from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
import torch
from torch import nn

from bench.loops import LOOPS
from bench.recording import KINDS, interleaved
from bench.report import table
from rnn_core import runtime
from rnn_core.gradients.backpropagation import backpropagate
from rnn_core.gradients.influence import influence
from rnn_core.models.initial_values import InitialValues

if TYPE_CHECKING:
    from collections.abc import Callable

HEADING = "Gradients"
STEPS, HIDDEN, ROUNDS = 50, 64, 5
AGAIN = 5  # calls of `influence` in a turn: the first finds the caches as a hundred times as much work has left them
FASTER, SLOWER = 25, 3
LONG, WIDE, WIDE_INPUT, LAYERS, LAYER = 500, 256, 40, 3, 10.0
ERROR = {torch.float32: 1e-5, torch.float64: 1e-10}


def by_rows(cell: str, module: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """h (T, H) of the loop that takes the inputs apart once: the form that torch differentiates quickest."""
    return LOOPS[cell](module, inputs[:, None])["hidden_state"][:, 0]


def by_index(cell: str, module: nn.Module, inputs: torch.Tensor) -> torch.Tensor:
    """The same, where each step reads x[t] from the whole: the form that most people write."""
    return by_rows(cell, module, torch.stack([inputs[t] for t in range(len(inputs))]))


def differentiated(states: Callable[[torch.Tensor], torch.Tensor], inputs: torch.Tensor) -> np.ndarray:
    """The map (T, T) by torch.func."""
    with torch.no_grad():
        return torch.func.jacrev(states)(inputs).double().square().sum((1, 3)).sqrt().numpy()


def mapped(cell: str, dtype: torch.dtype, rounds: int) -> list[object]:
    """One cell in one dtype: times, ratios, and the largest relative error against torch.func in float64."""
    with InitialValues(seed=0):
        module = KINDS[cell](HIDDEN, HIDDEN).to(dtype)
    inputs = torch.randn(STEPS, HIDDEN, dtype=dtype, generator=runtime.generator(0))
    calls = [
        *[lambda: influence(module, inputs)] * AGAIN,
        lambda: differentiated(lambda x: by_rows(cell, module, x), inputs),
        lambda: differentiated(lambda x: by_index(cell, module, x), inputs),
    ]
    *short, by_row, by_step = interleaved(calls, rounds, warm=2)
    ours, rows, index = (statistics.median(times) for times in (list(chain(*short)), by_row, by_step))
    found = influence(module, inputs)
    module, inputs = module.double(), inputs.double()
    want = differentiated(lambda x: by_rows(cell, module, x), inputs)
    error = np.abs(found / np.where(want > 0, want, 1) - (want > 0)).max()
    return [
        cell.upper(),
        str(dtype).removeprefix("torch."),
        f"{ours:.1f} ms",
        f"{rows:.0f} ms",
        f"{rows / ours:.0f} ×",
        f"{index / ours:.0f} ×",
        f"≥ {FASTER} ×",
        f"{error:.0e}",
        f"≤ {ERROR[dtype]:.0e}",
    ]


def trained(module: nn.Module, inputs: torch.Tensor) -> None:
    """torch's own forward and backward, and nothing else."""
    inputs.grad = None
    module.zero_grad()
    last(module(inputs)[0]).backward()


def last(output: torch.Tensor) -> torch.Tensor:
    """A loss that reads the last step."""
    return output[-1].square().sum()


def traced(cell: str, length: int, rounds: int) -> list[object]:
    """One cell at one length: times and their ratio."""
    with InitialValues(seed=0):
        module = KINDS[cell](HIDDEN, HIDDEN)
    inputs = torch.randn(length, 1, HIDDEN, generator=runtime.generator(0))
    leaf = inputs.clone().requires_grad_()
    calls = [lambda: trained(module, leaf), lambda: backpropagate(module, inputs, last)]
    fused, ours = (statistics.median(times) for times in interleaved(calls, rounds, warm=5))
    return [cell.upper(), length, f"{fused:.2f} ms", f"{ours:.2f} ms", f"{ours / fused:.2f} ×", f"≤ {SLOWER} ×"]


def wide() -> list[list[object]]:
    """A layer of a wide stack, all steps and the last one, and the last one through all layers: seconds of one core."""
    with InitialValues(seed=0):
        module = nn.LSTM(WIDE_INPUT, WIDE, LAYERS)
    inputs = torch.randn(LONG, WIDE_INPUT, generator=runtime.generator(0))
    calls: list[tuple[str, Callable[[], object], str]] = [
        ("layer 1, every step", lambda: influence(module, inputs, layer=0), f"≤ {LAYER:.0f} s"),
        (f"layer {LAYERS}, every step", lambda: influence(module, inputs, layer=LAYERS - 1), f"≤ {LAYER:.0f} s"),
        (
            f"layer {LAYERS}, the last step",
            lambda: influence(module, inputs, layer=LAYERS - 1, steps=LONG - 1),
            f"≤ {LAYER:.0f} s",
        ),
        (
            "through all layers, the last step",
            lambda: influence(module, inputs, steps=LONG - 1, across_layers=True),
            "",
        ),
    ]
    rows: list[list[object]] = []
    for name, call, reach in calls:
        began = time.process_time()
        call()
        rows.append([name, f"{time.process_time() - began:.1f} s", reach])
    return rows


def section(rounds: int = ROUNDS) -> str:
    """The section of the report."""
    maps = table(
        [
            "cell",
            "dtype",
            "influence",
            "jacrev",
            "jacrev / influence",
            "with x[t]",
            "reach",
            "error",
            "at most",
        ],
        [mapped(cell, dtype, rounds) for cell in KINDS for dtype in ERROR],
    )
    losses = table(
        ["cell", "T", "forward + backward", "backpropagate", "ratio", "reach"],
        [traced(cell, length, 20 * rounds) for cell in KINDS for length in (50, 200)],
    )
    return (
        f"`influence` against `torch.func.jacrev` over a loop of the cell's equations, for the same T × T map. "
        f"T = {STEPS}, H = D = {HIDDEN}, one thread; medians of {rounds} turns, in each of "
        f"which `influence` is called {AGAIN} times. The loop takes the inputs "
        "apart once, which torch differentiates quickest; the ratio after it is for x[t] read at each step, as it is "
        "mostly written. Error: the largest relative one of all entries, against torch's in float64.\n\n"
        f"{maps}\n\n"
        "`backpropagate` (the gradient of every state, and what every weight's shares are made of) against torch's own "
        f"fused forward and backward, float32, B = 1; medians of {20 * rounds}.\n\n"
        f"{losses}\n\n"
        f"`influence` in an LSTM of {LAYERS} × {WIDE} units, {WIDE_INPUT} inputs, T = {LONG}, float32, once each.\n\n"
        f"{table(('what', 'seconds', 'reach'), wide())}"
    )
