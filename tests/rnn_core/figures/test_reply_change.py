from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import reply_change
from rnn_core.models.model_trace import ModelTrace
from rnn_core.recurrent.trace import Trace
from rnn_core.specs import ModelSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Token
from tests.rnn_core.figures.cases import layer

REPLIES = ("そうだね!", "楽しみだね!")


def trace(*shares: float, steps: int = 2) -> ModelTrace:
    """A model that ends a sentence of so many words with these probabilities for its two replies."""
    rows = np.array([[0.5, 0.5]] * (steps - 1) + [shares], np.float32)
    recorded = layer("lstm", steps, 4)
    return ModelTrace(
        spec=ModelSpec(cell="lstm", hidden=4),
        tokens=(Token("今日", True, "today"),) * steps,
        embedding=np.zeros((steps, 3), np.float32),
        layers=Trace("lstm", ((recorded,),), np.zeros((steps, 4), np.float32), 0.0),
        distribution=rows,
        outputs=REPLIES,
        ends=(True, True),
        parameters=1,
        glosses=tuple(map(smalltalk.gloss, REPLIES)),
    )


@pytest.mark.parametrize(
    ("after", "lang", "said"),
    [
        ((0.31, 0.69), "ja", "「そうだね!」は 87% から 31% に。確率が最も高いのは「楽しみだね!」（69%）に変わる。"),
        ((0.8, 0.2), "ja", "「そうだね!」は 87% から 80% に。返事は変わらない。"),
        ((0.87, 0.13), "ja", "「そうだね!」は 87% のまま。返事は変わらない。"),
    ],
)
def test_it_says_what_became_of_the_reply(after: tuple[float, float], lang: str, said: str) -> None:
    assert reply_change(trace(0.87, 0.13), trace(*after), lang=lang) == said


def test_readers_of_english_get_a_gloss() -> None:
    said = reply_change(trace(0.87, 0.13), trace(0.31, 0.69), lang="en")
    assert said.startswith("“そうだね!” (")
    assert "goes from 87% to 31%" in said
    assert "楽しみだね!" in said


def test_the_sentences_may_be_of_different_lengths() -> None:
    before = trace(0.87, 0.13)
    one, other = (reply_change(before, trace(0.31, 0.69, steps=steps), lang="ja") for steps in (1, 7))
    assert one == other
