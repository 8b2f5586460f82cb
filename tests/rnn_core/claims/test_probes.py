from __future__ import annotations

import numpy as np

from rnn_core.claims.probes import _chance, _read_back

RANDOM = np.random.default_rng(0)


def test_what_is_in_the_state_is_read_back_and_what_is_not_is_not() -> None:
    words = np.array(["a", "b", "c"])
    named, right = (words[RANDOM.integers(3, size=count)] for count in (600, 300))
    codes = {word: RANDOM.normal(size=4) for word in words}
    states, others = (np.array([codes[one] for one in these], np.float32) for these in (named, right))
    assert _read_back(states, named, others, right) == 1
    noise, more = (RANDOM.normal(size=one.shape).astype(np.float32) for one in (states, others))
    assert abs(_read_back(noise, named, more, right) - 1 / 3) < 0.12


def test_the_commonest_word_is_that_of_what_was_learned() -> None:
    assert _chance(np.array(["a", "b", "b"]), np.array(["a", "b", "a", "a"])) == 0.25
