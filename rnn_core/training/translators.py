"""The trained encoder-decoders that come with Kioku: which they are, how they are made, and the manifest of that.

All models of one task learn from the same batches by the same recipe, each until its held-out loss stops falling; how
the decoder looks back is the only difference.
"""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from typing import get_args

from pydantic import TypeAdapter
from typing_extensions import TypedDict

from rnn_core import checkout, runtime
from rnn_core.models import weights
from rnn_core.specs import Attention, TranslatorSpec
from rnn_core.tasks.pairs import Pair, Tokens
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import manifests
from rnn_core.training.pairs import bucket_by_length, encode_pairs, mean_loss, translation_loss
from rnn_core.training.plateau import Plateau, PlateauSpec, fit_to_plateau
from rnn_core.training.shipped import PROCESSES
from rnn_core.training.state import begin
from rnn_core.training.translation_metrics import Looks, Written, by_size, exact_matches, greedy, looks
from rnn_core.translation import registry
from rnn_core.translation.encoder_decoder import EncoderDecoder, Translator

NAME = "translators"
BATCH = 128  # pairs of like length; the training loop counts such a batch as one example
MOST_EPOCHS = 160  # far more than it takes until the held-out loss stops falling
ROOM = 5  # tokens more than the longest right target may be written
STOP_AT = 5  # every fifth held-out pair decides when a training stops; what a model is worth is measured on the others

ATTENTION: tuple[Attention, ...] = get_args(Attention)
SIZES, KANJI_SIZE = (24, 48), 64
SHIPPED = (
    *(TranslatorSpec(task="phrases", attention=way, hidden=hidden) for hidden in SIZES for way in ATTENTION),
    *(TranslatorSpec(task="names", attention=way, hidden=hidden) for hidden in SIZES[::-1] for way in ATTENTION),
    TranslatorSpec(task="kanji", attention="additive", hidden=KANJI_SIZE),
)
# What is only measured: what names in kanji would be without attention.
MEASURED = (TranslatorSpec(task="kanji", attention="none", hidden=KANJI_SIZE),)


class Entry(manifests.Line):
    """What the manifest says of one model; all is measured with the weights as they are shipped.

    Attributes:
        exact: the share of held-out inputs, of the lengths that are learned, whose output is right as a whole.
        right: by how the length is counted ("words", "names", …) and by the length: right outputs, and all inputs.
        changed: held-out outputs that storing the weights in half precision changed.
        steps: updates in training.
        plateau: how the training ended.
        looks: where the model looks (`Looks`); None without attention.
    """

    exact: float
    right: dict[str, dict[str, list[int]]]
    changed: int
    steps: int
    plateau: Plateau
    looks: Looks | None


class Data(TypedDict):
    """What the models of a task learned from.

    Attributes:
        vocabulary: of the tokens on both sides, SHA-256.
        pairs: of all pairs, SHA-256.
        train: how many pairs are learned.
        test: how many are held out.
        measured: on how many of these it is measured what a model is worth; the others decided when to stop.
        learned: by how the length is counted, the lengths that are learned.
    """

    vocabulary: str
    pairs: str
    train: int
    test: int
    measured: int
    learned: dict[str, list[int]]


class Manifest(manifests.Head):
    """How the weights of one task were made, and what they are worth on held-out inputs."""

    data: Data
    models: dict[str, Entry]


FORM = TypeAdapter(dict[str, Manifest])


def recipe(spec: TranslatorSpec) -> PlateauSpec:
    """How a model is trained: alike for all of one task, whether they look back or not."""
    rate, dropout = {"phrases": (0.01, 0.002), "names": (0.008, 0.0), "kanji": (0.005, 0.0)}[spec.task]
    return PlateauSpec(epochs=MOST_EPOCHS, batch=1, rate=rate, word_dropout=dropout, seed=spec.seed)


def train(spec: TranslatorSpec) -> tuple[Translator, int, Plateau]:
    """A model made anew, the number of its updates, and how its training ended."""
    task, plan = TRANSLATIONS[spec.task], recipe(spec)
    data = bucket_by_length(encode_pairs(task, task.parts().train), BATCH, plan.seed)
    held_out = bucket_by_length(encode_pairs(task, stopping(spec.task)), BATCH, plan.seed)
    model = registry.TRANSLATORS.fresh(spec)
    state = begin(model, plan)
    plateau = fit_to_plateau(state, translation_loss, data, plan, lambda: mean_loss(model, held_out))
    return model, state.step, plateau


def stopping(name: str) -> tuple[Pair, ...]:
    """The held-out pairs that decide when a training stops, of the lengths that are learned."""
    size, lengths = _learned(name)
    return tuple(pair for pair in TRANSLATIONS[name].parts().test[::STOP_AT] if size(pair.source) in lengths)


def measured(name: str) -> tuple[Pair, ...]:
    """The held-out pairs on which it is measured what a model is worth: all that had no say in its training."""
    test = TRANSLATIONS[name].parts().test
    return tuple(pair for number, pair in enumerate(test) if number % STOP_AT)


def _learned(name: str) -> tuple[Callable[[Tokens], int], frozenset[int]]:
    """How the length of a task's sources is counted first, and the lengths that are learned."""
    task = TRANSLATIONS[name]
    size = next(iter(task.sizes.values()))
    return size, frozenset(size(pair.source) for pair in task.parts().train)


def written(model: EncoderDecoder, spec: TranslatorSpec, pairs: tuple[Pair, ...]) -> tuple[Written, ...]:
    """What the model writes for each of some pairs."""
    most = max(len(target) for pair in pairs for target in pair.targets) + ROOM
    return greedy(model, TRANSLATIONS[spec.task], [pair.source for pair in pairs], most)


def entry(spec: TranslatorSpec, model: Translator, steps: int, plateau: Plateau) -> Entry:
    """The manifest's line for a trained model, which is rounded to half precision for it."""
    task = TRANSLATIONS[spec.task]
    pairs, (size, lengths) = measured(spec.task), _learned(spec.task)
    before = written(model, spec, pairs)
    model.half().float()
    after = written(model, spec, pairs)
    correct = exact_matches(pairs, after)
    asked = [one for pair, one in zip(pairs, correct, strict=True) if size(pair.source) in lengths]
    return Entry(
        **manifests.line(spec, recipe(spec)),
        exact=sum(asked) / len(asked),
        right=by_size(task, pairs, correct),
        changed=sum(one.tokens != other.tokens for one, other in zip(before, after, strict=True)),
        steps=steps,
        plateau=plateau,
        looks=looks([one for one, fits in zip(after, correct, strict=True) if fits]),
    )


@cache
def data_of(name: str) -> Data:
    """What the models of a task learn from today."""
    task = TRANSLATIONS[name]
    train, test = task.parts()
    rows = [(pair.source, pair.targets) for pair in (*train, *test)]
    return Data(
        vocabulary=registry.tokenizer(_specs(name)[0]).id,
        pairs=hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest(),
        train=len(train),
        test=len(test),
        measured=len(measured(name)),
        learned={name: sorted({size(pair.source) for pair in train}) for name, size in task.sizes.items()},
    )


def _specs(name: str) -> tuple[TranslatorSpec, ...]:
    return tuple(spec for spec in (*SHIPPED, *MEASURED) if spec.task == name)


def _make(spec: TranslatorSpec) -> tuple[TranslatorSpec, Entry]:
    """Train one model in a process of its own; its weights are kept if they are shipped."""
    model, steps, plateau = train(spec)
    if spec in SHIPPED:
        registry.TRANSLATORS.save(model, spec, weights.path_of(spec.name))
    return spec, entry(spec, model, steps, plateau)


def build(name: str) -> Iterator[tuple[str, Entry]]:
    """Make the weights of a task and what the manifest says of them, yielding each model's line as it is done.

    What was broken off goes on after the models that are done; of what is all there, all is made anew.
    """
    lines = {} if up_to_date(name) else _done(name)
    yield from list(lines.items())
    left = [spec for spec in _specs(name) if spec.name not in lines]
    with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"), runtime.use_one_thread) as pool:
        for spec, line in pool.map(_make, left):
            lines[spec.name] = line
            _write(name, lines)
            yield spec.name, line


def _done(name: str) -> dict[str, Entry]:
    """The lines of the models of a task that are already as today's data and recipe make them."""
    there = (manifests.if_whole(manifest) or {}).get(name)
    if there is None or there["data"] != data_of(name):
        return {}
    lines = there["models"]
    return {spec.name: lines[spec.name] for spec in _specs(name) if spec.name in lines and _holds(lines, spec)}


def _holds(lines: Mapping[str, Entry], spec: TranslatorSpec) -> bool:
    """Whether the line and the weights of one model are what its recipe makes."""
    files = [weights.path_of(spec.name)] if spec in SHIPPED else []
    return manifests.holds({spec.name: lines[spec.name]}, files, [spec], recipe)


def _write(name: str, lines: Mapping[str, Entry]) -> None:
    """Put what is made so far of a task beside what the other tasks have."""
    files = [weights.path_of(spec.name) for spec in SHIPPED if spec.name in lines]
    recorded = Manifest(**manifests.head(files), data=data_of(name), models=dict(lines))
    manifests.write(NAME, (manifests.if_whole(manifest) or {}) | {name: recorded})


def up_to_date(name: str) -> bool:
    """Whether the weights of a task and its manifest are there, as the data and the recipes of today make them."""
    there = (manifests.if_whole(manifest) or {}).get(name)
    files = [weights.path_of(spec.name) for spec in _specs(name) if spec in SHIPPED]
    return (
        there is not None
        and there["data"] == data_of(name)
        and manifests.holds(there["models"], files, _specs(name), recipe)
    )


def manifest() -> dict[str, Manifest]:
    """The manifest of each task as it is shipped, by the task's name; not of one whose models were not made yet.

    Raises:
        KiokuError: it is missing or damaged.
    """
    return checkout.manifest(manifests.path_of(NAME), FORM)
