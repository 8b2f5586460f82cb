"""What is kept between runs of the compared networks, like `cache.py`: each number alike of every kind of network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import cache
from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.lineup import Compared
    from rnn_core.models.model_trace import ModelTrace

SLOW, LONG = (
    ("attentive", "transformer"),
    40,
)  # of these networks the influences of so many words take some tenths of a second

TIMED = 25  # runs of a network whose time is measured


def trace(spec: Compared, tokens: Sequence[str]) -> ModelTrace:
    """What the network of `spec` computes on these words."""
    return cache.trace(spec, tokens)


@cached(heavy=lambda spec, tokens: spec.cell in SLOW and len(tokens) > LONG)
def influence(spec: Compared, tokens: Sequence[str]) -> NDArray[np.float64]:
    """How strongly each state of the network hangs on each word."""
    from rnn_core.models import registry  # needs torch

    return registry.input_influence(spec, tokens)


@cached()
def reply_norms(spec: Compared, tokens: Sequence[str]) -> Mapping[str, NDArray[np.float64]]:
    """How strongly the network's reply hangs on each of its states."""
    from rnn_core.models import registry  # needs torch

    return registry.reply_norms(spec, tokens)


@cached()
def seconds(spec: Compared, tokens: Sequence[str]) -> float:
    """How long the network takes for the sentence on this machine: measured once, then kept."""
    from rnn_core.models import registry  # needs torch

    return registry.seconds_a_sentence(spec, tokens, TIMED)


@cached()
def correct_replies(spec: Compared) -> tuple[int, int] | None:
    """How many held-out sentences a shipped network answers right, of how many; None for weights not shipped."""
    from rnn_core.training import shipped  # needs torch

    found = cache.accuracy(spec)
    sentences = shipped.manifest()["sentences"]["test"]
    return None if found is None else (round(found * sentences), sentences)
