"""Answers made by hand, without torch: what the networks of the comparison might say."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.models.answer import Answer, Contrast
from rnn_core.order import NETWORKS
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Token

if TYPE_CHECKING:
    from rnn_core.specs import NetworkSpec

OUTPUTS, ENDS = ("は", "まさか!", "危ないね!", "<b>"), (False, True, True, True)
BAG, WINDOW, CNN, RNN, LSTM, GRU = NETWORKS
TOKENS = tuple(Token(word, True, "") for word in ("犬", "が", "人"))


def answer(spec: NetworkSpec, *shares: float) -> Answer:
    rest = (*shares, *[0.0] * (len(OUTPUTS) - len(shares)))
    return Answer(spec, TOKENS, np.array(rest, np.float32), OUTPUTS, ENDS, tuple(map(smalltalk.gloss, OUTPUTS)))


def contrast(spec: NetworkSpec, before: tuple[float, ...], after: tuple[float, ...]) -> Contrast:
    return Contrast(spec, len(TOKENS), (answer(spec, *before), answer(spec, *after)))


def contrasts() -> tuple[Contrast, ...]:
    """The bag is blind, the window refuses, the CNN and the GRU keep their reply, RNN and LSTM change it."""
    return (
        contrast(BAG, (0.1, 0.5, 0.4), (0.1, 0.5, 0.4)),
        Contrast(WINDOW, 9, None),
        contrast(CNN, (0.0, 0.6, 0.4), (0.0, 0.7, 0.3)),
        contrast(RNN, (0.0, 0.9, 0.1), (0.0, 0.2, 0.8)),
        contrast(LSTM, (0.0, 1.0, 0.0), (0.0, 0.0, 1.0)),
        contrast(GRU, (0.0, 0.6, 0.0, 0.4), (0.0, 0.5, 0.2, 0.3)),
    )
