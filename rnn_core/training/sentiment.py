"""How the sentiment networks are made, one direction beside two, and the manifest that says what they are worth."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import torch
from jaxtyping import Bool, Float, Int
from pydantic import TypeAdapter
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence
from typing_extensions import TypedDict

from rnn_core import checkout
from rnn_core.models import weights
from rnn_core.models.family import count_parameters
from rnn_core.models.sentiment import CLASSIFIERS
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import FEELINGS, HIDDEN, SEEDS, SHIPPED, Asked, Count, SentimentSpec, Worth, split
from rnn_core.training import manifests
from rnn_core.training.loop import trained
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from rnn_core.models.sentiment import SentimentClassifier
    from rnn_core.tasks.smalltalk import Example

NAME = "sentiment"
TO_COME = 7  # so many words are still to come at most, where accuracy is counted by that
NETWORKS = tuple(
    SentimentSpec(asked=spec.asked, directions=spec.directions, seed=seed) for spec in SHIPPED for seed in SEEDS
)


@dataclass(frozen=True, eq=False)
class Labelled:
    """N sentences, filled up to T words with word 0, and how each feels."""

    words: Int[Tensor, "N T"]
    lengths: Int[Tensor, " N"]
    labels: Int[Tensor, " N"]

    def __len__(self) -> int:
        """N, the number of sentences."""
        return len(self.words)

    def take(self, which: Int[Tensor, " B"]) -> Labelled:
        """Some of them, filled up only as far as these need it."""
        lengths = self.lengths[which]
        return Labelled(self.words[which, : int(lengths.max())], lengths, self.labels[which])

    @property
    def inside(self) -> Bool[Tensor, "N T"]:
        """Which places hold a word of the sentence."""
        return torch.arange(self.words.shape[1]) < self.lengths[:, None]


class Decisions(TypedDict):
    """Of so many decisions, so many are right."""

    right: int
    of: int


class Entry(manifests.Line):
    """What the manifest says of one network.

    Attributes:
        accuracy: the share of right decisions, after the sentence or over all words.
        decisions: the same, counted.
        to_come: for 0, 1, … `TO_COME` words still to come, the decisions made there; where it is asked at each word.
        parameters: how many numbers are learned beside the embedding.
    """

    accuracy: float
    decisions: Decisions
    to_come: list[Decisions]
    parameters: int


class Manifest(manifests.Head):
    """How the networks were made, and what they are worth on held-out combinations.

    `majority` is the accuracy of always saying what is said most often in the sentences to learn from.
    """

    vocabulary: str
    sentences: dict[str, int]
    majority: float
    models: dict[str, Entry]


FORM = TypeAdapter(Manifest)


def recipe(spec: SentimentSpec) -> TrainSpec:
    """How a network is trained: all alike."""
    return TrainSpec(epochs=30, batch=64, rate=0.01, word_dropout=0.02, seed=spec.seed)


@cache
def sentences() -> tuple[Labelled, Labelled]:
    """Those to learn from, and the held-out combinations."""
    train, test = (labelled(part) for part in split())
    return train, test


def labelled(examples: Sequence[Example]) -> Labelled:
    """Number the words and feelings."""
    tokenizer = smalltalk.tokenizer()
    words = [torch.tensor(tokenizer.encode(example.words)) for example in examples]
    lengths = torch.tensor([len(row) for row in words])
    labels = torch.tensor([FEELINGS.index(example.sentiment) for example in examples])
    return Labelled(pad_sequence(words, batch_first=True), lengths, labels)


def sentiment_loss(
    model: SentimentClassifier, batch: Labelled, spec: TrainSpec, generator: torch.Generator
) -> Float[Tensor, ""]:
    """The mean of −log p of the right feeling, over the sentences or over their words."""
    dropped = torch.rand(batch.words.shape, generator=generator) < spec.word_dropout
    scores = model(batch.words.masked_fill(dropped, 0), batch.lengths)  # (B, N, K)
    decided = batch.inside[:, : scores.shape[1]]  # (B, N)
    targets = batch.labels[:, None].expand(-1, scores.shape[1])  # (B, N)
    return cross_entropy(scores[decided], targets[decided])


def train(spec: SentimentSpec) -> SentimentClassifier:
    """A network, made anew."""
    model, plan, data = CLASSIFIERS.fresh(spec), recipe(spec), sentences()[0]
    return trained(model, sentiment_loss, data, plan)


def entry(spec: SentimentSpec, model: SentimentClassifier) -> Entry:
    """The manifest's line for a trained network."""
    held_out = sentences()[1]
    with torch.inference_mode():
        said = model(held_out.words, held_out.lengths).argmax(dim=-1)  # (N, T) or (N, 1)
    right = said == held_out.labels[:, None]
    decided = held_out.inside[:, : said.shape[1]]
    to_come = held_out.lengths[:, None] - 1 - torch.arange(said.shape[1])  # (N, T)
    places = range(TO_COME + 1) if spec.asked == "word" else ()
    decisions = _count(right, decided)
    return Entry(
        **manifests.line(spec, recipe(spec)),
        accuracy=decisions.share,
        decisions=_written(decisions),
        to_come=[_written(_count(right, decided & (to_come == place))) for place in places],
        parameters=count_parameters(model, ("embedding",)),
    )


def _count(right: Bool[Tensor, "N T"], which: Bool[Tensor, "N T"]) -> Count:
    return Count(int((right & which).sum()), int(which.sum()))


def _written(count: Count) -> Decisions:
    return Decisions(right=count.correct, of=count.of)


def _read(decisions: Decisions) -> Count:
    return Count(decisions["right"], decisions["of"])


def build() -> Iterator[tuple[str, Entry]]:
    """Make all networks and the manifest, yielding each one's line as it is done; one of each kind is kept."""
    lines: dict[str, Entry] = {}
    for spec in NETWORKS:
        model = train(spec)
        if spec in SHIPPED:
            CLASSIFIERS.save(model, spec, weights.path_of(spec.name))
        lines[spec.name] = entry(spec, model)
        yield spec.name, lines[spec.name]
    learned, held_out = sentences()
    recorded = Manifest(
        **manifests.head(_files()),
        vocabulary=smalltalk.tokenizer().id,
        sentences={"train": len(learned), "test": len(held_out)},
        majority=float((held_out.labels == learned.labels.mode().values).double().mean()),
        models=lines,
    )
    manifests.write(NAME, recorded)


def up_to_date() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    return manifests.up_to_date(manifest, _files(), NETWORKS, recipe)


def manifest() -> Manifest:
    """The manifest as it is shipped.

    Raises:
        KiokuError: it is missing or damaged.
    """
    loaded = checkout.manifest(manifests.path_of(NAME), FORM)
    manifests.complete(NAME, loaded["models"], NETWORKS)
    return loaded


def worth() -> tuple[Worth, ...]:
    """What one direction and two are worth, by the manifest; of each count one a seed."""
    models = manifest()["models"]

    def lines(asked: Asked, directions: int) -> list[Entry]:
        return [models[spec.name] for spec in NETWORKS if (spec.asked, spec.directions) == (asked, directions)]

    return tuple(
        Worth(
            directions,
            lines("word", directions)[0]["parameters"],
            tuple(_read(line["decisions"]) for line in lines("sentence", directions)),
            tuple(_read(line["decisions"]) for line in lines("word", directions)),
            tuple(tuple(_read(count) for count in line["to_come"]) for line in lines("word", directions)),
        )
        for directions in HIDDEN
    )


def _files() -> list[Path]:
    return [weights.path_of(spec.name) for spec in SHIPPED]
