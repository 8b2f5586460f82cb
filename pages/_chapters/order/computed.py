"""What two orders of a sentence make of each network, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui import cache
from pages._ui.memo import cached
from rnn_core import order
from rnn_core.models.answer import Answer, Contrast

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.reordering import Reordering
    from rnn_core.specs import NetworkSpec


@cached()
def read_orders(spec: NetworkSpec, words: Sequence[str], places: Sequence[int]) -> Reordering | None:
    """Both orders as the network of `spec` reads them; None where it can't read so many words."""
    from rnn_core.models import reordering  # needs torch

    return reordering.read_orders(spec, words, places)


@cached()
def contrast(words: Sequence[str], places: Sequence[int]) -> tuple[Contrast, ...]:
    """What each of the compared networks answers at the end of both orders; nothing where it can't read so many."""
    both = (tuple(words), order.arranged(words, places))
    return tuple(
        Contrast(spec, len(words), _pair(cache.answers(spec, both)) if spec.takes(len(words)) else None)
        for spec in order.NETWORKS
    )


def _pair(found: Sequence[Answer]) -> tuple[Answer, Answer]:
    before, after = found
    return before, after
