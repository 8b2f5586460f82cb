"""What the networks of /text-generation write, and what their manifests say, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.meanings import Clamped, Scores
    from rnn_core.models.writing import Written
    from rnn_core.specs import ModelSpec
    from rnn_core.statistics.truncation import Truncation
    from rnn_core.training import shipped
    from rnn_core.training.written import Manifest

SENTENCES = "smalltalk"
"""The task whose texts are written word by word; its networks are those of the other chapters."""


@cached()
def draw(spec: ModelSpec, tokens: Sequence[str], truncation: Truncation, seed: int) -> Written:
    """What a network writes by chance."""
    from rnn_core.models import writing  # needs torch

    return writing.draw(spec, tokens, truncation, seed)


@cached(heavy=lambda spec, tokens, width: width > 2)  # noqa: ARG005  # called by their names
def search(spec: ModelSpec, tokens: Sequence[str], width: int) -> Written:
    """What a beam finds."""
    from rnn_core.models import writing  # needs torch

    return writing.search(spec, tokens, width)


@cached()
def manifest(task: str) -> Manifest:
    """What the networks of a task that is written character by character are worth."""
    from rnn_core.training.tasks import WRITTEN  # needs torch

    return WRITTEN[task].manifest()


@cached()
def beginning(task: str, text: str) -> tuple[tuple[str, ...], bool]:
    """The tokens with which a task begins, and whether some were left out."""
    from rnn_core.models import writing  # needs torch

    return writing.beginning(task, text)


@cached()
def hardest(spec: ModelSpec) -> tuple[str, float]:
    """The held-out text that a network expects least, and the probability that it gives it."""
    from rnn_core.training import written  # needs torch

    return written.hardest(spec)


def perplexity(spec: ModelSpec) -> tuple[float, tuple[float, float] | None]:
    """What the manifest says of a network on held-out texts, with its interval where it has one."""
    if spec.weights != "trained":
        return measured(spec)
    if spec.task == SENTENCES:
        return smalltalk()["models"][spec.name]["perplexity"], None
    line = manifest(spec.task)["models"][spec.name]
    return line["perplexity"], line["interval"]


@cached()
def measured(spec: ModelSpec) -> tuple[float, tuple[float, float]]:
    """The same of a network that no manifest has."""
    from rnn_core.training import written  # needs torch

    return written.measure(spec)


def counting(task: str) -> tuple[int, float, tuple[float, float] | None]:
    """The n of the best n-gram model, and what the manifest says of it, likewise."""
    if task == SENTENCES:
        return 2, smalltalk()["baselines"]["bigram"], None
    line = manifest(task)["ngram"]
    return line["order"], line["perplexity"], line["interval"]


@cached()
def smalltalk() -> shipped.Manifest:
    """What the networks of small talk are worth."""
    from rnn_core.training.tasks import SMALLTALK  # needs torch

    return SMALLTALK.manifest()


@cached(heavy=lambda spec: True)  # noqa: ARG005  # called by their names
def unit_scores(spec: ModelSpec) -> tuple[Scores, ...]:
    """How closely the units of a network follow each property of its task."""
    from rnn_core.models import meanings  # needs torch

    return meanings.score(spec)


@cached(heavy=lambda spec, scores, key, count: True)  # noqa: ARG005  # called by their names
def clamp(spec: ModelSpec, scores: Sequence[Scores], key: str, count: int) -> Clamped:
    """What the network writes with the units clamped that follow a property best."""
    from rnn_core.models import meanings  # needs torch

    return meanings.clamp(spec, next(row for row in scores if row.key == key), count)
