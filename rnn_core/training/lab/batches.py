"""The examples of each task, drawn from a generator: nothing is stored, so a run can go on from any update."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Literal

import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import one_hot

from rnn_core.tasks import smalltalk
from rnn_core.training.sentences import NOTHING, encode

KEPT, NOISE = 8, 8  # symbols that are to be recalled, and others that come between
COPIED, KINDS = 5, 8  # symbols that are to be copied, and how many different ones there are
SLOWEST, FASTEST = 0.1, 1.0  # radians that a wave goes on in a step
MIDDLE, SPREAD, TEN = 16.0, 8.0, 10.0  # degrees: about which a temperature is read, in what unit, and that of a change
SIDE, PLACES = 16, 9  # pixels of a frame, and places that the corner of what moves in it can have, along each side
RECALLED = (*"ABCDEFGH", *"stuvwxyz", "?")
COPYABLE = (*"ABCDEFGH", "·", "?")


@dataclass(frozen=True, eq=False)
class Batch:
    """B examples of T positions; at the last A of them an answer is asked.

    Attributes:
        inputs: what each position receives, (B, T, D) numbers or (B, T) words.
        targets: the right answers, (B, A): numbers, or the numbers of symbols, `NOTHING` where none is asked.
    """

    inputs: Float[Tensor, "B T D"] | Int[Tensor, "B T"]
    targets: Float[Tensor, "B A"] | Int[Tensor, "B A"]


def draw_adding(length: int, batch: int, generator: torch.Generator) -> Batch:
    """Numbers in [0, 1], two of them marked, one in each half; the answer is the sum of these two."""
    value, mark = torch.rand(batch, length, generator=generator), torch.zeros(batch, length)
    half = length // 2
    mark.scatter_(1, torch.randint(0, half, (batch, 1), generator=generator), 1.0)
    mark.scatter_(1, torch.randint(half, length, (batch, 1), generator=generator), 1.0)
    inputs = torch.stack([value, mark], dim=-1)  # (B, T, 2)
    return Batch(inputs, sum_marked(inputs))


def sum_marked(inputs: Float[Tensor, "B T 2"]) -> Float[Tensor, "B 1"]:
    """The right answers of `draw_adding`."""
    return inputs.prod(dim=-1).sum(dim=1, keepdim=True)


def draw_recall(length: int, batch: int, generator: torch.Generator) -> Batch:
    """One symbol, then others that mean nothing, and at the end the question which the first was."""
    shown = torch.randint(KEPT, KEPT + NOISE, (batch, length), generator=generator)
    shown[:, 0] = torch.randint(0, KEPT, (batch,), generator=generator)
    shown[:, -1] = KEPT + NOISE
    return Batch(show_symbols(shown, len(RECALLED)), shown[:, :1].clone())


def draw_copy(length: int, batch: int, generator: torch.Generator) -> Batch:
    """Five symbols, then nothing, then as many questions: the answers are the symbols in their order."""
    symbols = torch.randint(0, KINDS, (batch, COPIED), generator=generator)
    shown = torch.full((batch, length), KINDS)
    shown[:, :COPIED], shown[:, -COPIED:] = symbols, KINDS + 1
    return Batch(show_symbols(shown, len(COPYABLE)), symbols)


def draw_parity(length: int, batch: int, generator: torch.Generator) -> Batch:
    """Zeros and ones; after each, whether there were so far an even number of ones (0) or an odd one (1)."""
    bits = torch.randint(0, 2, (batch, length), generator=generator)
    return Batch(show_symbols(bits, 2), bits.cumsum(dim=1) % 2)


def draw_series(length: int, batch: int, generator: torch.Generator) -> Batch:
    """Waves of unknown pace; after each value the answer is the next one."""
    pace = SLOWEST + (FASTEST - SLOWEST) * torch.rand(batch, 1, generator=generator)
    phase = math.tau * torch.rand(batch, 1, generator=generator)
    wave = torch.sin(phase + pace * torch.arange(length + 1))  # (B, T + 1)
    return Batch(wave[:, :-1, None], wave[:, 1:])


def draw_days(degrees: Tensor, length: int, batch: int, generator: torch.Generator) -> Batch:
    """Days in a row of N temperatures; after each, the answer is by how much the next one is warmer, in tens of °C."""
    days = torch.randint(0, len(degrees) - length, (batch, 1), generator=generator) + torch.arange(length + 1)
    found = degrees[days]  # (B, T + 1)
    return Batch((found[:, :-1, None] - MIDDLE) / SPREAD, found.diff(dim=1) / TEN)


def draw_moving(images: Tensor, length: int, batch: int, generator: torch.Generator) -> Batch:
    """One of N images moves evenly and bounces off the edges; from the second frame on the answer is its next place."""
    which = torch.randint(0, len(images), (batch,), generator=generator)
    start = torch.randint(0, PLACES, (batch, 1, 2), generator=generator)
    speed = torch.randint(1, 3, (batch, 1, 2), generator=generator)  # pixels a frame, downwards and to the right
    back = 1 - 2 * torch.randint(0, 2, (batch, 1, 2), generator=generator)
    places = bounce(start + back * speed * torch.arange(length + 1)[:, None])  # (B, T + 1, 2)
    inside = torch.arange(images.shape[-1])
    rows, columns = (places[:, :-1, side, None] + inside for side in (0, 1))  # (B, T, 8) each
    pixels = (rows[..., None] * SIDE + columns[..., None, :]).flatten(2)
    light = images[which].flatten(1)[:, None].expand(pixels.shape)
    frames = torch.zeros(batch, length, SIDE * SIDE).scatter(2, pixels, light)
    return Batch(frames, places[:, 2:, 0] * PLACES + places[:, 2:, 1])


def bounce(path: Tensor) -> Tensor:
    """Where something is that would be at `path` if there were no edges."""
    ahead = path.remainder(2 * (PLACES - 1))
    return torch.minimum(ahead, 2 * (PLACES - 1) - ahead)


def draw_sentences(length: int, batch: int, generator: torch.Generator) -> Batch:
    """Sentences to learn from; after each word the answer is the next one, after the last the reply."""
    return draw_rows(*small_talk("train"), length, batch, generator)


def draw_unseen_sentences(length: int, batch: int, generator: torch.Generator) -> Batch:
    """Sentences whose combination of words is never learned."""
    return draw_rows(*small_talk("test"), length, batch, generator)


def draw_rows(words: Tensor, targets: Tensor, length: int, batch: int, generator: torch.Generator) -> Batch:
    """Some of N sentences, their words (N, T) and what follows each."""
    which = torch.randint(0, len(words), (batch,), generator=generator)
    return Batch(words[which, :length], targets[which, :length])


@cache
def small_talk(part: Literal["train", "test"]) -> tuple[Int[Tensor, "N T"], Int[Tensor, "N T"]]:
    """The words of all sentences of one part as numbers, and what follows each; 0 and `NOTHING` after the last."""
    examples = getattr(smalltalk.split(), part)
    sentences = encode(((example.words, example.reply) for example in examples), smalltalk.tokenizer())
    return sentences.words, sentences.targets


def show_symbols(symbols: Int[Tensor, "B T"], kinds: int) -> Float[Tensor, "B T D"]:
    """Each symbol as a row with a single 1."""
    return one_hot(symbols, kinds).float()


@cache
def next_word_entropy() -> float:
    """What the best answer costs that knows only the last word: the entropy of what follows it, in nats a word."""
    words, targets = small_talk("train")
    asked = targets != NOTHING
    outputs = len(smalltalk.tokenizer().outputs)
    pairs = words[asked] * outputs + targets[asked]
    counts = torch.bincount(pairs, minlength=outputs * len(smalltalk.vocabulary())).double().view(-1, outputs)
    share = counts / counts.sum()  # (V, outputs)
    given = share.sum(dim=1, keepdim=True).expand_as(share)
    return float((share[share > 0] * (given[share > 0] / share[share > 0]).log()).sum())
