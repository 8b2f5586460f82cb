from __future__ import annotations

import math

import numpy as np
import pytest

from rnn_core.models.answer import Answer, Contrast
from rnn_core.order import READERS
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Token

OUTPUTS, ENDS = ("は", "まさか!", "危ないね!"), (False, True, True)
GLOSSES = tuple(map(smalltalk.gloss, OUTPUTS))


def answer(*shares: float) -> Answer:
    return Answer(READERS[0], (Token("犬", True, "dog"),), np.array(shares, np.float32), OUTPUTS, ENDS, GLOSSES)


def test_the_reply_is_the_likeliest_output() -> None:
    best = answer(0.25, 0.5, 0.25).reply
    assert (best.text, best.probability, best.ends, bool(best.gloss)) == ("まさか!", 0.5, True, True)
    assert [guess.text for guess in answer(0.25, 0.5, 0.25).top(3)] == ["まさか!", "は", "危ないね!"]


def test_the_numbers_can_not_be_changed() -> None:
    with pytest.raises(ValueError, match="read-only"):
        answer(1, 0, 0).distribution[0] = 0


def test_a_contrast_says_how_far_and_to_what() -> None:
    contrast = Contrast(READERS[0], 1, (answer(0, 0.75, 0.25), answer(0, 0.25, 0.75)))
    assert contrast.moved == 0.5
    assert [guess.text for guess in contrast.outputs] == ["まさか!", "危ないね!"]


def test_where_the_reply_stays_the_runner_up_is_the_second_output() -> None:
    contrast = Contrast(READERS[0], 1, (answer(0.125, 0.75, 0.125), answer(0.125, 0.75, 0.125)))
    assert contrast.moved == 0
    assert [guess.text for guess in contrast.outputs] == ["まさか!", "は"]


def test_without_answers_there_is_nothing_to_measure() -> None:
    contrast = Contrast(READERS[1], 9, None)
    assert math.isnan(contrast.moved)
    assert contrast.outputs == ()
