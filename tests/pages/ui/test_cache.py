from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from pages._ui import cache
from rnn_core.models import registry, sources
from rnn_core.recurrent.circuit import compute_wires
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


def test_what_is_held_is_a_question_of_its_own(warm: None) -> None:
    spec, words = rc.ModelSpec(cell="gru", hidden=8, weights="fresh"), ("今日", "は")
    one = cache.trace(spec, words, (rc.Clamp("update_gate", 0.0, steps=1),))
    assert cache.trace(spec, words, (rc.Clamp("update_gate", 0.0, steps=1),)) is one
    others = [cache.trace(spec, words, (rc.Clamp("update_gate", *held),)) for held in ((0.5,), (0.0,), (0.0, None, 0))]
    assert len({id(trace) for trace in (one, cache.trace(spec, words), *others)}) == 5


@pytest.mark.parametrize("cell", rc.quantities.CELLS)
def test_the_wires_are_those_of_the_trace(warm: None, cell: rc.quantities.Cell) -> None:
    trace = cache.trace(rc.ModelSpec(cell=cell, hidden=8), ("今日", "は"))
    layer, weights = trace.layer(), registry.RECURRENT.load(trace.spec).recurrent.state_dict()
    expected = compute_wires(layer, trace.embedding, {name: weight.numpy() for name, weight in weights.items()})
    found = cache.wires(trace)
    assert found.keys() == expected.keys()
    for key, values in found.items():
        np.testing.assert_array_equal(values, expected[key])


def test_the_stored_picture_has_its_wires_before_torch_is_there(warm: None, monkeypatch: pytest.MonkeyPatch) -> None:
    stored = cache.first_picture()
    expected = cache.wires(stored)
    monkeypatch.setattr(cache.runtime, "ready", lambda: False)
    monkeypatch.setattr(sources.Shipped, "load", lambda *_: pytest.fail("the reader would have to wait"))
    for key, values in cache.wires(stored).items():
        np.testing.assert_array_equal(values, expected[key])


def test_the_weights_to_take_home_are_made_once(warm: None) -> None:
    spec = rc.ModelSpec(cell="rnn", hidden=8)
    assert cache.weights_file(spec) is cache.weights_file(spec)
    assert cache.weights_file(spec) == registry.family_of(spec).weights_bytes(spec)
