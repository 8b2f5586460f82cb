from __future__ import annotations

from threading import Event
from typing import TYPE_CHECKING

import numpy as np
import pytest

from pages._chapters.transformer import computed
from pages._ui import visitor
from rnn_core.models import shuffle, timing
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.specs import TransformerSpec
from rnn_core.stopwatch import Stopwatch

if TYPE_CHECKING:
    from collections.abc import Iterator

WORDS = ("今日", "は", "猫")
SPEC = TransformerSpec(hidden=16)


def test_what_is_kept_is_what_is_computed_and_one_object_for_all(warm: None) -> None:
    places = computed.order(3, 7)
    assert places == shuffle.order(3, 7)
    found = computed.shuffled(SPEC, WORDS, places, True)
    assert computed.shuffled(SPEC, WORDS, places, True) is found
    np.testing.assert_array_equal(found.moved, shuffle.compare_orders(SPEC, WORDS, places, "犬", causal=True).moved)
    other = computed.shuffled(TransformerSpec(hidden=16, positions=False), WORDS, places, True)
    assert not np.array_equal(other.moved, found.moved)
    drawn = computed.moves(found)
    assert (drawn.positions, drawn.causal, drawn.moved is found.moved) == (True, True, True)


def test_the_last_word_is_replaced_by_another() -> None:
    assert computed.replacement(("今日", "は", "猫")) == "犬"
    assert computed.replacement(("今日", "は")) == "猫"


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
