from __future__ import annotations

import numpy as np

from pages._ui import cache_transformer
from rnn_core.models import shuffle
from rnn_core.parallelism import LENGTHS, RACERS
from rnn_core.specs import TransformerSpec

WORDS = ("今日", "は", "猫")
SPEC = TransformerSpec(hidden=16)


def test_what_is_kept_is_what_is_computed_and_one_object_for_all(warm: None) -> None:
    places = cache_transformer.order(3, 7)
    assert places == shuffle.order(3, 7)
    found = cache_transformer.shuffled(SPEC, WORDS, places, True)
    assert cache_transformer.shuffled(SPEC, WORDS, places, True) is found
    np.testing.assert_array_equal(found.moved, shuffle.shuffle(SPEC, WORDS, places, "犬", causal=True).moved)
    other = cache_transformer.shuffled(TransformerSpec(hidden=16, positions=False), WORDS, places, True)
    assert not np.array_equal(other.moved, found.moved)
    drawn = cache_transformer.moves(found)
    assert (drawn.positions, drawn.causal, drawn.moved is found.moved) == (True, True, True)


def test_the_last_word_is_replaced_by_another() -> None:
    assert cache_transformer.replacement(("今日", "は", "猫")) == "犬"
    assert cache_transformer.replacement(("今日", "は")) == "猫"


def test_the_server_has_one_stopwatch_and_a_race_has_a_point_a_network_and_length(monkeypatch) -> None:
    watch = cache_transformer.stopwatch()
    assert cache_transformer.stopwatch() is watch
    monkeypatch.setattr(cache_transformer, "points", lambda: iter(["a point"]))
    assert cache_transformer.race() is not None
    assert watch.wait(30)
    assert (watch.seen().points, watch.seen().total) == (("a point",), len(LENGTHS) * len(RACERS))
    watch.__init__()  # as it was, for other tests
