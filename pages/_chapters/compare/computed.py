"""What is kept between runs of the compared networks, like `cache.py`: each number alike of every kind of network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import cache, turns
from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.lineup import Compared
    from rnn_core.models.measures import Spread
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.training.accuracy import Guessing

SLOW, LONG = (
    ("attentive", "transformer"),
    40,
)  # of these networks the influences of so many words take some tenths of a second

TIMED = 25  # runs of each network whose time is measured


def trace(spec: Compared, tokens: Sequence[str]) -> ModelTrace:
    """What the network of `spec` computes on these words."""
    return cache.trace(spec, tokens)


@cached(heavy=lambda spec, tokens: spec.cell in SLOW and len(tokens) > LONG)
def influence(spec: Compared, tokens: Sequence[str]) -> NDArray[np.float64]:
    """How strongly each state of the network hangs on each word."""
    from rnn_core.models import registry  # needs torch

    return registry.input_influence(spec, tokens)


@cached()
def last_influence(spec: Compared, tokens: Sequence[str]) -> NDArray[np.float64]:
    """How strongly the last state of the network hangs on each word."""
    from rnn_core.models import registry  # needs torch

    return registry.last_influence(spec, tokens)


@cached()
def reply_norms(spec: Compared, tokens: Sequence[str]) -> Mapping[str, NDArray[np.float64]]:
    """How strongly the network's reply hangs on each of its states."""
    from rnn_core.models import registry  # needs torch

    return registry.reply_norms(spec, tokens)


def times(specs: Sequence[Compared], tokens: Sequence[str]) -> tuple[Spread, ...]:
    """How long each network takes for the sentence now and here; kept for nobody, since it is of this moment."""
    from rnn_core.models import registry  # needs torch

    with turns.turn():
        return registry.seconds_in_turns(specs, tokens, TIMED)


@cached()
def accuracy(spec: Compared) -> tuple[int, int] | None:
    """How many held-out sentences a shipped network answers right, of how many; None for weights not shipped."""
    found, sentences = cache.accuracy(spec), guessing().sentences
    return None if found is None else (round(found * sentences), sentences)


@cached()
def guessing() -> Guessing:
    """What is right without reading."""
    from rnn_core.training import accuracy  # needs torch

    return accuracy.guessing()
