from __future__ import annotations

import pytest

from rnn_core import order
from rnn_core.models.reordering import read_orders
from tests.pages.voting import asked


@pytest.mark.parametrize("places", [(2, 1, 0, 3, 4), (1, 0, 2, 3, 4), (0, 1, 2, 4, 3)])
def test_the_measured_number_is_of_those_whose_prediction_changes(places: tuple[int, ...]) -> None:
    words = ("犬", "が", "人", "を", "噛む")
    found = asked("order", text=order.SENTENCE, places="-".join(str(place + 1) for place in places))
    read = [one for spec in order.NETWORKS if (one := read_orders(spec, words, places))]
    assert found
    assert found.right == (sum(one.moved[-1] > 0 for one in read),)
    assert found.size == len(read) + 1


def test_those_that_cannot_read_so_many_words_are_not_asked_about() -> None:
    found = asked("order", text=order.LONG, places="")
    assert found
    assert found.size == len(order.NETWORKS)  # all but the window, and none


def test_the_same_order_is_no_question() -> None:
    assert asked("order", text=order.SENTENCE, places="1-2-3-4-5") is None
