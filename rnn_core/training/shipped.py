"""The trained weights that come with Kioku: which they are, how they are made, and the manifest that says so."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from pathlib import Path

import numpy as np
import torch
from pydantic import TypeAdapter
from typing_extensions import TypedDict

from rnn_core import checkout, runtime
from rnn_core.models import registry, weights
from rnn_core.models.language_model import NextOutput
from rnn_core.models.model_trace import FIRST_PICTURE, ModelTrace, load_model_trace
from rnn_core.order import NETWORKS, READERS
from rnn_core.quantities import CELLS
from rnn_core.specs import BaselineSpec, ModelSpec, NetworkSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import contrast, manifests
from rnn_core.training.loop import trained
from rnn_core.training.metrics import bigram_perplexity, score, unigram_perplexity
from rnn_core.training.order import OrderScore, can_read, order_score, twins
from rnn_core.training.sentences import Sentences, encode, next_word_loss
from rnn_core.training.spec import TrainSpec, of_size

NAME = "manifest"
SIZES = (8, 16, 32, 64)
SEEDS = (0, 1, 2)
SHIPPED = tuple(ModelSpec(cell=cell, hidden=hidden) for cell in CELLS for hidden in SIZES)
REPEATED = tuple(ModelSpec(cell=cell, hidden=SIZES[-1], seed=seed) for cell in CELLS for seed in SEEDS[1:])
FIRST_VIEW = ModelSpec(cell="lstm", hidden=16), ("今日", "は", "天気", "が", "良い", "ね")
PROCESSES = 2
ROUNDING = 1e-5  # by which two machines may differ in the first picture


class Entry(manifests.Line):
    """What the manifest says of one trained model."""

    reply_accuracy: float
    perplexity: float


class Sizes(TypedDict):
    """How many sentences are learned, how many are held out, and how many of those are twins."""

    train: int
    test: int
    twins: int


class Manifest(manifests.Head):
    """What the manifest says: how all weights were made and what they are worth on held-out combinations.

    Where the order of words is the question (`order`), replies are counted: those of the recurrent models that are
    compared too, and of all held-out sentences how many are twins, whose answer only the order tells. What was found
    with the weights stands beside them (`forgotten`).
    """

    vocabulary: str
    sentences: Sizes
    baselines: dict[str, float]
    models: dict[str, Entry]
    readers: dict[str, Entry]
    order: dict[str, OrderScore]
    forgotten: dict[str, object]


FORM = TypeAdapter(Manifest)


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


def train(spec: NetworkSpec) -> NextOutput:
    """A shipped model, made anew."""
    model: NextOutput = registry.family_of(spec).fresh(spec)
    plan, data = recipe(spec), _readable(spec, sentences()[0])
    return trained(model, next_word_loss, data, plan)


def _readable(spec: NetworkSpec, sentences: Sentences) -> Sentences:
    return sentences.take(torch.nonzero(can_read(spec, sentences))[:, 0])


def entry(spec: NetworkSpec, model: NextOutput) -> Entry:
    """The manifest's line for a trained model; its scores are those on the sentences that it can read."""
    scores = score(model, _readable(spec, sentences()[1]))
    return Entry(
        **manifests.line(spec, recipe(spec)),
        reply_accuracy=scores["reply_accuracy"],
        perplexity=scores["perplexity"],
    )


def _make(spec: NetworkSpec) -> tuple[NetworkSpec, Entry]:
    """Train one model in a process of its own; its weights are kept if they are shipped."""
    model = train(spec)
    if spec in (*SHIPPED, *READERS):
        registry.family_of(spec).save(model, spec, weights.path_of(spec.name))
    return spec, entry(spec, model)


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights, the first picture and the manifest, yielding each model's line as it is done."""
    jobs = sorted(_networks(), key=lambda spec: -spec.hidden)
    lines: dict[NetworkSpec, Entry] = {}
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"), runtime.use_one_thread) as pool:
        for spec, line in pool.map(_make, jobs):
            lines[spec] = line
            yield spec.name, line
    registry.run(*FIRST_VIEW).save(FIRST_PICTURE)
    manifests.write(NAME, _manifest(lines))


def redraw() -> bool:
    """Make the first picture anew from the weights that are there, where it is another one; whether it was.

    Nothing is trained. The last bits depend on the machine, and are no reason.

    Raises:
        KiokuError: the manifest or the weights are missing or damaged.
    """
    made, drawn = manifest(), registry.run(*FIRST_VIEW)
    stored = manifests.if_whole(lambda: load_model_trace(FIRST_PICTURE))
    if stored is not None and _alike(stored, drawn):
        return False
    drawn.save(FIRST_PICTURE)
    made["sha256"] |= manifests.head([FIRST_PICTURE])["sha256"]
    manifests.write(NAME, made)
    return True


def _alike(one: ModelTrace, other: ModelTrace) -> bool:
    """Whether both have read and answered the same, with the same numbers within rounding."""
    if (one.spec, one.tokens, one.outputs) != (other.spec, other.tokens, other.outputs):
        return False
    parts = [{**trace.layer(), "": np.array(trace.distribution)} for trace in (one, other)]
    return all(np.allclose(values, parts[1][key], rtol=0, atol=ROUNDING) for key, values in parts[0].items())


def _manifest(lines: Mapping[NetworkSpec, Entry]) -> Manifest:
    learned, held_out = sentences()
    words, outputs = len(smalltalk.vocabulary()), len(smalltalk.outputs())
    return Manifest(
        **manifests.head(_files()),
        vocabulary=smalltalk.tokenizer().id,
        sentences=Sizes(train=len(learned), test=len(held_out), twins=int(twins().sum())),
        baselines={
            "unigram": unigram_perplexity(learned, held_out, outputs),
            "bigram": bigram_perplexity(learned, held_out, words, outputs),
        },
        models={spec.name: line for spec, line in lines.items() if isinstance(spec, ModelSpec)},
        readers={spec.name: line for spec, line in lines.items() if isinstance(spec, BaselineSpec)},
        order={
            spec.name: order_score(registry.family_of(spec).load(spec), spec, held_out, twins()) for spec in NETWORKS
        },
        forgotten=asdict(contrast.find(SIZES)),
    )


def _networks() -> tuple[NetworkSpec, ...]:
    return (*SHIPPED, *REPEATED, *READERS)


def _files() -> list[Path]:
    """What is shipped of this task: the weights and the first picture."""
    names = (*(spec.name for spec in SHIPPED), *(spec.name for spec in READERS))
    return [FIRST_PICTURE, *map(weights.path_of, names)]


def up_to_date() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    there = manifests.if_whole(manifest)
    if there is None or there["vocabulary"] != smalltalk.tokenizer().id:
        return False
    return manifests.holds(there["models"] | there["readers"], _files(), _networks(), recipe)


def manifest() -> Manifest:
    """The manifest as it is shipped.

    Raises:
        KiokuError: it is missing or damaged.
    """
    loaded = checkout.manifest(manifests.path_of(NAME), FORM)
    manifests.complete(NAME, loaded["models"] | loaded["readers"], _networks())
    manifests.complete(NAME, loaded["order"], NETWORKS)
    return loaded
