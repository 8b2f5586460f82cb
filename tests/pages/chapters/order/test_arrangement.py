from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from pages._chapters.order.arrangement import CONTRASTS, MARKS, PLACES, opening
from rnn_core import order
from rnn_core.text.tokenizer import MAX_TOKENS, segment


@given(st.integers(1, MAX_TOKENS))
def test_every_sentence_opens_in_another_order_but_that_of_one_word(words: int) -> None:
    places = opening(words)
    assert sorted(places) == list(range(words))
    assert (places == tuple(range(words))) == (words == 1)


def test_a_contrast_names_an_order_of_its_own_sentence() -> None:
    for one in CONTRASTS:
        words, said = len(segment(str(one.sets["text"])).tokens), str(one.sets["places"])
        assert not said or sorted(map(int, said.split("-"))) == list(range(1, words + 1))
        assert not said or PLACES.fullmatch(said)


def test_a_guess_has_a_mark_for_each_network() -> None:
    assert MARKS.fullmatch("01-" * (len(order.NETWORKS) // 3))
    assert not MARKS.fullmatch("1" * (len(order.NETWORKS) + 1))
