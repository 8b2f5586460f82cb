"""Everything about the sentiment networks that is kept between runs, like `cache.py`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.sentiment import SentimentPrediction
    from rnn_core.tasks.sentiment import SentimentSpec, Worth


@cached()
def classify(spec: SentimentSpec, tokens: Sequence[str]) -> SentimentPrediction:
    """What a sentiment network says of these words."""
    from rnn_core.models import sentiment  # needs torch

    return sentiment.classify(spec, tokens)


@cached()
def worth() -> tuple[tuple[Worth, ...], float]:
    """What one direction and two are worth, and what the commonest answer is."""
    from rnn_core.training import sentiment  # needs torch
    from rnn_core.training.tasks import SENTIMENT

    made = SENTIMENT.manifest()
    return sentiment.worth(made["models"]), made["majority"]
