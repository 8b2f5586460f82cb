"""How many rounds of Newton's method the shipped networks take, and what scale, length and training make of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import nn
from typing_extensions import TypedDict

from rnn_core.gradients.newton import deer
from rnn_core.models import registry
from rnn_core.models.language_model import NextWord
from rnn_core.models.sentence_spec import continued
from rnn_core.quantities import CELLS
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import shipped
from rnn_core.training.loop import Evaluated, fit
from rnn_core.training.sentences import next_word_loss
from rnn_core.training.state import begin

SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
WORDS = 60
SCALES = (1.0, 2.0, 3.0, 4.0, 5.0, 6.0)
LENGTHS = (6, 24, 60, 200, 1000, 4096)
DRAWS = (1, 2, 3)  # random words


class Rounds(TypedDict):
    """One network on one sequence: λ, and the rounds without and with clipping; None where 12 digits never agree."""

    exponent: float
    plain: int | None
    clipped: int | None


def rounds_of(module: nn.RNNBase, inputs: Float[torch.Tensor, "T D"], scale: float = 1.0) -> Rounds:
    """Measure one network on one sequence."""
    plain, clipped = (deer(module, inputs, scale=scale, clip=clip) for clip in (False, True))
    return Rounds(exponent=round(plain.exponent, 4), plain=plain.rounds, clipped=clipped.rounds)


def embedded(model: NextWord, words: Sequence[str]) -> Float[torch.Tensor, "T D"]:
    """What the layers of a network receive of these words."""
    found: torch.Tensor = model.embedding(torch.tensor(smalltalk.vocabulary().encode(words)))
    return found.detach()


def by_network() -> Iterator[tuple[str, Rounds]]:
    """Every shipped RNN, LSTM and GRU and its untrained twin, on 60 words."""
    for cell in CELLS:
        for hidden in shipped.SIZES:
            for weights in ("trained", "fresh"):
                model = registry.RECURRENT.load(ModelSpec(cell=cell, hidden=hidden, weights=weights))
                yield (
                    f"{cell}-{hidden}-{weights}",
                    rounds_of(model.recurrent, embedded(model, continued(SENTENCE, WORDS))),
                )


def by_scale() -> Iterator[tuple[str, Rounds]]:
    """The networks of 16 units with W_hh enlarged, on 60 words."""
    for cell in CELLS:
        for weights in ("trained", "fresh"):
            model = registry.RECURRENT.load(ModelSpec(cell=cell, hidden=16, weights=weights))
            for scale in SCALES:
                found = rounds_of(model.recurrent, embedded(model, continued(SENTENCE, WORDS)), scale)
                yield f"{cell}-{weights}-{scale:g}", found


def by_length() -> Iterator[tuple[str, int | None]]:
    """The GRU of 16 units with clipping, on words drawn at random: the largest of three draws, by the length."""
    model = registry.RECURRENT.load(ModelSpec(cell="gru", hidden=16))
    for words in LENGTHS:
        counts = [deer(model.recurrent, drawn(model, words, seed), clip=True).rounds for seed in DRAWS]
        yield str(words), None if None in counts else max(count for count in counts if count is not None)


def drawn(model: NextWord, words: int, seed: int) -> Float[torch.Tensor, "T D"]:
    """Words of the vocabulary drawn at random."""
    ids = np.random.default_rng(seed).integers(1, len(smalltalk.vocabulary()), words)
    found: torch.Tensor = model.embedding(torch.tensor(ids))
    return found.detach()


def by_epoch() -> Iterator[tuple[str, Rounds]]:
    """A GRU of 16 units while it is trained as the shipped one is, before and after each epoch, on 60 words."""
    spec = ModelSpec(cell="gru", hidden=16)
    model, plan, learned = registry.RECURRENT.fresh(spec), shipped.recipe(spec), shipped.learned(spec)

    def look() -> Rounds:
        return rounds_of(model.recurrent, embedded(model, continued(SENTENCE, WORDS)))

    yield "0", look()
    for event in fit(begin(model, plan), next_word_loss, learned, plan, dict):
        if isinstance(event, Evaluated):
            yield str(event.epoch), look()
