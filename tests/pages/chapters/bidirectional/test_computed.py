from __future__ import annotations

import pytest

import rnn_core as rc
from pages._chapters.bidirectional import computed as cache
from rnn_core.segmentation.model import weights_bytes


def test_equal_questions_are_answered_once_and_different_ones_apart(warm: None) -> None:
    one = cache.segmented("とりがいる")
    assert cache.segmented("とりがいる") is one
    assert cache.segmented("とりがいる", "off") is not one
    assert cache.segmented("とりがいる", "other", "犬") is not cache.segmented("とりがいる", "other", "猫")
    assert cache.played("とり", "犬", whole=False) is cache.played("とり", "犬", whole=False)
    assert cache.played("とり", "犬", whole=True).lengths == (2,)
    assert cache.influences("とり") is cache.influences("とり")
    assert cache.revealed("とり") is cache.revealed("とり")


def test_an_error_is_not_kept(warm: None) -> None:
    for _ in range(2):
        with pytest.raises(rc.KiokuError):
            cache.segmented("")


def test_the_file_holds_what_came_in(warm: None) -> None:
    found = cache.segmented("とりがいる", "other", "犬")
    assert cache.weights_file("とりがいる", "other", "犬") == weights_bytes(found)
