"""What two orders of a sentence make of each network, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from collections.abc import Sequence

    from rnn_core.models.reordering import Reordering
    from rnn_core.specs import NetworkSpec


@cached()
def read_orders(spec: NetworkSpec, words: Sequence[str], places: Sequence[int]) -> Reordering | None:
    """Both orders as the network of `spec` reads them; None where it can't read so many words."""
    from rnn_core.models import reordering  # needs torch

    return reordering.read_orders(spec, words, places)
