"""What is kept between runs of the way back: cheap enough to follow a knob, apart from what is only opened."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.cache import LONG
from pages._ui.memo import cached

if TYPE_CHECKING:
    from rnn_core.models.sentence_spec import SentenceSpec, SentenceWay


@cached(heavy=lambda spec: len(spec.words) * spec.model.hidden > LONG)
def find_way(spec: SentenceSpec) -> SentenceWay:
    """The loss on its way back through the words that the network of `spec` has read."""
    from rnn_core.models import sentence_way  # needs torch

    return sentence_way.find_way(spec)
