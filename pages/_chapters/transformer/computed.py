"""Everything about the Transformer that is kept between runs, like `cache.py`; and the one stopwatch of the server."""

from __future__ import annotations

from itertools import takewhile
from typing import TYPE_CHECKING

from pages._ui import visitor
from pages._ui.memo import cached
from rnn_core.figures import Moves
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import TransformerSpec
from rnn_core.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.shuffle import Shuffled
    from rnn_core.models.timing import Point
    from rnn_core.stopwatch import Run
    from rnn_core.training.transformers import Baselines

LAST, ELSE = "猫", "犬"  # the word that takes the last one's place, and what does where it stands there already


@cached()
def order(words: int, turn: int) -> tuple[int, ...]:
    """Another order of so many words."""
    from rnn_core.models import shuffle  # needs torch

    return shuffle.order(words, turn)


@cached()
def shuffled(spec: TransformerSpec, tokens: Sequence[str], places: Sequence[int], causal: bool) -> Shuffled:
    """What the order of `places` does to the states of these words."""
    from rnn_core.models import shuffle  # needs torch

    return shuffle.compare_orders(spec, tokens, places, replacement(tokens), causal=causal)


def replacement(tokens: Sequence[str]) -> str:
    """The word that takes the last one's place."""
    return ELSE if tokens[-1] == LAST else LAST


def moves(found: Shuffled) -> Moves:
    """What is drawn of it."""
    return Moves(found.positions, found.causal, found.moved)


@cached()
def correct(width: int, positions: bool) -> tuple[int, ...]:
    """How many replies to held-out sentences are right, of each trained seed of this size."""
    from rnn_core.training import transformers  # needs torch

    return transformers.correct(width, positions=positions)


@cached()
def baselines() -> Baselines:
    """What those are compared with."""
    from rnn_core.training import transformers  # needs torch

    return transformers.baselines()


STOPWATCH: Stopwatch[Point] = Stopwatch()  # one for the server: what is measured depends on what else the machine does


def race() -> Run[Point] | None:
    """Begin to time the networks; None while somebody else's run goes on. Ends when its reader leaves."""
    from rnn_core.models import timing  # needs torch

    here = visitor.presence()
    return STOPWATCH.start(lambda: takewhile(lambda _point: here(), timing.measure()), len(LENGTHS) * len(COST_MODELS))
