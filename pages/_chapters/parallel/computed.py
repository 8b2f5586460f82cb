"""Newton's rounds and the stages of the scan, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached
from rnn_core.specs import MinimalSpec, ModelSpec

if TYPE_CHECKING:
    from collections.abc import Sequence

    import numpy as np
    from numpy.typing import NDArray

    from rnn_core.gradients.newton import NewtonRun
    from rnn_core.models.sentence_rounds import ScanStages
    from rnn_core.training.parallel import Tables

MINIMAL = MinimalSpec(cell="mingru", hidden=16)
CHAIN = ModelSpec(cell="gru", hidden=16)


@cached(heavy=lambda spec, tokens, **_: spec.hidden * len(tokens) > 600)
def solved(spec: ModelSpec, tokens: Sequence[str], *, scale: float, clip: bool) -> NewtonRun:
    """Newton's method on these words."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.solve(spec, tokens, scale=scale, clip=clip)


def longest(spec: ModelSpec) -> int:
    """On how many words of a network of this size it is tried."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.longest(spec)


@cached()
def scanned(tokens: Sequence[str]) -> ScanStages:
    """What the minGRU knows of these words after each stage."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.read_by_scan(MINIMAL, tokens)


@cached()
def chained(tokens: Sequence[str]) -> NDArray[np.floating]:
    """The states of the GRU beside it."""
    from rnn_core.models import sentence_rounds  # needs torch

    return sentence_rounds.hidden_states(CHAIN, tokens)


@cached()
def tables() -> Tables:
    """What was measured beforehand."""
    from rnn_core.training import parallel  # needs torch

    return parallel.tables()


@cached()
def replies(spec: MinimalSpec | ModelSpec) -> tuple[float, ...]:
    """The share of right replies of a network, of every seed that was trained."""
    from rnn_core.training import accuracy, shipped  # needs torch

    found = (accuracy.find_accuracy(spec.model_copy(update={"seed": seed})) for seed in shipped.SEEDS)
    return tuple(share for share in found if share is not None)
