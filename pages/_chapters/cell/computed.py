"""What is computed for the chapter alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.memo import cached

if TYPE_CHECKING:
    from rnn_core.models.carrying import Carrying
    from rnn_core.specs import ModelSpec

LONG = 12  # words beyond which it takes some tenths of a second


@cached(heavy=lambda spec, tokens, others, layer, direction: len(tokens) > LONG)  # noqa: ARG005  # called by their names
def find_carrying(
    spec: ModelSpec, tokens: tuple[str, ...], others: tuple[str, ...], layer: int, direction: int
) -> Carrying:
    """What each state of a sentence restores in one with another word."""
    from rnn_core.models import carrying  # needs torch

    return carrying.find_carrying(spec, tokens, others, layer, direction)
