"""The trained weights that come with Kioku: which they are, how they are made, and the manifest that says so."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
import platform
from collections.abc import Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import TypedDict

import torch

from rnn_core.models import zoo
from rnn_core.models.language_model import NextOutput
from rnn_core.models.model_trace import FIRST_PICTURE, PRETRAINED
from rnn_core.order import NETWORKS, READERS
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec, NetworkSpec, ReaderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import contrast
from rnn_core.training.loop import TrainSpec, fit
from rnn_core.training.metrics import bigram_perplexity, score, unigram_perplexity
from rnn_core.training.order import OrderScore, can_read, order_score, twins
from rnn_core.training.sentences import Sentences, encode, next_word_loss

SIZES = (8, 16, 32, 64)
SEEDS = (0, 1, 2)
SHIPPED = tuple(ModelSpec(cell=cell, hidden=hidden) for cell in CELLS for hidden in SIZES)
REPEATED = tuple(ModelSpec(cell=cell, hidden=SIZES[-1], seed=seed) for cell in CELLS for seed in SEEDS[1:])
FIRST_VIEW = ModelSpec(cell="lstm", hidden=16), ("今日", "は", "天気", "が", "良い", "ね")
PROCESSES = 2


class Entry(TypedDict):
    """What the manifest says of one trained model."""

    spec: dict[str, object]
    train: dict[str, object]
    reply_accuracy: float
    perplexity: float


class Manifest(TypedDict):
    """What the manifest says: how all weights were made and what they are worth on held-out combinations.

    Where the order of words is the question (`order`), replies are counted: those of the recurrent models that are
    compared too, and of all held-out sentences how many are twins, whose answer only the order tells. What was found
    with the weights stands beside them (`forgotten`).
    """

    torch: str
    machine: str
    vocabulary: str
    sentences: dict[str, int]
    baselines: dict[str, float]
    models: dict[str, Entry]
    readers: dict[str, Entry]
    order: dict[str, OrderScore]
    forgotten: dict[str, object]
    sha256: dict[str, str]


def recipe(spec: NetworkSpec) -> TrainSpec:
    """How a shipped model is trained.

    The smaller, the longer and the faster; at a higher rate an RNN ends up worse (16 units: 0.74 of the replies
    instead of 0.82). A reply counts as much as ten words: there is one a sentence, and with a weight of five 16 units
    of an LSTM spend themselves on the words (0.87 instead of 0.96).
    """
    if isinstance(spec, ReaderSpec):
        return TrainSpec(epochs=20, rate=0.01, word_dropout=0.02, reply_weight=10.0, seed=spec.seed)
    if isinstance(spec, TransformerSpec):
        epochs = {16: 24, 32: 12}[spec.hidden]
        return TrainSpec(epochs=epochs, rate=0.005, word_dropout=0.02, reply_weight=10.0, seed=spec.seed)
    epochs, rate = {8: (60, 0.03), 16: (40, 0.02), 32: (30, 0.015), 64: (12, 0.01)}[spec.hidden]
    slower = {"lstm": 1.0, "gru": 1.5, "rnn": 2.0}[spec.cell]
    return TrainSpec(epochs=epochs, rate=rate / slower, word_dropout=0.02, reply_weight=10.0, seed=spec.seed)


@cache
def sentences() -> tuple[Sentences, Sentences]:
    """Those to learn from, and the held-out combinations."""
    split = smalltalk.split()
    vocabulary, outputs = smalltalk.vocabulary(), smalltalk.outputs()
    train, test = (
        encode(((example.words, example.reply) for example in part), vocabulary, outputs)
        for part in (split.train, split.test)
    )
    return train, test


def train(spec: NetworkSpec) -> NextOutput:
    """A shipped model, made anew. One thread, since the sum of several depends on their number."""
    torch.set_num_threads(1)
    data, plan = _readable(spec, sentences()[0]), recipe(spec)
    model = zoo.fresh(spec)
    for _ in fit(model, next_word_loss(model, data, plan), len(data), plan):
        pass
    return model.eval()


def _readable(spec: NetworkSpec, sentences: Sentences) -> Sentences:
    return sentences.take(torch.nonzero(can_read(spec, sentences))[:, 0])


def entry(spec: NetworkSpec, model: NextOutput) -> Entry:
    """The manifest's line for a trained model; its scores are those on the sentences that it can read."""
    scores = score(model, _readable(spec, sentences()[1]))
    return Entry(
        spec=spec.model_dump(mode="json"),
        train=recipe(spec).model_dump(mode="json"),
        reply_accuracy=scores["reply_accuracy"],
        perplexity=scores["perplexity"],
    )


def _make(spec: NetworkSpec) -> tuple[NetworkSpec, Entry]:
    """Train one model in a process of its own; its weights are kept if they are shipped."""
    model = train(spec)
    if spec in (*SHIPPED, *READERS):
        zoo.save(model, spec, PRETRAINED / f"{spec.name}.safetensors")
    return spec, entry(spec, model)


def build() -> Iterator[tuple[str, Entry]]:
    """Make all weights, the first picture and the manifest, yielding each model's line as it is done."""
    networks: tuple[NetworkSpec, ...] = (*SHIPPED, *REPEATED, *READERS)
    jobs = sorted(networks, key=lambda spec: -spec.hidden)
    lines: dict[NetworkSpec, Entry] = {}
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn")) as pool:
        for spec, line in pool.map(_make, jobs):
            lines[spec] = line
            yield spec.name, line
    spec, words = FIRST_VIEW
    zoo.run(spec, words).save(FIRST_PICTURE)
    manifest_path().write_text(json.dumps(_manifest(lines), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def _manifest(lines: Mapping[NetworkSpec, Entry]) -> Manifest:
    learned, held_out = sentences()
    words, outputs = len(smalltalk.vocabulary()), len(smalltalk.outputs())
    return Manifest(
        torch=torch.__version__,
        machine=machine(),
        vocabulary=zoo.vocabulary_id(),
        sentences={"train": len(learned), "test": len(held_out), "twins": int(twins().sum())},
        baselines={
            "unigram": unigram_perplexity(learned, held_out, outputs),
            "bigram": bigram_perplexity(learned, held_out, words, outputs),
        },
        models={spec.name: line for spec, line in lines.items() if isinstance(spec, ModelSpec)},
        readers={spec.name: line for spec, line in lines.items() if isinstance(spec, ReaderSpec)},
        order={spec.name: order_score(zoo.load(spec), spec, held_out, twins()) for spec in NETWORKS},
        forgotten=asdict(contrast.find(SIZES)),
        sha256={path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in _files()},
    )


def _files() -> list[Path]:
    """What is shipped of this task: the weights and the first picture."""
    names = (*(spec.name for spec in SHIPPED), *(spec.name for spec in READERS))
    return [FIRST_PICTURE, *(PRETRAINED / f"{name}.safetensors" for name in names)]


def made() -> bool:
    """Whether the manifest and the weights are there, as the vocabulary and the recipes of today make them."""
    if not manifest_path().is_file() or not all(path.is_file() for path in _files()):
        return False
    there = manifest()
    networks: tuple[NetworkSpec, ...] = (*SHIPPED, *REPEATED, *READERS)
    today = {spec.name: (spec.model_dump(mode="json"), recipe(spec).model_dump(mode="json")) for spec in networks}
    told = {name: (line["spec"], line["train"]) for name, line in (there["models"] | there["readers"]).items()}
    return there["vocabulary"] == zoo.vocabulary_id() and told == today


def manifest_path() -> Path:
    """Where the manifest is."""
    return PRETRAINED / "manifest.json"


def manifest() -> Manifest:
    """The manifest as it is shipped."""
    loaded: Manifest = json.loads(manifest_path().read_text(encoding="utf-8"))
    return loaded


def machine() -> str:
    """What decides over the last bits of a sum, beside torch's version: the processor and its instructions."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (
        f"{platform.machine()} {names[0] if names else platform.processor()} {torch.backends.cpu.get_cpu_capability()}"
    )
