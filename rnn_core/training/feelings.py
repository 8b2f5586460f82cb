"""How the networks that tell feelings are trained, three cells beside each other, and what their manifest says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import TYPE_CHECKING, Any, NamedTuple, TypeAlias

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence
from typing_extensions import TypedDict

from rnn_core.models import registry
from rnn_core.models.family import Family
from rnn_core.models.language_model import NextWord
from rnn_core.quantities import CELLS, Recurrent
from rnn_core.specs import ModelSpec
from rnn_core.tasks import feelings, kaomoji
from rnn_core.tasks.feelings import FACES, SENTENCES
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.sentiment import Count
from rnn_core.training import manifests
from rnn_core.training.feelings_baselines import Baseline, baselines, macro_f1
from rnn_core.training.planes import Plane, find_plane
from rnn_core.training.sentiment import Decisions, Labelled
from rnn_core.training.spec import BegunSpec, TrainSpec
from rnn_core.training.task import Task

if TYPE_CHECKING:
    from rnn_core.tasks.feelings import Felt

EXAMPLES = 4  # at most so many texts a cell of the confusion matrix


Examples: TypeAlias = dict[str, dict[str, list[str]]]
"""A few texts by feeling and by answer."""


class Scores(TypedDict):
    """What one network is worth.

    Attributes:
        accuracy: the share of right answers after the last token.
        macro_f1: the mean over the feelings of F1, in which a rare feeling counts as much as a common one.
        decisions: the same answers, counted.
        confusion: how often a text of one feeling (row) was told as another (column).
        lengths: the answers counted by the number of tokens.
    """

    accuracy: float
    macro_f1: float
    decisions: Decisions
    confusion: list[list[int]]
    lengths: dict[str, Decisions]


class Entry(manifests.Line, Scores):
    """What the manifest says of one network."""


class Manifest(manifests.Head):
    """How the networks of one task were made, and what they are worth on held-out texts.

    Attributes:
        vocabulary: by which the data are known.
        texts: how many are learned, how many are held out.
        baselines: what is right without order and without reading.
        examples: of each shipped network, texts by feeling and answer; of faces only those that may be shown.
        planes: of each shipped network, the plane in which its states are drawn, and where it stands still.
        models: a line a network.
    """

    vocabulary: str
    texts: dict[str, int]
    baselines: dict[str, Baseline]
    examples: dict[str, Examples]
    planes: dict[str, Plane]
    models: dict[str, Entry]


class Looked(NamedTuple):
    """What there is to see of one network: what it is worth, texts by their feeling and its answer, and its plane."""

    line: Scores
    examples: Examples
    plane: Plane


@dataclass(frozen=True, eq=False)
class Weighed:
    """Texts, and how much each counts: the rarer its feeling, the more."""

    texts: Labelled
    weights: Float[Tensor, " N"]

    def __len__(self) -> int:
        """N, the number of texts."""
        return len(self.texts)

    def take(self, which: Int[Tensor, " B"]) -> Weighed:
        """Some of them."""
        return Weighed(self.texts.take(which), self.weights[which])


def recipe(spec: ModelSpec) -> TrainSpec:
    """How a network is trained.

    An RNN of faces begins with the identity, learns slower and longer, and clips sooner: begun as torch draws it, no
    recipe that was tried brought it beyond 0.823.
    """
    if spec.task == FACES and spec.cell == "rnn":
        return BegunSpec(
            epochs=36, rate=0.003, threshold=0.25, batch=128, word_dropout=0.15, seed=spec.seed, start="identity"
        )
    if spec.task == FACES:
        return TrainSpec(epochs=12, batch=128, rate=0.008, word_dropout=0.15, seed=spec.seed)
    return TrainSpec(epochs=15, batch=64, rate=0.01, word_dropout=0.02, seed=spec.seed)


@cache
def encoded(task: str) -> tuple[Labelled, Labelled]:
    """The texts to learn from and those held out, as numbers."""
    train, test = (encode(task, part) for part in feelings.split(task))
    return train, test


def encode(task: str, texts: Sequence[Felt]) -> Labelled:
    """Number tokens and feelings."""
    tokenizer = find_tokenizer(task)
    words = [torch.tensor(tokenizer.encode(text.tokens)) for text in texts]
    lengths = torch.tensor([len(row) for row in words])
    labels = torch.tensor([tokenizer.outputs.index(text.feeling) for text in texts])
    return Labelled(pad_sequence(words, batch_first=True), lengths, labels)


def learned(spec: ModelSpec) -> Weighed:
    """What a network learns from, each feeling weighed by 1/√(how many), the mean of all weights 1."""
    texts = encoded(spec.task)[0]
    rare = texts.labels.bincount().double().rsqrt()[texts.labels]  # (N,)
    return Weighed(texts, (rare / rare.mean()).float())


def held_out(spec: ModelSpec) -> Labelled:
    """What it is measured on."""
    return encoded(spec.task)[1]


def objective(_: ModelSpec) -> str:
    """What its card says was minimised."""
    return "label_sentence"


def count_texts(_: ModelSpec, manifest: Mapping[str, Any]) -> int:
    """How many texts a network learns from."""
    return int(manifest["texts"]["train"])


def feeling_loss(model: NextWord, batch: Weighed, spec: TrainSpec, generator: torch.Generator) -> Float[Tensor, ""]:
    """The weighted mean of −log p of the right feeling, told after the last token."""
    dropped = torch.rand(batch.texts.words.shape, generator=generator) < spec.word_dropout
    scores = last_scores(model, batch.texts.words.masked_fill(dropped, 0), batch.texts.lengths)
    surprise = cross_entropy(scores, batch.texts.labels, reduction="none")  # (B,)
    return (batch.weights * surprise).sum() / batch.weights.sum()


def last_scores(model: NextWord, words: Int[Tensor, "B T"], lengths: Int[Tensor, " B"]) -> Float[Tensor, "B K"]:
    """The scores after the last token of each text."""
    return model.scores(model.states(words)[torch.arange(len(words)), lengths - 1])


def score(model: NextWord, held_out: Labelled) -> Scores:
    """What the line of a network says of its answers."""
    with torch.inference_mode():
        said = last_scores(model, held_out.words, held_out.lengths).argmax(dim=1)  # (N,)
    kinds, right = int(held_out.labels.max()) + 1, said == held_out.labels
    confusion = (held_out.labels * kinds + said).bincount(minlength=kinds**2).view(kinds, kinds)
    lengths = {
        str(length): Decisions(right=int(right[held_out.lengths == length].sum()), of=int(count))
        for length, count in enumerate(held_out.lengths.bincount())
        if count
    }
    return {
        "accuracy": float(right.double().mean()),
        "macro_f1": macro_f1(held_out.labels.numpy(), said.numpy()),
        "decisions": Decisions(right=int(right.sum()), of=len(right)),
        "confusion": confusion.tolist(),
        "lengths": lengths,
    }


def family_of(_: ModelSpec) -> Family[ModelSpec, NextWord]:
    """The row of their kind."""
    return registry.RECURRENT


def made_from(task: str) -> dict[str, object]:
    """By what the manifest knows the data."""
    return {"vocabulary": find_tokenizer(task).id}


def besides(task: str) -> dict[str, object]:
    """What the manifest says of the texts, of simpler ways, of single texts, and of where the networks stand still."""
    train, test = feelings.split(task)
    kept = [spec for spec in feelings.NETWORKS if spec.task == task]
    return {
        "texts": {"train": len(train), "test": len(test)},
        "baselines": baselines(train, test),
        "examples": {spec.name: examples(spec, test) for spec in kept},
        "planes": {spec.name: find_plane(spec, test) for spec in kept},
    }


def look(spec: ModelSpec) -> Looked:
    """What a manifest says of a shipped network, measured of any.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    test = feelings.split(spec.task).test
    worth = score(registry.RECURRENT.load(spec), held_out(spec))
    return Looked(worth, examples(spec, test), find_plane(spec, test))


def examples(spec: ModelSpec, texts: Sequence[Felt]) -> Examples:
    """Texts that may be shown, by feeling and by what the network says, a few each, the shortest first."""
    shown = [text for text in texts if spec.task != FACES or kaomoji.is_presentable("".join(text.tokens))]
    labelled, model = encode(spec.task, shown), registry.RECURRENT.load(spec)
    with torch.inference_mode():
        said = last_scores(model, labelled.words, labelled.lengths).argmax(dim=1).tolist()
    found: Examples = {}
    outputs = find_tokenizer(spec.task).outputs
    for text, answer in sorted(zip(shown, said, strict=True), key=lambda pair: (len(pair[0].tokens), pair[0].tokens)):
        cell = found.setdefault(text.feeling, {}).setdefault(outputs[answer], [])
        if len(cell) < EXAMPLES and (said_of := "".join(text.tokens)) not in cell:
            cell.append(said_of)
    return found


def row_shares(confusion: Sequence[Sequence[int]]) -> Float[np.ndarray, "K K"]:
    """A confusion matrix as shares of its rows; nan in a row of nothing.

    Example:
        >>> row_shares([[3, 1], [0, 2]]).tolist()
        [[0.75, 0.25], [0.0, 1.0]]
    """
    counts = np.array(confusion, np.float64)
    of = counts.sum(axis=1, keepdims=True)
    shares: Float[np.ndarray, "K K"] = np.divide(counts, of, out=np.full_like(counts, np.nan), where=of > 0)
    return shares


def accuracies(models: Mapping[str, Entry], task: str) -> Mapping[Recurrent, tuple[float, float, float]]:
    """Of each cell's shipped network the share of right answers, and the ends of its 95 % interval."""
    found = {}
    for cell, line in _lines(models, task):
        count = Count(line["decisions"]["right"], line["decisions"]["of"])
        found[cell] = (count.share, *count.interval)
    return found


def by_length(models: Mapping[str, Entry], task: str) -> Mapping[Recurrent, tuple[tuple[int, int], ...]]:
    """Of each cell's shipped network the right answers, of how many, in the groups of the task's lengths."""

    def counted(line: Entry, low: int, high: int | None) -> tuple[int, int]:
        inside = [count for length, count in line["lengths"].items() if low <= int(length) <= (high or int(length))]
        return sum(count["right"] for count in inside), sum(count["of"] for count in inside)

    groups = feelings.length_groups(task)
    return {cell: tuple(counted(line, *group) for group in groups) for cell, line in _lines(models, task)}


def _lines(models: Mapping[str, Entry], task: str) -> Iterator[tuple[Recurrent, Entry]]:
    for cell in CELLS:
        yield cell, models[feelings.network(task, cell).name]


FEELINGS: Mapping[str, Task[ModelSpec, NextWord, Manifest]] = {
    task: Task(
        name=task,
        file="feelings",
        shared=True,
        kept=tuple(spec for spec in feelings.NETWORKS if spec.task == task),
        measured=tuple(
            spec.model_copy(update={"seed": seed})
            for spec in feelings.NETWORKS
            for seed in feelings.SEEDS[1:]
            if spec.task == task
        ),
        family=family_of,
        learned=learned,
        held_out=held_out,
        loss=feeling_loss,
        recipe=recipe,
        score=score,
        form=Manifest,
        made_from=partial(made_from, task),
        besides=partial(besides, task),
        licence=licence,
        objective=objective,
        examples=count_texts,
    )
    for task, licence in ((FACES, "CC-BY-4.0"), (SENTENCES, "MIT"))
}
