"""How long a scan takes for T words on this machine, beside loops and a Transformer, and how much it computes.

All but the Transformer, which is that of `timing`, have 64 inputs and 64 units.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, TypeAlias

import torch
from torch import Tensor, nn

from rnn_core import parallelism, runtime
from rnn_core.models import timing
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import RECURRENT
from rnn_core.quantities import BLOCKS, CELLS
from rnn_core.recurrent.minimal import MinGRU

Timed: TypeAlias = Literal["rnn", "lstm", "gru", "scan", "loop", "transformer"]
KINDS: tuple[Timed, ...] = (*CELLS, "scan", "loop", "transformer")
LENGTHS = (16, 64, 256, 1024)
UNITS = 64


@dataclass(frozen=True)
class ScanPoint:
    """What one network takes for so many words.

    Attributes:
        kind: which network; "scan" and "loop" are one minGRU, computed in two ways.
        words: T.
        forward, backward: seconds, medians of some runs.
        stages: how many computations have to wait for each other.
        work: multiply-adds of the forward pass.
    """

    kind: Timed
    words: int
    forward: float
    backward: float
    stages: int
    work: int

    @property
    def training(self) -> float:
        """Forward and backward."""
        return self.forward + self.backward


class Looped(nn.Module):
    """A minGRU that goes one step after the other."""

    def __init__(self, layer: MinGRU) -> None:
        super().__init__()
        self.layer = layer

    def forward(self, inputs: Tensor) -> tuple[Tensor, Tensor]:
        """The states and the last one."""
        found: tuple[Tensor, Tensor] = self.layer(inputs, loop=True)
        return found


def measure(lengths: tuple[int, ...] = LENGTHS) -> Iterator[ScanPoint]:
    """Every network at every length, the shortest first; whoever stops asking stops the measurement."""
    networks = {kind: build(kind) for kind in KINDS}
    for words in lengths:
        for kind, network in networks.items():
            width = parallelism.WIDTH if kind == "transformer" else UNITS
            inputs = torch.randn(1, words, width, generator=runtime.generator(0))
            yield ScanPoint(kind, words, *timing.seconds(network, inputs), stages(kind, words), work(kind, words))


def counts() -> dict[Literal["stages", "work"], dict[Timed, dict[int, int]]]:
    """Both counts of every network at every length: nothing is measured.

    Example:
        >>> counts()["stages"]["scan"]
        {16: 5, 64: 7, 256: 9, 1024: 11}
    """
    return {
        "stages": {kind: {words: stages(kind, words) for words in LENGTHS} for kind in KINDS},
        "work": {kind: {words: work(kind, words) for words in LENGTHS} for kind in KINDS},
    }


def build(kind: Timed) -> nn.Module:
    """The network of this kind, untrained; the global random state is untouched."""
    if kind == "transformer":
        return timing.build(kind)
    with InitialValues(seed=0):
        if kind == "scan":
            return MinGRU(UNITS, UNITS, batch_first=True)
        if kind == "loop":
            return Looped(MinGRU(UNITS, UNITS, batch_first=True))
        return RECURRENT[kind](UNITS, UNITS, batch_first=True)


def stages(kind: Timed, words: int) -> int:
    """How many computations have to wait for each other: steps, layers, or the stages of a scan and what it needs.

    Example:
        >>> [stages(kind, 1024) for kind in ("gru", "scan", "transformer")]
        [1024, 11, 2]
    """
    if kind == "transformer":
        return parallelism.LAYERS
    return 1 + math.ceil(math.log2(words)) if kind == "scan" else words


def work(kind: Timed, words: int) -> int:
    """The multiply-adds of the forward pass; a scan joins nearly all words in each of its stages.

    Example:
        >>> work("scan", 16) > work("loop", 16)
        True
    """
    if kind == "transformer":
        return parallelism.multiply_adds(kind, words)
    if kind == "scan":
        return work("loop", words) - words * UNITS + 2 * words * math.ceil(math.log2(words)) * UNITS
    if kind == "loop":
        return words * MinGRU.blocks * UNITS * UNITS + words * UNITS
    return words * BLOCKS[kind] * UNITS * 2 * UNITS
