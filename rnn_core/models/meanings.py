"""Units with a meaning: which of them follow a property of the text, and what is lost once they are clamped."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from jaxtyping import Float, Int

from rnn_core.models import registry, samples
from rnn_core.statistics import unit_scores
from rnn_core.tasks import smalltalk
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.written import CORPORA, START

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from rnn_core.specs import ModelSpec

    Tokens = Sequence[str]

READ, DRAWN = 600, 300
"""Texts that are read for the scores, of either list; texts that are drawn with units clamped."""
OPENS, CLOSES = "([{【「<", ")]}】」>"
SMALL_Y, BEFORE_SMALL_Y = "ゃゅょ", "きぎしじちぢにひびぴみり"
SMALL_TSU, AFTER_SMALL_TSU = "っ", "かきくけこさしすせそたちつてとぱぴぷぺぽ"
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
        begun: with what the texts begin that are written to measure it; a rare one is hardly ever written.
    """

    key: str
    label: Callable[[Tokens], float]
    measure: str
    begun: tuple[str, ...] = ()


def _depth(tokens: Tokens) -> float:
    """How many brackets are open."""
    return float(max(0, sum(token in OPENS for token in tokens) - sum(token in CLOSES for token in tokens)))


def _inside(tokens: Tokens) -> float:
    return float(_depth(tokens) > 0)


POSITION = Property("position", lambda tokens: float(len(tokens)), "length")
PROPERTIES: Mapping[str, tuple[Property, ...]] = MappingProxyType(
    {
        "given_names": (
            POSITION,
            Property("geminate", lambda tokens: float(tokens[-1] == SMALL_TSU), "doubled", begun=("い", SMALL_TSU)),
            Property("palatal", lambda tokens: float(tokens[-1] in BEFORE_SMALL_Y), "contracted"),
        ),
        "kaomoji": (Property("inside", _inside, "brackets"), Property("depth", _depth, "brackets"), POSITION),
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


def _doubled(_task: str, texts: Sequence[Tokens]) -> Tally:
    """Of texts that go on after a small っ, those whose next kana is one that it can double."""
    return Tally(sum(text[0] in AFTER_SMALL_TSU for text in texts), len(texts))


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
    {
        **{"length": _length, "doubled": _doubled, "contracted": _contracted, "brackets": _brackets},
        **{"reply": _reply, "ends": _ends},
    }
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
        having: how many of these have the property; None of one that has no yes or no.
        interval: the 95 % interval of the `r` of the first unit of `order`.
    """

    key: str
    r: Float[np.ndarray, " H"]
    order: tuple[int, ...]
    chance: float
    positions: int
    having: int | None
    interval: tuple[float, float]


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
        order = tuple(int(unit) for unit in np.argsort(-np.abs(chosen), kind="stable"))
        found.append(
            Scores(
                row.key,
                unit_scores.correlations(held_out.states, labels),
                order,
                unit_scores.chance(held_out.states, labels),
                len(labels),
                int(labels.sum()) if set(labels) <= {0.0, 1.0} else None,
                unit_scores.interval(held_out.states[:, order[0]], labels, held_out.texts),
            )
        )
    return tuple(found)


def clamp(spec: ModelSpec, scores: Scores, count: int) -> Clamped:
    """Write with the `count` units that follow a property best clamped, each to its mean over learned texts.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    mean = _read(spec, learned=True).states.mean(axis=0)
    units = (), scores.order[:count], scores.order[-count:]
    held = [{unit: float(mean[unit]) for unit in some} for some in units]
    # what is asked of comes first, and that a text ends last
    every = sorted(PROPERTIES[spec.task], key=lambda row: row.key != scores.key)
    asked = [*((row.measure, row.begun) for row in every), ("ends", ())]
    texts = {
        begun: [samples.draw_many(spec, (*_begins(spec.task), *begun), DRAWN, seed=0, held=some) for some in held]
        for begun in dict.fromkeys(begun for _, begun in asked)
    }
    rows = {key: tuple(MEASURES[key](spec.task, drawn) for drawn in texts[begun]) for key, begun in asked}
    return Clamped(scores.key, units[1], DRAWN, MappingProxyType(rows))  # type: ignore[arg-type]  # three each


@dataclass(frozen=True, eq=False)
class _Reading:
    """N states, the tokens that were read before each, and the number of its text."""

    states: Float[np.ndarray, "N H"]
    tokens: tuple[Tokens, ...]
    texts: Int[np.ndarray, " N"]

    def label(self, row: Property) -> Float[np.ndarray, " N"]:
        return np.array([row.label(tokens) for tokens in self.tokens])


def _read(spec: ModelSpec, *, learned: bool) -> _Reading:
    model, own = registry.family_of(spec).memoized(spec), find_tokenizer(spec.task)
    states: list[np.ndarray] = []
    tokens: list[Tokens] = []
    every = _texts(spec.task, learned=learned)
    with torch.inference_mode():
        for text in every:
            states.append(model.states(torch.tensor([own.encode(text)]))[0].numpy())
            tokens += [text[: at + 1] for at in range(len(text))]
    return _Reading(np.concatenate(states), tuple(tokens), np.repeat(np.arange(len(every)), list(map(len, every))))


def _begins(task: str) -> tuple[str, ...]:
    return BEGINS.get(task, (START,))


@cache
def _texts(task: str, *, learned: bool) -> tuple[tuple[str, ...], ...]:
    """What is read of a task, as its networks receive it, spread over the whole list; and all names with a small っ,
    of which there are few."""
    if task in CORPORA:
        every = [(START, *text) for text in CORPORA[task].split[0 if learned else 1]]
    else:
        every = [tuple(one.words) for one in (smalltalk.split().train if learned else smalltalk.split().test)]
    some = {int(at) for at in np.linspace(0, len(every) - 1, min(READ, len(every)))}
    rare = {at for at, text in enumerate(every) if SMALL_TSU in text and task == "given_names"}
    return tuple(every[at] for at in sorted(some | rare))
