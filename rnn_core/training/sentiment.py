"""How the sentiment networks are trained, one direction beside two, and what the manifest says of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Literal

import torch
from jaxtyping import Bool, Float, Int
from torch import Tensor
from torch.nn.functional import cross_entropy
from torch.nn.utils.rnn import pad_sequence
from typing_extensions import TypedDict

from rnn_core.models.family import count_parameters
from rnn_core.models.sentiment import CLASSIFIERS
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import FEELINGS, HIDDEN, SEEDS, Asked, Count, SentimentSpec, Worth, split
from rnn_core.training import manifests
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.models.family import Family
    from rnn_core.models.sentiment import SentimentClassifier
    from rnn_core.tasks.smalltalk import Example

TO_COME = 7  # so many words are still to come at most, where accuracy is counted by that


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


def family_of(_: SentimentSpec) -> Family[SentimentSpec, SentimentClassifier]:
    """The row of their kind."""
    return CLASSIFIERS


def learned(_: SentimentSpec) -> Labelled:
    """What a network learns from."""
    return sentences()[0]


def held_out(_: SentimentSpec) -> Labelled:
    """What it is measured on."""
    return sentences()[1]


def kind(spec: SentimentSpec) -> str:
    """What its card says that a network is built of."""
    return f"sentiment{spec.directions}"


def objective(spec: SentimentSpec) -> str:
    """What its card says was minimised."""
    return f"label_{spec.asked}"


def score(model: SentimentClassifier, held_out: Labelled) -> dict[str, object]:
    """What the line of a network says of its decisions."""
    with torch.inference_mode():
        said = model(held_out.words, held_out.lengths).argmax(dim=-1)  # (N, T) or (N, 1)
    right = said == held_out.labels[:, None]
    decided = held_out.inside[:, : said.shape[1]]
    to_come = held_out.lengths[:, None] - 1 - torch.arange(said.shape[1])  # (N, T)
    places = range(TO_COME + 1) if model.asked == "word" else ()
    decisions = _count(right, decided)
    return {
        "accuracy": decisions.share,
        "decisions": _written(decisions),
        "to_come": [_written(_count(right, decided & (to_come == place))) for place in places],
        "parameters": count_parameters(model, ("embedding",)),
    }


def besides() -> dict[str, object]:
    """What the manifest says of the sentences, and of always saying the same."""
    learned, held_out = sentences()
    return {
        "sentences": {"train": len(learned), "test": len(held_out)},
        "majority": float((held_out.labels == learned.labels.mode().values).double().mean()),
    }


def _count(right: Bool[Tensor, "N T"], which: Bool[Tensor, "N T"]) -> Count:
    return Count(int((right & which).sum()), int(which.sum()))


def _written(count: Count) -> Decisions:
    return Decisions(right=count.correct, of=count.of)


def _read(decisions: Decisions) -> Count:
    return Count(decisions["right"], decisions["of"])


def worth(models: Mapping[str, Entry]) -> tuple[Worth, ...]:
    """What one direction and two are worth, by the lines of the manifest; of each count one a seed."""

    def lines(asked: Asked, directions: Literal[1, 2]) -> list[Entry]:
        return [models[SentimentSpec(asked=asked, directions=directions, seed=seed).name] for seed in SEEDS]

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
