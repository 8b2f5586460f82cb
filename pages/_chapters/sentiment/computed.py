"""Everything about the sentiment networks that is kept between runs, like `cache.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.models.feeling_reading import FeelingReading
    from rnn_core.models.sentiment import SentimentPrediction
    from rnn_core.quantities import Recurrent
    from rnn_core.specs import ModelSpec
    from rnn_core.tasks.sentiment import SentimentSpec, Worth
    from rnn_core.training.feelings import Looked, Manifest


@cached()
def read(spec: ModelSpec, tokens: Sequence[str]) -> FeelingReading:
    """What a network makes of a text."""
    from rnn_core.models import feeling_reading  # needs torch

    return feeling_reading.read(spec, tokens)


@cached()
def made(task: str) -> Manifest:
    """How the networks of a task were made, and what they are worth."""
    from rnn_core.training.feelings import FEELINGS  # needs torch

    return FEELINGS[task].manifest()


@cached(heavy=lambda spec: True)  # noqa: ARG005  # called by their names
def _found(spec: ModelSpec) -> Looked:
    """The same of a network that no manifest has, measured here."""
    from rnn_core.training import feelings  # needs torch

    return feelings.look(spec)


def looked(spec: ModelSpec) -> Looked:
    """What the manifest says of a shipped network, and what is measured of any other."""
    from rnn_core.training.feelings import Looked  # needs torch

    if spec.weights != "trained":
        return _found(spec)
    manifest, name = made(spec.task), spec.name
    return Looked(manifest["models"][name], manifest["examples"][name], manifest["planes"][name])


@cached()
def path(spec: ModelSpec, tokens: Sequence[str]) -> NDArray[np.float64]:
    """The states of a text in the plane of its network, (T, 2)."""
    from rnn_core.training import planes  # needs torch

    return planes.project(looked(spec).plane, read(spec, tokens).trace.layers.output)


@cached()
def without(spec: ModelSpec, tokens: Sequence[str], place: int) -> tuple[int, NDArray[np.float64]] | None:
    """A token (0-based), and the path of the text without it; None where nothing is left."""
    from rnn_core.models.feeling_reading import tokens_without  # needs torch

    return (place, path(spec, tokens_without(tokens, place))) if len(tokens) > 1 else None


@cached()
def judged(spec: ModelSpec) -> str:
    """What the slow points of a network are."""
    from rnn_core.training import planes  # needs torch

    return planes.judge_slow_points(looked(spec).plane)


@cached()
def accuracies(task: str) -> Mapping[Recurrent, tuple[float, float, float]]:
    """Of each cell's network the accuracy, and the ends of its interval."""
    from rnn_core.training.feelings import accuracies  # needs torch

    return accuracies(made(task)["models"], task)


@cached()
def lengths(task: str) -> Mapping[Recurrent, tuple[tuple[int, int], ...]]:
    """Of each cell's network, how many texts of each group of lengths it gets right, of how many."""
    from rnn_core.training.feelings import by_length  # needs torch

    return by_length(made(task)["models"], task)


@cached()
def shares(spec: ModelSpec) -> NDArray[np.float64]:
    """The confusion matrix of a network as shares of its rows."""
    from rnn_core.training.feelings import row_shares  # needs torch

    return row_shares(looked(spec).line["confusion"])


@cached()
def classify(spec: SentimentSpec, tokens: Sequence[str]) -> SentimentPrediction:
    """What a network with one direction or two says of these words."""
    from rnn_core.models import sentiment  # needs torch

    return sentiment.classify(spec, tokens)


@cached()
def worth() -> tuple[tuple[Worth, ...], float]:
    """What one direction and two are worth, and what the commonest answer is."""
    from rnn_core.training import sentiment  # needs torch
    from rnn_core.training.tasks import SENTIMENT

    said = SENTIMENT.manifest()
    return sentiment.worth(said["models"]), said["majority"]
