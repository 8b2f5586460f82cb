from __future__ import annotations

import numpy as np

from rnn_core.sound.clips import symbol
from rnn_core.tasks.digits import BANDS, UNHEARD, VOICES, WORDS, DigitSpec, heard, tokenizer


def test_nobody_who_is_measured_was_learned_from() -> None:
    assert set(VOICES) & set(UNHEARD) == set()
    assert len({*VOICES, *UNHEARD}) == len(VOICES) + len(UNHEARD)
    assert tokenizer(DigitSpec(cell="rnn")).outputs == WORDS


def test_what_is_heard_is_bounded_causal_and_the_softest_is_silence() -> None:
    sound = symbol("3")
    found = heard(sound)
    assert found.shape[1] == BANDS
    assert found.dtype == np.float32
    silence = heard(np.zeros(1000, np.float32))
    assert (silence == silence[0, 0]).all()
    assert found.min() >= silence[0, 0]
    assert found.max() < 4
    np.testing.assert_array_equal(heard(sound[: 256 * 9 + 256])[:9], found[:9])
