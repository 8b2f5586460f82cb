from __future__ import annotations

import pytest

import rnn_core as rc
from pages._ui import cache
from rnn_core.tasks import smalltalk


def test_equal_questions_are_answered_once_and_different_ones_apart(warm: None) -> None:
    spec = rc.ModelSpec(cell="gru", hidden=8, weights="fresh")
    one = cache.trace(spec, ("今日", "は"))
    assert cache.trace(rc.ModelSpec(hidden=8, cell="gru", weights="fresh"), ("今日", "は")) is one
    assert cache.trace(spec, ("今日",)) is not one
    assert cache.trace(rc.ModelSpec(cell="gru", hidden=8, weights="fresh", seed=1), ("今日", "は")) is not one
    assert cache.words("今日は暑い") is cache.words("今日は暑い")


def test_an_error_is_not_kept() -> None:
    for _ in range(2):
        with pytest.raises(rc.KiokuError):
            cache.words("")


def test_the_first_picture_is_what_the_network_computes(warm: None) -> None:
    stored = cache.first_picture()
    live = rc.run(stored.spec, [token.text for token in stored.tokens])
    assert stored.tokens == live.tokens
    assert stored.distribution == pytest.approx(live.distribution, abs=1e-6)
    assert stored.outputs == smalltalk.outputs()
