from __future__ import annotations

import pytest

import rnn_core as rc
from pages._chapters.bidirectional import computed as cache
from rnn_core.segmentation.model import weights_bytes
from rnn_core.tasks.sentiment import SentimentSpec
from rnn_core.training import sentiment


def test_equal_questions_are_answered_once_and_different_ones_apart(warm: None) -> None:
    one = cache.segmented("とりがいる")
    assert cache.segmented("とりがいる") is one
    assert cache.segmented("とりがいる", "off") is not one
    assert cache.segmented("とりがいる", "other", "犬") is not cache.segmented("とりがいる", "other", "猫")
    assert cache.influences("とり") is cache.influences("とり")
    assert cache.revealed("とり") is cache.revealed("とり")
    specs = [SentimentSpec(asked="word", directions=directions) for directions in (1, 2, 1)]
    first, second, third = (cache.classify(spec, ("今日", "は")) for spec in specs)
    assert first is third
    assert first is not second


def test_an_error_is_not_kept(warm: None) -> None:
    for _ in range(2):
        with pytest.raises(rc.KiokuError):
            cache.segmented("")


def test_what_it_is_worth_is_the_manifests(warm: None) -> None:
    worth, majority = cache.worth()
    assert worth == sentiment.worth()
    assert majority == sentiment.manifest()["majority"]


def test_the_file_holds_what_came_in(warm: None) -> None:
    found = cache.segmented("とりがいる", "other", "犬")
    assert cache.weights_file("とりがいる", "other", "犬") == weights_bytes(found)
