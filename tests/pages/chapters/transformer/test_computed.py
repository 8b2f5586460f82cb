from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.transformer import computed
from pages._ui import visitor
from rnn_core.models import generation, self_attention, timing
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import ModelSpec, TransformerSpec
from rnn_core.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = ("今日", "は", "猫")
SPEC = TransformerSpec(hidden=16)


def test_what_is_kept_is_what_is_computed_and_one_object_for_all(warm: None) -> None:
    found, other = computed.both(SPEC, WORDS), computed.reordered(SPEC, WORDS)
    assert (computed.both(SPEC, WORDS) is found, computed.reordered(SPEC, WORDS) is other) == (True, True)
    np.testing.assert_array_equal(found.transformer.states, self_attention.read_layers(SPEC, WORDS).states)
    assert found.rnn.spec == ModelSpec(cell="rnn", hidden=16)
    assert other.places == (2, 1, 0)
    assert [token.text for token in other.rnn.tokens] == ["猫", "は", "今日"]
    for one, way in zip(other.ways, self_attention.read_ways(SPEC, WORDS, other.places), strict=True):
        np.testing.assert_array_equal(one.moved, way.moved)


def test_both_read_what_the_transformer_writes(warm: None) -> None:
    found = computed.written(SPEC)
    assert tuple(token.text for token in found.transformer.tokens) == generation.write_on(SPEC, [generation.FIRST])
    assert [token.text for token in found.rnn.tokens] == [token.text for token in found.transformer.tokens]


def test_the_rnn_has_the_weights_of_its_kind() -> None:
    fresh = TransformerSpec(hidden=32, weights="fresh", seed=7, positions=False)
    assert computed.rival(fresh) == ModelSpec(cell="rnn", hidden=32, weights="fresh", seed=7)


@pytest.fixture
def watch(monkeypatch: pytest.MonkeyPatch) -> Stopwatch[str]:
    own: Stopwatch[str] = Stopwatch()
    monkeypatch.setattr(computed, "STOPWATCH", own)
    return own


def test_a_race_has_a_point_a_network_and_length(watch: Stopwatch[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "measure", lambda: iter(["a point"]))
    run = computed.race()
    assert run is not None
    assert run.wait(30)
    assert (run.seen().points, run.seen().total) == (("a point",), len(LENGTHS) * len(COST_MODELS))


def test_a_race_ends_when_its_reader_leaves(watch: Stopwatch[str], monkeypatch: pytest.MonkeyPatch) -> None:
    left = Event()

    def measured() -> Iterator[str]:
        for number in range(1000):
            if number == 3:
                left.set()
            yield str(number)

    monkeypatch.setattr(timing, "measure", measured)
    monkeypatch.setattr(visitor, "presence", lambda: lambda: not left.is_set())
    run = computed.race()
    assert run is not None
    assert run.wait(30)
    assert run.seen().points == ("0", "1", "2")
    assert run.seen().stopped
