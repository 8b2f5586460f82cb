"""Everything about the Transformer that is kept between runs, like `cache.py`; and its times."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import cache, measuring
from pages._ui.components.transformer_layers import Both, Reordered
from pages._ui.measuring import STOPWATCH
from pages._ui.memo import cached
from rnn_core import order
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import ModelSpec, TransformerSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.timing import Point
    from rnn_core.stopwatch import Run
    from rnn_core.training.accuracy import Guessing

LONG = 30  # words; four readings of more, in two orders each, take some tenths of a second


@cached()
def both(spec: TransformerSpec, tokens: Sequence[str]) -> Both:
    """These words, read by the Transformer and by the RNN of its width and weights."""
    from rnn_core.models import self_attention  # needs torch

    return Both(self_attention.read_layers(spec, tokens), cache.trace(rival(spec), tokens))


@cached(heavy=lambda spec, tokens: len(tokens) > LONG)  # noqa: ARG005  # each width takes as long
def reordered(spec: TransformerSpec, tokens: Sequence[str]) -> Reordered:
    """The same with two of the words exchanged, with and without positions and mask."""
    from rnn_core.models import self_attention  # needs torch

    places = order.opening(len(tokens))
    ways = self_attention.read_ways(spec, tokens, places)
    return Reordered(places, ways, cache.trace(rival(spec), order.arranged(tokens, places)))


@cached()
def written(spec: TransformerSpec) -> Both:
    """What the Transformer writes after one word, read by both."""
    from rnn_core.models import generation  # needs torch

    return both(spec, generation.write_on(spec, (generation.FIRST,)))


def rival(spec: TransformerSpec) -> ModelSpec:
    """The RNN that the Transformer is drawn with.

    Example:
        >>> rival(TransformerSpec(hidden=16)).name
        'rnn16'
    """
    return ModelSpec(cell="rnn", hidden=spec.hidden, weights=spec.weights, seed=spec.seed)


@cached()
def correct(width: int, positions: bool) -> tuple[int, ...]:
    """How many replies to held-out sentences are right, of each trained seed of this size."""
    from rnn_core.training import accuracy  # needs torch

    return accuracy.correct(width, positions=positions)


@cached()
def baselines() -> Guessing:
    """What those are compared with."""
    from rnn_core.training import accuracy  # needs torch

    return accuracy.guessing()


def race() -> Run[Point] | None:
    """Begin to time the networks; None while somebody else's run goes on."""
    from rnn_core.models import timing  # needs torch

    return measuring.begin(STOPWATCH, lambda: timing.measure(), len(LENGTHS) * len(COST_MODELS))
