"""Names and kaomoji, every next character: by which recipe they are learned, and what the manifests say of it."""

from __future__ import annotations

import math
from functools import cache, partial
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import torch
from torch.nn.functional import cross_entropy
from typing_extensions import TypedDict

from rnn_core import runtime
from rnn_core.models import registry, samples
from rnn_core.models.language_model import NextWord
from rnn_core.models.writing import inverse, most_written
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.statistics import intervals, ngrams
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.written import CORPORA, END, START
from rnn_core.training import manifests, shipped
from rnn_core.training.sentences import NOTHING, Sentences, encode, next_word_loss
from rnn_core.training.spec import TrainSpec, of_size
from rnn_core.training.task import Task

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from rnn_core.statistics.intervals import Float64

SIZES, SEEDS = (16, 64), (0, 1, 2)
DRAWN = 1000
"""Texts that are drawn of each network to be counted."""


Interval: TypeAlias = tuple[float, float]
"""The 95 % interval of a perplexity, the held-out texts drawn again."""


class Decisions(TypedDict):
    """Of so many next characters, so many were the most probable ones."""

    right: int
    of: int


class Counts(TypedDict):
    """Of `drawn` texts: those that are among the learned ones, among the held-out ones, and in neither."""

    drawn: int
    learned: int
    held_out: int
    new: int


class Entry(manifests.Line):
    """What the manifest says of one network."""

    perplexity: float
    interval: Interval
    decisions: Decisions
    samples: Counts


class Counting(TypedDict):
    """The best n-gram model: its n, how much the shorter context counts, and what it is worth."""

    order: int
    belief: float
    perplexity: float
    interval: Interval
    samples: Counts


class Manifest(manifests.Head):
    """How the networks of one task were made, and what they are worth on held-out texts."""

    vocabulary: str
    texts: dict[str, int]
    ngram: Counting
    models: dict[str, Entry]


def recipe(spec: ModelSpec) -> TrainSpec:
    """How a network is trained; a small one longer and faster."""
    epochs, rate = of_size({16: (30, 0.02), 64: (20, 0.006)}, spec.hidden)
    slower = {"lstm": 1.0, "gru": 1.0, "rnn": 2.0}[spec.cell]
    return TrainSpec(epochs=epochs, rate=rate / slower, word_dropout=0.05, seed=spec.seed)


@cache
def sentences(task: str) -> tuple[Sentences, Sentences]:
    """The texts of a task as numbers: those to learn from, and the held-out ones."""
    corpus = CORPORA[task]
    learned, held_out = (encode((((START, *text), END) for text in part), corpus.tokenizer) for part in corpus.split)
    return learned, held_out


def learned(spec: ModelSpec) -> Sentences:
    """What a network learns from."""
    return sentences(spec.task)[0]


def held_out(spec: ModelSpec) -> tuple[ModelSpec, Sentences]:
    """What it is measured on, and as which network it is counted."""
    return spec, sentences(spec.task)[1]


def score(model: NextWord, held_out: tuple[ModelSpec, Sentences]) -> dict[str, object]:
    """What the line of a network says of the characters that it expects, and of the texts that it writes."""
    spec, texts = held_out
    counts = texts.targets != NOTHING
    with torch.inference_mode():
        scores = model(texts.words)  # (N, T, V)
        surprise = cross_entropy(scores.mT, texts.targets, ignore_index=NOTHING, reduction="none").sum(dim=1)
    drawn = samples.draw_from(model, spec, (START,), DRAWN, seed=0)
    right = (scores.argmax(dim=-1) == texts.targets)[counts]
    return {
        **perplexity(surprise.double().numpy(), texts.lengths.double().numpy()),
        "decisions": Decisions(right=int(right.sum()), of=len(right)),
        "samples": count(spec.task, ("".join(text) for text in drawn)),
    }


def hardest(spec: ModelSpec) -> tuple[str, float]:
    """The held-out text that a network expects least by its mean −log p of a token, and the probability of all of it.

    Raises:
        KiokuError: what `Family.load` raises.

    Example:
        >>> text, probability = hardest(ModelSpec(task="given_names", cell="gru", hidden=64))
        >>> text in CORPORA["given_names"].split[1], probability < 1e-4
        (True, True)
    """
    model, own = registry.family_of(spec).memoized(spec), find_tokenizer(spec.task)
    texts = sentences(spec.task)[1] if spec.task in CORPORA else shipped.sentences()[1]
    with torch.inference_mode():
        surprise = cross_entropy(model(texts.words).mT, texts.targets, ignore_index=NOTHING, reduction="none")
    worst = int((surprise.sum(dim=1) / texts.lengths).argmax())
    said = [own.vocabulary.words[at] for at in texts.words[worst, : texts.lengths[worst]].tolist()]
    last = own.outputs[int(texts.targets[worst, texts.lengths[worst] - 1])]
    text = "".join([*said, last] if spec.task not in CORPORA else said[1:])
    return text, math.exp(-surprise[worst].double().sum().item())


def measure(spec: ModelSpec) -> tuple[float, Interval]:
    """The perplexity of any network on the held-out texts of its task, with its interval.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    texts = sentences(spec.task)[1] if spec.task in CORPORA else shipped.sentences()[1]
    with torch.inference_mode():
        scores = registry.family_of(spec).memoized(spec)(texts.words)
        surprise = cross_entropy(scores.mT, texts.targets, ignore_index=NOTHING, reduction="none").sum(dim=1)
    low, high = intervals.bootstrap_ratio(surprise.double().numpy(), texts.lengths.double().numpy())
    return math.exp(float(surprise.double().sum() / texts.lengths.sum())), (math.exp(low), math.exp(high))


def perplexity(surprise: Float64, characters: Float64) -> dict[str, object]:
    """exp of the mean of −log p of a character, and its interval, from each text's sum and its length."""
    low, high = intervals.bootstrap_ratio(surprise, characters)
    mean = float(surprise.sum() / characters.sum())
    return {"perplexity": math.exp(mean), "interval": (math.exp(low), math.exp(high))}


def count(task: str, drawn: Iterable[str]) -> Counts:
    """Where texts are found, each with what ends it; one that never ended is nowhere.

    Example:
        >>> learned, held_out = CORPORA["given_names"].split
        >>> counts = count("given_names", (learned[0] + END, held_out[0] + END, "ん" + END))
        >>> counts["learned"], counts["held_out"], counts["new"]
        (1, 1, 1)
    """
    learned, held_out = ({text + END for text in part} for part in CORPORA[task].split)
    texts = list(drawn)
    known, met = sum(text in learned for text in texts), sum(text in held_out for text in texts)
    return Counts(drawn=len(texts), learned=known, held_out=met, new=len(texts) - known - met)


def made_from(task: str) -> dict[str, object]:
    """The characters and texts that all networks of a task are made for."""
    learned, held_out = CORPORA[task].split
    return {"vocabulary": CORPORA[task].tokenizer.id, "texts": {"train": len(learned), "test": len(held_out)}}


def besides(task: str) -> dict[str, object]:
    """What counting is worth on the same texts."""
    model, held_out = ngram(task), numbers(task, CORPORA[task].split[1])
    worth = perplexity(np.array(list(map(model.surprise, held_out))), np.array(list(map(len, held_out)), np.float64))
    drawn = draw_ngram(task, model, DRAWN, seed=0)
    return {"ngram": {"order": model.order, "belief": model.belief, **worth, "samples": count(task, drawn)}}


@cache
def ngram(task: str) -> ngrams.NGram:
    """The n-gram model that is tuned on the texts to learn from."""
    return ngrams.tuned(numbers(task, CORPORA[task].split[0]), len(find_tokenizer(task).outputs))


def numbers(task: str, texts: Sequence[str]) -> list[tuple[int, ...]]:
    """Texts by the numbers of their outputs, with what ends them."""
    own = {output: at for at, output in enumerate(find_tokenizer(task).outputs)}
    return [tuple(own[one] for one in (*text, END)) for text in texts]


def draw_ngram(task: str, model: ngrams.NGram, texts: int, seed: int) -> list[str]:
    """What counting writes, from the start on."""
    outputs, generator = find_tokenizer(task).outputs, runtime.generator(seed)
    found = []
    for _ in range(texts):
        text: list[int] = []
        while len(text) < most_written(task) and not (text and outputs[text[-1]] == END):
            uniform = torch.rand(1, dtype=torch.float64, generator=generator).numpy()
            text.append(int(inverse(model.distribution(text)[None], uniform)[0]))
        found.append("".join(outputs[one] for one in text))
    return found


def objective(_: ModelSpec) -> str:
    """What its card says was minimised."""
    return "next_character"


def count_texts(spec: ModelSpec, _: Mapping[str, object]) -> int:
    """How many texts a network learns from."""
    return len(CORPORA[spec.task].split[0])


def row(task: str) -> Task[ModelSpec, NextWord, Manifest]:
    """The row of a task whose texts are written character by character."""
    every = tuple(ModelSpec(task=task, cell=cell, hidden=hidden) for cell in CELLS for hidden in SIZES)
    return Task(
        name=task,
        file=task,
        kept=every,
        measured=tuple(ModelSpec(task=task, cell=cell, hidden=SIZES[-1], seed=n) for cell in CELLS for n in SEEDS[1:]),
        family=registry.family_of,
        learned=learned,
        held_out=held_out,
        loss=next_word_loss,
        recipe=recipe,
        score=score,
        form=Manifest,
        made_from=partial(made_from, task),
        besides=partial(besides, task),
        objective=objective,
        examples=count_texts,
        licence={"given_names": "MIT", "kaomoji": "CC-BY-4.0"}[task],
    )
