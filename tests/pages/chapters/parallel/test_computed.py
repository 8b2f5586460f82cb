from __future__ import annotations

from pages._chapters.parallel import computed
from rnn_core.specs import ModelSpec
from rnn_core.training.parallel import tables

WORDS = ("今日", "は", "暑い")


def test_equal_questions_are_answered_once_and_different_ones_apart(warm: None) -> None:
    spec = ModelSpec(cell="gru", hidden=8)
    first, second, third = (computed.solved(spec, WORDS, scale=scale, clip=False) for scale in (1.0, 2.0, 1.0))
    assert first is third
    assert first is not second


def test_what_was_measured_is_in_its_order(warm: None) -> None:
    assert list(computed.lengths()) == sorted(map(int, tables()["lengths"]))
    plain, clipped = computed.by_epoch()
    assert list(plain) == list(clipped) == list(range(41))
    assert {len(seeds) for seeds in computed.parity()[0].values()} == {3}
    once, again = computed.recall()
    assert (list(once), list(again)) == ([4, 8, 16, 32, 64], [8, 16, 32, 64])
    assert [point.units for point in computed.networks()] == [8, 16, 32, 64] * 3
    assert len(computed.replies(computed.MINIMAL)) == len(computed.replies(computed.CHAIN)) == 3
