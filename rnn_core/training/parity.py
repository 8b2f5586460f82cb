"""Odd or even: which networks learn to count ones, and how far beyond the lengths that they learned.

A curriculum: a length is learned until eight batches in a row are right, then a longer one, up to 40 bits.
"""

from __future__ import annotations

from typing import Literal, TypeAlias

import torch
from jaxtyping import Float, Int
from torch import Tensor, nn
from torch.nn.functional import binary_cross_entropy_with_logits
from typing_extensions import TypedDict

from rnn_core import runtime
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.language_model import RECURRENT
from rnn_core.recurrent.minimal import MinGRU

Kind: TypeAlias = Literal["rnn", "lstm", "gru", "mingru", "signed"]
KINDS: tuple[Kind, ...] = ("rnn", "lstm", "gru", "mingru", "signed")
HIDDEN, BATCH, RATE = 32, 64, 3e-3
FIRST, LONGEST = 3, 40  # bits
RIGHT, ROW, LEARNED = 0.99, 8, 60  # of a batch; batches in a row for a longer one; and for the longest
AFTER, MOST = 300, 4000  # updates once it is learned, and in all
TESTED = (20, 40, 64, 128, 256)
SEQUENCES, SPAN = 1000, 16  # on which it is measured, and over how many of the last positions
ONES = 40  # a run of ones whose answers are kept


class ParityRun(TypedDict):
    """One training.

    `learned` is up to which length it came; `accuracy` of the last positions of each tested length, by its bits; `odd`
    is the probability that the count is odd after each of a run of ones, and `moved` how far the state moves with each,
    the largest |Δh| of its units.
    """

    kind: Kind
    seed: int
    steps: int
    learned: int
    accuracy: dict[str, float]
    odd: list[float]
    moved: list[float]


class SignedMinGRU(MinGRU):
    """The same with a_t in (−1, 1): z_t = tanh(W_xz x_t + b_z) and b_t = n_t."""

    def coefficients(self, x: Float[Tensor, "*TB D"]) -> tuple[Float[Tensor, "*TB H"], Float[Tensor, "*TB H"]]:
        """tanh and n_t."""
        z, n = self.linear(x).chunk(2, dim=-1)
        return z.tanh(), n


class Counter(nn.Module):
    """Bits in, after each a score that the count of ones is odd."""

    def __init__(self, kind: Kind) -> None:
        super().__init__()
        self.embedding = nn.Embedding(2, HIDDEN)
        made = {"mingru": MinGRU, "signed": SignedMinGRU} | RECURRENT
        self.layer = made[kind](HIDDEN, HIDDEN, batch_first=True)
        self.readout = nn.Sequential(nn.Linear(HIDDEN, HIDDEN), nn.ReLU(), nn.Linear(HIDDEN, 1))

    def states(self, bits: Int[Tensor, "B T"]) -> Float[Tensor, "B T H"]:
        """The state after each bit."""
        found: Tensor = self.layer(self.embedding(bits))[0]
        return found

    def forward(self, bits: Int[Tensor, "B T"]) -> Float[Tensor, "B T"]:
        """The score after each bit."""
        found: Tensor = self.readout(self.states(bits))[..., 0]
        return found


def odd(bits: Int[Tensor, "B T"]) -> Int[Tensor, "B T"]:
    """The answers: 1 where the count of ones so far is odd."""
    return bits.cumsum(dim=1) % 2


def train_counter(kind: Kind, seed: int, most: int = MOST) -> ParityRun:
    """One network by the curriculum, from its seed alone, and what it is worth.

    Args:
        kind: which network.
        seed: draws its first weights and the bits.
        most: updates after which it ends, however far it came.
    """
    with InitialValues(seed):
        model = Counter(kind)
    draw, optimizer = runtime.generator(100 + seed), torch.optim.Adam(model.parameters(), lr=RATE)
    length, row, steps, left = FIRST, 0, 0, AFTER
    while steps < most and left:
        bits_read = int(torch.randint(2, length + 1, (1,), generator=draw)) if steps % 2 else length
        right = _update(model, optimizer, torch.randint(0, 2, (BATCH, bits_read), generator=draw))
        steps += 1
        if bits_read == length:
            row = row + 1 if right > RIGHT else 0
        if row >= ROW and length < LONGEST:
            length, row = min(LONGEST, length + max(1, length // 4)), 0
        left -= left < AFTER or (length == LONGEST and row >= LEARNED)
    return _measured(model, ParityRun(kind=kind, seed=seed, steps=steps, learned=length, accuracy={}, odd=[], moved=[]))


def _update(model: Counter, optimizer: torch.optim.Optimizer, bits: Int[Tensor, "B T"]) -> float:
    """One update; the share of answers that were right before it."""
    scores, targets = model(bits), odd(bits)
    optimizer.zero_grad()
    torch.autograd.backward(binary_cross_entropy_with_logits(scores, targets.float()))
    nn.utils.clip_grad_norm_(model.parameters(), 1.0)
    optimizer.step()
    return float(((scores > 0) == targets.bool()).float().mean())


def _measured(model: Counter, run: ParityRun) -> ParityRun:
    with torch.inference_mode():
        bits = torch.randint(0, 2, (SEQUENCES, TESTED[-1]), generator=runtime.generator(9))
        right = ((model(bits) > 0) == odd(bits).bool()).float().mean(dim=0)  # (T,)
        ones = torch.ones(1, ONES, dtype=torch.long)
        states, chance = model.states(ones)[0], model(ones)[0].sigmoid()
        moved = states.diff(dim=0, prepend=torch.zeros(1, HIDDEN)).abs().amax(dim=1)
    run["accuracy"] = {str(total): round(float(right[total - SPAN : total].mean()), 4) for total in TESTED}
    run["odd"] = [round(p, 4) for p in chance.tolist()]
    run["moved"] = [float(f"{size:.4g}") for size in moved.tolist()]
    return run
