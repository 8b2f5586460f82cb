"""Small talk, every next word and the reply: what is learned, by which recipe, and what the manifest says of it."""

from __future__ import annotations

from dataclasses import asdict
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import torch
from pydantic import AfterValidator
from typing_extensions import TypedDict

from rnn_core.models import registry
from rnn_core.order import NETWORKS
from rnn_core.specs import BaselineSpec, MinimalSpec, NetworkSpec, ReplyingSpec, ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import Count
from rnn_core.training import contrast, manifests
from rnn_core.training.metrics import bigram_perplexity, unigram_perplexity
from rnn_core.training.order import OrderScore, can_read, order_score, twins
from rnn_core.training.sentences import Sentences, encode
from rnn_core.training.spec import TrainSpec, of_size

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

SIZES = (8, 16, 32, 64)
SEEDS = (0, 1, 2)


class Entry(manifests.Line):
    """What the manifest says of one trained model."""

    reply_accuracy: float
    perplexity: float


class Sizes(TypedDict):
    """How many sentences are learned, how many are held out, and how many of those are twins."""

    train: int
    test: int
    twins: int


class Models(manifests.Head):
    """How all weights were made, and what they are worth on held-out combinations."""

    vocabulary: str
    models: dict[str, Entry]


def of_all(order: dict[str, OrderScore]) -> dict[str, OrderScore]:
    """See that each of the compared networks is counted.

    Raises:
        ValueError: one is not.
    """
    if missing := {spec.name for spec in NETWORKS} - order.keys():
        raise ValueError(f"not counted: {missing}")
    return order


class Manifest(Models):
    """What the manifest says beside.

    Where the order of words is the question (`order`), replies are counted: those of the recurrent models that are
    compared too, and of all held-out sentences how many are twins, whose answer only the order tells. What was found
    with the weights stands beside them (`forgotten`).
    """

    sentences: Sizes
    baselines: dict[str, float]
    readers: dict[str, Entry]
    order: Annotated[dict[str, OrderScore], AfterValidator(of_all)]
    forgotten: dict[str, object]


def recipe(spec: NetworkSpec) -> TrainSpec:
    """How a shipped model is trained.

    The smaller, the longer and the faster; at a higher rate an RNN ends up worse (16 units: 0.74 of the replies
    instead of 0.82). A reply counts as much as ten words: there is one a sentence, and with a weight of five 16 units
    of an LSTM spend themselves on the words (0.87 instead of 0.96).
    """
    if isinstance(spec, BaselineSpec):
        return TrainSpec(epochs=20, rate=0.01, word_dropout=0.02, reply_weight=10.0, seed=spec.seed)
    if isinstance(spec, TransformerSpec):
        epochs = of_size({8: 48, 16: 24, 32: 12}, spec.hidden)
        return TrainSpec(epochs=epochs, rate=0.005, word_dropout=0.02, reply_weight=10.0, seed=spec.seed)
    epochs, rate = of_size({8: (60, 0.03), 16: (40, 0.02), 32: (30, 0.015), 64: (12, 0.01)}, spec.hidden)
    slower = {"lstm": 1.0, "gru": 1.5, "rnn": 2.0}[spec.cell]
    return TrainSpec(epochs=epochs, rate=rate / slower, word_dropout=0.02, reply_weight=10.0, seed=spec.seed)


@cache
def sentences() -> tuple[Sentences, Sentences]:
    """Those to learn from, and the held-out combinations."""
    split, tokenizer = smalltalk.split(), smalltalk.tokenizer()
    train, test = (
        encode(((example.words, example.reply) for example in part), tokenizer) for part in (split.train, split.test)
    )
    return train, test


def learned(spec: ReplyingSpec) -> Sentences:
    """What a network learns from: what it can read of the sentences."""
    return _readable(spec, sentences()[0])


def held_out(spec: ReplyingSpec) -> Sentences:
    """What it is measured on."""
    return _readable(spec, sentences()[1])


def _readable(spec: ReplyingSpec, sentences: Sentences) -> Sentences:
    if isinstance(spec, ResponderSpec | MinimalSpec):
        return sentences
    return sentences.take(torch.nonzero(can_read(spec, sentences))[:, 0])


def kind(spec: ReplyingSpec) -> str:
    """What its card says that a network is built of."""
    if isinstance(spec, BaselineSpec):
        return spec.kind
    return "unplaced" if isinstance(spec, TransformerSpec) and not spec.positions else spec.cell


def objective(spec: ReplyingSpec) -> str:
    """What its card says was minimised."""
    return "reply" if isinstance(spec, ResponderSpec) else "next_word"


def count_sentences(spec: ReplyingSpec, _: Mapping[str, Any]) -> int:
    """How many sentences a network learns from, which are those that it can read."""
    return _count_readable(spec, smalltalk.split().train)


def worth(spec: ReplyingSpec, line: Mapping[str, Any], _: Mapping[str, Any]) -> Count:
    """Its right replies to the held-out sentences that it can read."""
    of = _count_readable(spec, smalltalk.split().test)
    return Count(round(line["reply_accuracy"] * of), of)


def _count_readable(spec: ReplyingSpec, examples: Sequence[smalltalk.Example]) -> int:
    return sum(spec.takes(len(one.words)) for one in examples) if isinstance(spec, BaselineSpec) else len(examples)


def vocabulary() -> dict[str, object]:
    """The words and outputs that all networks of small talk are made for."""
    return {"vocabulary": smalltalk.tokenizer().id}


def besides() -> dict[str, object]:
    """What the manifest says of the sentences, of counting instead of learning, of order and of memory."""
    learned, held_out = sentences()
    words, outputs = len(smalltalk.vocabulary()), len(smalltalk.outputs())
    return {
        "sentences": Sizes(train=len(learned), test=len(held_out), twins=int(twins().sum())),
        "baselines": {
            "unigram": unigram_perplexity(learned, held_out, outputs),
            "bigram": bigram_perplexity(learned, held_out, words, outputs),
        },
        "order": {
            spec.name: order_score(registry.family_of(spec).load(spec), spec, held_out, twins()) for spec in NETWORKS
        },
        "forgotten": asdict(contrast.find(SIZES)),
    }
