"""How the encoder-decoders are trained, and what the manifest says of them.

All models of one task learn from the same batches by the same recipe, each until its held-out loss stops falling; how
the decoder looks back is the only difference.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from functools import cache, partial
from typing import Any

from typing_extensions import TypedDict

from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.pairs import Pair, Tokens
from rnn_core.tasks.sentiment import Count
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import manifests
from rnn_core.training.pairs import Buckets, bucket_by_length, encode_pairs, mean_loss
from rnn_core.training.plateau import Plateau, PlateauSpec
from rnn_core.training.translation_metrics import Looks, Written, by_size, exact_matches, greedy, looks
from rnn_core.translation import registry
from rnn_core.translation.encoder_decoder import EncoderDecoder, Translator

BATCH = 128  # pairs of like length; the training loop counts such a batch as one example
MOST_EPOCHS = 160  # far more than it takes until the held-out loss stops falling
ROOM = 5  # tokens more than the longest right target may be written
STOP_AT = 5  # every fifth held-out pair decides when a training stops; what a model is worth is measured on the others


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


def recipe(spec: TranslatorSpec) -> PlateauSpec:
    """How a model is trained: alike for all of one task, whether they look back or not."""
    rate, dropout = {"phrases": (0.01, 0.002), "names": (0.008, 0.0), "kanji": (0.005, 0.0)}[spec.task]
    return PlateauSpec(epochs=MOST_EPOCHS, batch=1, rate=rate, word_dropout=dropout, seed=spec.seed)


def learned(spec: TranslatorSpec) -> Buckets:
    """What a model learns from."""
    task = TRANSLATIONS[spec.task]
    return bucket_by_length(encode_pairs(task, task.parts().train), BATCH, recipe(spec).seed)


def held_out(spec: TranslatorSpec) -> tuple[Pair, ...]:
    """What a model is measured on."""
    return measured(spec.task)


def kind(spec: TranslatorSpec) -> str:
    """What its card says that a network is built of."""
    if spec.task == "katakana":
        return "katakana"
    return f"translator_{spec.attention}" if spec.directions == 2 else "translator_forward"


def objective(spec: TranslatorSpec) -> str:
    """What its card says was minimised."""
    return "theirs" if spec.task == "katakana" else "written"


def worth(spec: TranslatorSpec, line: Mapping[str, Any], manifest: Mapping[str, Any]) -> Count:
    """The held-out texts of the lengths that were learned, and those of them that it wrote without a mistake."""
    group = next(iter(TRANSLATIONS[spec.task].sizes))
    learned, found = set(map(str, manifest["data"]["learned"][group])), line["right"][group].items()
    counts = [count for size, count in found if size in learned]
    return Count(sum(right for right, _ in counts), sum(of for _, of in counts))


def stop_loss(spec: TranslatorSpec, model: EncoderDecoder) -> Callable[[], float]:
    """What measures the loss by which the training of a model is stopped."""
    task = TRANSLATIONS[spec.task]
    return partial(
        mean_loss, model, bucket_by_length(encode_pairs(task, stopping(spec.task)), BATCH, recipe(spec).seed)
    )


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


def written(model: EncoderDecoder, name: str, pairs: tuple[Pair, ...]) -> tuple[Written, ...]:
    """What the model writes for each of some pairs."""
    most = max(len(target) for pair in pairs for target in pair.targets) + ROOM
    return greedy(model, TRANSLATIONS[name], [pair.source for pair in pairs], most)


def score(name: str, model: Translator, pairs: tuple[Pair, ...]) -> dict[str, object]:
    """What the line of a trained model says of what it writes; the model is rounded to half precision for it."""
    task, (size, lengths) = TRANSLATIONS[name], _learned(name)
    before = written(model, name, pairs)
    model.half().float()
    after = written(model, name, pairs)
    correct = exact_matches(pairs, after)
    asked = [one for pair, one in zip(pairs, correct, strict=True) if size(pair.source) in lengths]
    return {
        "exact": sum(asked) / len(asked),
        "right": by_size(task, pairs, correct),
        "changed": sum(one.tokens != other.tokens for one, other in zip(before, after, strict=True)),
        "looks": looks([one for one, fits in zip(after, correct, strict=True) if fits]),
    }


def made_from(name: str) -> dict[str, object]:
    """What the manifest says of the data."""
    return {"data": data_of(name)}


@cache
def data_of(name: str) -> Data:
    """What the models of a task learn from today."""
    task = TRANSLATIONS[name]
    train, test = task.parts()
    rows = [(pair.source, pair.targets) for pair in (*train, *test)]
    return Data(
        vocabulary=registry.task_tokenizer(name).id,
        pairs=hashlib.sha256(json.dumps(rows, ensure_ascii=False).encode()).hexdigest(),
        train=len(train),
        test=len(test),
        measured=len(measured(name)),
        learned={name: sorted({size(pair.source) for pair in train}) for name, size in task.sizes.items()},
    )
