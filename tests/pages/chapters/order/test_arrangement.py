from __future__ import annotations

from pages._chapters.order.arrangement import CONTRASTS, MARKS, PLACES
from rnn_core import order
from rnn_core.text.tokenizer import segment


def test_a_contrast_names_an_order_of_its_own_sentence() -> None:
    for one in CONTRASTS:
        words, said = len(segment(str(one.sets["text"])).tokens), str(one.sets["places"])
        assert not said or sorted(map(int, said.split("-"))) == list(range(1, words + 1))
        assert not said or PLACES.fullmatch(said)


def test_a_guess_has_a_mark_for_each_network() -> None:
    assert MARKS.fullmatch("01-" * (len(order.NETWORKS) // 3))
    assert not MARKS.fullmatch("1" * (len(order.NETWORKS) + 1))
