from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis.strategies import lists, sampled_from

from pages._chapters.bidirectional.segments import glosses
from rnn_core.segmentation.model import segmented
from rnn_core.segmentation.tags import NEEDED


def test_over_kana_stand_their_letters_and_over_other_words_their_meaning() -> None:
    assert glosses(segmented(NEEDED).words, "ja") == ()
    over = glosses(segmented(NEEDED).words, "en")
    assert over[:4] == ((0, 2, "today"), (2, 3, "ha"), (3, 4, "i"), (4, 5, "i"))
    assert glosses(("吾輩", "だっ", "。"), "en") == ((2, 3, "da"), (3, 4, "t"))


@given(words=lists(sampled_from(["今日", "てんき", "犬", "キャ", "ー", "。", "🎉", "Hello", "食べ"]), max_size=9))
def test_no_gloss_is_empty_and_none_lies_over_another(words: list[str]) -> None:
    over = glosses(tuple(words), "en")
    assert all(said and begin < end <= len("".join(words)) for begin, end, said in over)
    assert all(one[1] <= other[0] for one, other in pairwise(over))
