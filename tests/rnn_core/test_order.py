from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from rnn_core import order
from rnn_core.errors import KiokuError
from rnn_core.text.tokenizer import MAX_TOKENS, segment

words = st.lists(st.sampled_from("犬が人を噛む"), min_size=1, max_size=60)
shares = arrays(np.float32, 5, elements=st.floats(0, 1, width=32))


@given(words, st.data())
def test_swapping_twice_gives_the_sentence_back_and_no_word_is_lost(tokens: list[str], data: st.DataObject) -> None:
    places = st.integers(0, len(tokens) - 1)
    first, second = data.draw(places), data.draw(places)
    there = order.swapped(tokens, first, second)
    assert sorted(there) == sorted(tokens)
    assert (there[first], there[second]) == (tokens[second], tokens[first])
    assert list(order.swapped(there, second, first)) == tokens


@given(words, st.data())
def test_replacing_touches_one_place(tokens: list[str], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(tokens) - 1))
    there = order.replaced(tokens, place, "猫")
    assert [step for step, word in enumerate(there) if word == "猫"] == [place]
    assert len(there) == len(tokens)


@pytest.mark.parametrize("place", [-1, 2])
def test_a_place_that_is_not_there_is_refused(place: int) -> None:
    for wrong in (
        lambda: order.swapped(["犬", "が"], place, 0),
        lambda: order.swapped(["犬", "が"], 0, place),
        lambda: order.replaced(["犬", "が"], place, "猫"),
    ):
        with pytest.raises(KiokuError) as caught:
            wrong()
        assert caught.value.code == "no_such_place"


@given(shares, shares)
def test_answers_are_apart_only_if_a_bit_differs(one: np.ndarray, other: np.ndarray) -> None:
    assert order.total_variation(one, one.copy()) == 0
    assert (order.total_variation(one, other) == 0) == np.array_equal(one, other)
    assert order.total_variation(one, other) == order.total_variation(other, one)


def test_two_that_share_nothing_are_one_apart() -> None:
    assert order.total_variation(np.array([1.0, 0.0]), np.array([0.0, 1.0])) == 1


def test_a_difference_in_the_last_bit_is_not_lost() -> None:
    one = np.array([1e-30, 1.0], np.float32)
    other = np.array([np.nextafter(one[0], 1), 1.0], np.float32)
    assert order.total_variation(one, other) > 0


def test_the_first_answer_is_what_the_others_are_measured_from() -> None:
    rows = [np.array(row) for row in ([1.0, 0.0], [1.0, 0.0], [0.5, 0.5])]
    assert order.moved(rows).tolist() == [0, 0.5]


def test_the_prepared_contrast_swaps_who_bites_whom() -> None:
    assert "".join(order.swapped(segment(order.SENTENCE).tokens, *order.SWAP)) == "人が犬を噛む"


def test_the_compared_networks_are_of_one_size() -> None:
    assert {spec.hidden for spec in order.NETWORKS} == {order.HIDDEN}
    assert len({spec.name for spec in order.NETWORKS}) == 6


@given(st.integers(1, MAX_TOKENS))
def test_every_sentence_opens_in_another_order_but_that_of_one_word(words: int) -> None:
    places = order.opening(words)
    assert sorted(places) == list(range(words))
    assert (places == tuple(range(words))) == (words == 1)
