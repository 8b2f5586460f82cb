"""How long networks of like size take for T words on this machine: forward, backward, and word by word.

One thread (`runtime.use_one_thread`), one sentence, inputs drawn by chance: the numbers do not decide over the time.
Only the time in which the processor works on it is counted, not what it does for others meanwhile. Each measurement is
a short slice, so that it can be watched and stopped; no slice holds much memory.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from time import perf_counter, sleep, thread_time

import torch
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import RECURRENT
from rnn_core.models.transformer import Block, Cache
from rnn_core.parallelism import COST_MODELS, HEADS, INPUTS, LAYERS, LENGTHS, SIZES, WIDTH
from rnn_core.quantities import CostModel

ENOUGH, MOST, LEAST = (
    0.06,
    25,
    3,
)  # seconds and runs after which a measurement is long enough, runs that it takes at least
LONG = 0.3  # seconds; of what takes longer one run is enough
REST = 0.002  # seconds between two runs in which others have their turn
LONGEST_AGAIN = 256  # words; reading all anew for each of 512 would hold others up for seconds


@dataclass(frozen=True)
class Point:
    """What one network takes for so many words, in seconds: medians of some runs.

    Attributes:
        cell: which network.
        words: T.
        forward: the whole sentence at once.
        backward: the gradients of every weight and input, after the forward pass.
        generate: T words one after the other, each from what is kept of those before it: a state, or keys and values.
        again: the same without keeping keys and values: all words before it are read again for each. None for the
            recurrent networks, whose state is all there is to keep, and beyond `LONGEST_AGAIN` words.
    """

    cell: CostModel
    words: int
    forward: float
    backward: float
    generate: float
    again: float | None

    @property
    def training(self) -> float:
        """Forward and backward: what a step of training takes but for the update."""
        return self.forward + self.backward


def measure(lengths: tuple[int, ...] = LENGTHS) -> Iterator[Point]:
    """Every network at every length, the shortest first; whoever stops asking stops the measurement."""
    networks = {cell: build(cell) for cell in COST_MODELS}
    for words in lengths:
        for cell, network in networks.items():
            yield _point(cell, network, words)


def build(cell: CostModel) -> nn.Module:
    """The compared network of this kind, untrained; the global random state is untouched."""
    with InitialValues(seed=0):
        if cell == "transformer":
            return nn.Sequential(*(Block(WIDTH, HEADS) for _ in range(LAYERS)))
        return RECURRENT[cell](INPUTS, SIZES[cell], batch_first=True)


def _point(cell: CostModel, network: nn.Module, words: int) -> Point:
    width = WIDTH if cell == "transformer" else INPUTS
    inputs = torch.randn(1, words, width, generator=runtime.generator(0))
    forward, backward = seconds(network, inputs)
    with torch.inference_mode():
        generate = _median(lambda: generated(network, inputs))
        rereads = cell == "transformer" and words <= LONGEST_AGAIN
        again = _median(lambda: reread(network, inputs)) if rereads else None
    return Point(cell, words, forward, backward, generate, again)


def seconds(network: nn.Module, inputs: Tensor) -> tuple[float, float]:
    """Seconds forward and backward, medians."""
    found: list[tuple[float, float]] = []
    begun = perf_counter()
    while _more(len(found) - 1, perf_counter() - begun):
        leaf = inputs.clone().requires_grad_()
        network.zero_grad()
        start = thread_time()
        out = network(leaf)
        total: Tensor = (out[0] if isinstance(out, tuple) else out).sum()
        half = thread_time()
        torch.autograd.backward(total)
        found.append((half - start, thread_time() - half))
        sleep(REST)
    forward, backward = zip(*found[1:], strict=True)  # the first run only warms up
    return statistics.median(forward), statistics.median(backward)


def generated(network: nn.Module, inputs: Tensor) -> list[Tensor]:
    """The states of T words, one after the other, each from the word and what is kept, T of (1, 1, H)."""
    states: list[Tensor] = []
    if isinstance(network, nn.RNNBase):
        state = None
        for t in range(inputs.shape[1]):
            out, state = network(inputs[:, t : t + 1], state)
            states.append(out)
        return states
    blocks = [block for block in network.children() if isinstance(block, Block)]
    kept: list[Cache | None] = [None] * len(blocks)
    for t in range(inputs.shape[1]):
        x = inputs[:, t : t + 1]
        for layer, block in enumerate(blocks):
            x, kept[layer] = block.step(x, kept[layer])
        states.append(x)
    return states


def reread(network: nn.Module, inputs: Tensor) -> list[Tensor]:
    """The same states, where for each word everything is read anew."""
    return [network(inputs[:, : t + 1])[:, -1:] for t in range(inputs.shape[1])]


def _median(work: Callable[[], object]) -> float:
    found: list[float] = []
    begun = perf_counter()
    while _more(len(found), perf_counter() - begun):
        start = thread_time()
        work()
        found.append(thread_time() - start)
        sleep(REST)
    return statistics.median(found)


def _more(runs: int, passed: float) -> bool:
    """Whether a measurement needs another run."""
    return runs < 1 or (runs < LEAST and passed < LONG) or (runs < MOST and passed < ENOUGH)
