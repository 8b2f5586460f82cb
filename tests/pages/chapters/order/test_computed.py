from __future__ import annotations

from pages._chapters.order import computed
from rnn_core import order
from rnn_core.text.tokenizer import segment


def test_the_same_two_orders_are_read_once() -> None:
    words = segment(order.SENTENCE).tokens
    first, again = (computed.read_orders(order.READERS[0], words, (2, 1, 0, 3, 4)) for _ in range(2))
    assert first is again
    assert computed.read_orders(order.READERS[1], words * 2, tuple(range(10))) is None


def test_the_outputs_of_both_orders_are_made_once() -> None:
    words = segment(order.SENTENCE).tokens
    first, again = (computed.contrast(words, (2, 1, 0, 3, 4)) for _ in range(2))
    assert first is again
    assert [one.answers is None for one in computed.contrast(words * 2, tuple(range(10)))] == [
        spec == order.READERS[1] for spec in order.NETWORKS
    ]
