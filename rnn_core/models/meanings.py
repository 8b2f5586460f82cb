"""Units with a meaning: which of them follow a property of the text, and what is lost once they are clamped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch

from rnn_core.models import registry, samples
from rnn_core.statistics import unit_scores
from rnn_core.tasks import smalltalk
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.written import CORPORA, START

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from jaxtyping import Float

    from rnn_core.specs import ModelSpec

    Tokens = Sequence[str]

READ, DRAWN = 600, 300
"""Texts that are read for the scores, of either list; texts that are drawn with units clamped."""
OPENS, CLOSES = "([{【「<", ")]}】」>"
SMALL_Y, BEFORE_SMALL_Y = "ゃゅょ", "きぎしじちぢにひびぴみり"
BROUGHT = "けど"  # joins two clauses of small talk
BEGINS = {"smalltalk": ("今日",)}  # what a row of characters begins with is START


class Tally(NamedTuple):
    """Of so many, so many have it."""

    right: int
    of: int


@dataclass(frozen=True)
class Property:
    """What a unit may follow.

    Attributes:
        key: its message is `meanings.property.<key>`.
        label: its value once some tokens are read, the last of which is where the state is looked at.
        measure: the key in `MEASURES` of what a text loses that is written without it.
    """

    key: str
    label: Callable[[Tokens], float]
    measure: str


def _depth(tokens: Tokens) -> float:
    opened = sum(token in OPENS for token in tokens) - sum(token in CLOSES for token in tokens)
    return float(opened > 0)


POSITION = Property("position", lambda tokens: float(len(tokens)), "length")
PROPERTIES: Mapping[str, tuple[Property, ...]] = MappingProxyType(
    {
        "given_names": (
            POSITION,
            Property("palatal", lambda tokens: float(tokens[-1] in BEFORE_SMALL_Y), "contracted"),
        ),
        "kaomoji": (Property("inside", _depth, "brackets"), POSITION),
        "smalltalk": (Property("clause", lambda tokens: float(BROUGHT in tokens), "reply"), POSITION),
    }
)
"""Those of each task, in the order shown."""


def _length(task: str, texts: Sequence[Tokens]) -> Tally:
    low, high = _usual_lengths(task)
    return Tally(sum(low <= len(text) <= high for text in texts), len(texts))


@cache
def _usual_lengths(task: str) -> tuple[float, float]:
    """Between which lengths 95 % of the learned texts are, with what they begin with and end with."""
    lengths = [len(text) - len(_begins(task)) + 1 for text in _texts(task, learned=True)]
    low, high = np.quantile(lengths, [0.025, 0.975])
    return float(low), float(high)


def _contracted(_task: str, texts: Sequence[Tokens]) -> Tally:
    """Of every small ゃ, ゅ and ょ, those that stand after a kana with which one makes a sound of it."""
    pairs = [before for text in texts for before, one in pairwise(text) if one in SMALL_Y]
    return Tally(sum(before in BEFORE_SMALL_Y for before in pairs), len(pairs))


def _brackets(_task: str, texts: Sequence[Tokens]) -> Tally:
    """The texts that close every bracket that they open."""
    return Tally(sum(_balanced(text) for text in texts), len(texts))


def _balanced(text: Tokens) -> bool:
    return all(text.count(one) == text.count(other) for one, other in zip(OPENS[:-1], CLOSES[:-1], strict=True))


def _reply(task: str, texts: Sequence[Tokens]) -> Tally:
    """The sentences that are of the grammar and end with the reply that it gives them."""
    said = [(*_begins(task), *text) for text in texts]
    return Tally(sum(smalltalk.right_reply(text[:-1]) == text[-1] for text in said), len(said))


def _ends(task: str, texts: Sequence[Tokens]) -> Tally:
    own = find_tokenizer(task)
    ends = {one for one, end in zip(own.outputs, own.ends, strict=True) if end}
    return Tally(sum(text[-1] in ends for text in texts), len(texts))


MEASURES: Mapping[str, Callable[[str, Sequence[Tokens]], Tally]] = MappingProxyType(
    {"length": _length, "contracted": _contracted, "brackets": _brackets, "reply": _reply, "ends": _ends}
)
"""What is counted of texts that were written; its message is `meanings.measure.<key>`."""


@dataclass(frozen=True, eq=False)
class Scores:
    """How closely the units of one network follow one property.

    Attributes:
        key: the property.
        r: Pearson's r of each of the H units on held-out texts.
        order: the units by |r| on learned texts, the best first: chosen without a look at `r`.
        chance: what |r| of the best unit exceeds by chance in 5 % of the cases.
        positions: how many positions `r` is measured on.
    """

    key: str
    r: Float[np.ndarray, " H"]
    order: tuple[int, ...]
    chance: float
    positions: int


@dataclass(frozen=True, eq=False)
class Clamped:
    """What texts lose.

    Attributes:
        key: the property whose units were clamped.
        units: those units.
        drawn: how many texts were written each time.
        rows: measure → counts of texts written with nothing clamped, with these units clamped, and with as many of
            those clamped that follow the property least.
    """

    key: str
    units: tuple[int, ...]
    drawn: int
    rows: Mapping[str, tuple[Tally, Tally, Tally]]


def score(spec: ModelSpec) -> tuple[Scores, ...]:
    """The scores of every property of the network's task.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    learned, held_out = (_read(spec, learned=one) for one in (True, False))
    found = []
    for row in PROPERTIES[spec.task]:
        chosen, labels = unit_scores.correlations(learned.states, learned.label(row)), held_out.label(row)
        found.append(
            Scores(
                row.key,
                unit_scores.correlations(held_out.states, labels),
                tuple(int(unit) for unit in np.argsort(-np.abs(chosen), kind="stable")),
                unit_scores.chance(held_out.states, labels),
                len(labels),
            )
        )
    return tuple(found)


def clamp(spec: ModelSpec, scores: Scores, count: int) -> Clamped:
    """Write with the `count` units that follow a property best clamped, each to its mean over learned texts.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    mean = _read(spec, learned=True).states.mean(axis=0)
    best, least = scores.order[:count], scores.order[-count:]
    texts = [
        samples.draw_many(spec, _begins(spec.task), DRAWN, seed=0, held={unit: float(mean[unit]) for unit in units})
        for units in ((), best, least)
    ]
    keys = dict.fromkeys((*(row.measure for row in PROPERTIES[spec.task]), "ends"))
    return Clamped(
        scores.key,
        best,
        DRAWN,
        MappingProxyType(
            {key: tuple(MEASURES[key](spec.task, drawn) for drawn in texts) for key in keys}  # type: ignore[misc]  # three
        ),
    )


class _Reading(NamedTuple):
    """N states, and the tokens that were read before each."""

    states: Float[np.ndarray, "N H"]
    tokens: tuple[Tokens, ...]

    def label(self, row: Property) -> Float[np.ndarray, " N"]:
        return np.array([row.label(tokens) for tokens in self.tokens])


def _read(spec: ModelSpec, *, learned: bool) -> _Reading:
    model, own = registry.family_of(spec).memoized(spec), find_tokenizer(spec.task)
    states: list[np.ndarray] = []
    tokens: list[Tokens] = []
    with torch.inference_mode():
        for text in _texts(spec.task, learned=learned)[:READ]:
            states.append(model.states(torch.tensor([own.encode(text)]))[0].numpy())
            tokens += [text[: at + 1] for at in range(len(text))]
    return _Reading(np.concatenate(states), tuple(tokens))


def _begins(task: str) -> tuple[str, ...]:
    return BEGINS.get(task, (START,))


@cache
def _texts(task: str, *, learned: bool) -> tuple[tuple[str, ...], ...]:
    """What is read of a task, as its networks receive it, spread over the whole list."""
    if task in CORPORA:
        every = [(START, *text) for text in CORPORA[task].split[0 if learned else 1]]
    else:
        every = [tuple(one.words) for one in (smalltalk.split().train if learned else smalltalk.split().test)]
    return tuple(every[:: max(1, len(every) // READ)])
