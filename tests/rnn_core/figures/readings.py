"""A reading of feelings made by hand, without torch."""

from __future__ import annotations

import numpy as np

from rnn_core.models.feeling_reading import FeelingReading
from rnn_core.models.model_trace import ModelTrace
from rnn_core.recurrent.trace import Trace
from rnn_core.specs import ModelSpec
from rnn_core.tasks.sentiment import FEELINGS
from rnn_core.text.tokenizer import Token
from tests.rnn_core.figures.cases import layer, words

SPEC = ModelSpec(task="smalltalk_feelings", cell="gru", hidden=8)


def reading(
    answers: tuple[int, ...], drops: tuple[float, ...] | None = None, influence: tuple[float, ...] | None = None
) -> FeelingReading:
    """A text of as many tokens as there are answers."""
    steps = len(answers)
    shares = np.full((steps, len(FEELINGS)), 0.1, np.float32)
    shares[np.arange(steps), list(answers)] = 0.8
    recorded = layer("gru", steps=steps)
    trace = ModelTrace(
        spec=SPEC,
        tokens=tuple(Token(word, True, "") for word in words(steps)),
        embedding=np.zeros((steps, 4), np.float32),
        layers=Trace("gru", ((recorded,),), recorded["hidden_state"], 0.0),
        distribution=shares,
        outputs=FEELINGS,
        ends=(True,) * len(FEELINGS),
        parameters=7,
    )
    drops = drops or tuple(0.1 * (at - 1) for at in range(steps))
    influence = influence or tuple(1.0 + at for at in range(steps))
    agreement = 0.5 if steps > 1 else float("nan")
    return FeelingReading(trace, np.array(drops), np.array(influence), agreement)
