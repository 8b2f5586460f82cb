"""What there is to see of any network that tells feelings: of a shipped one its manifest says it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from rnn_core.models import registry
from rnn_core.tasks import feelings
from rnn_core.training.feelings import Examples, Scores, examples, held_out, score
from rnn_core.training.planes import Plane, find_plane

if TYPE_CHECKING:
    from rnn_core.specs import ModelSpec


class Looked(NamedTuple):
    """What there is to see of one network: what it is worth, texts by their feeling and its answer, and its plane."""

    line: Scores
    examples: Examples
    plane: Plane


def look(spec: ModelSpec) -> Looked:
    """What a manifest says of a shipped network, measured of any.

    Raises:
        KiokuError: what `Family.load` raises.
    """
    test = feelings.split(spec.task).test
    worth = score(registry.RECURRENT.load(spec), held_out(spec))
    return Looked(worth, examples(spec, test), find_plane(spec, test))
