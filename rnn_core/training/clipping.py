"""The same training twice, with clipping and without: what the loss and the gradients do when the gradients explode.

A network that explodes is trained on small talk without full stops: sentences of the grammar, one after the other, each
word to predict the next. Both runs begin with the same weights and see the same batches.
"""

from __future__ import annotations

import random
from typing import TYPE_CHECKING, Literal

import numpy as np
from pydantic import Field

from rnn_core.models import registry
from rnn_core.models.sentence_gradients import with_overrides
from rnn_core.models.sentence_spec import exploding
from rnn_core.progress import report
from rnn_core.runs import Run
from rnn_core.specs import Spec
from rnn_core.tasks import smalltalk
from rnn_core.training.loop import Diverged, Event, Step, fit
from rnn_core.training.sentences import Sentences, encode, next_word_loss
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin

if TYPE_CHECKING:
    from collections.abc import Iterator

SEQUENCES, WORDS, BATCH, EPOCHS = 128, 30, 16, 5
CHANCE = 0  # the seed of the sentences that are put together


class ClippingSpec(Spec):
    """What the reader chooses of the training.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.
    """

    clip: Literal["norm", "value", "none"] = "norm"
    threshold: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    rate: float = Field(default=0.1, gt=0, allow_inf_nan=False)


def run(spec: ClippingSpec) -> Run:
    """Train through `fit`, and keep what happened.

    Example:
        >>> len(run(ClippingSpec()).loss) == EPOCHS * SEQUENCES // BATCH
        True
    """
    steps: list[Step | Diverged] = []
    for event in _events(spec):
        if isinstance(event, Step | Diverged):
            steps.append(event)
            report(len(steps) * BATCH / (SEQUENCES * EPOCHS))
    after = [event.clipped_norm if isinstance(event, Step) else np.nan for event in steps]
    return Run(
        np.array([event.loss for event in steps]), np.array([event.gradient_norm for event in steps]), np.array(after)
    )


def _events(spec: ClippingSpec) -> Iterator[Event]:
    plan = TrainSpec(
        epochs=EPOCHS,
        batch=BATCH,
        optimizer="sgd",
        rate=spec.rate,
        decay="none",
        clip=spec.clip,
        threshold=spec.threshold,
    )
    start = exploding(("…",))
    model = registry.family_of(start.model).fresh(start.model)
    model.recurrent = with_overrides(model.recurrent, start).float()
    return fit(begin(model, plan), next_word_loss, sentences(), plan)


def sentences() -> Sentences:
    """Small talk without end: as many sentences as fill the words, put together by chance, the same each time."""
    generator, examples = random.Random(CHANCE), smalltalk.split().train
    pairs = []
    for _ in range(SEQUENCES):
        words: list[str] = []
        while len(words) <= WORDS:
            words.extend(generator.choice(examples).words)
        pairs.append((tuple(words[:WORDS]), words[WORDS]))  # what follows the last word is a word too
    return encode(pairs, smalltalk.tokenizer())
