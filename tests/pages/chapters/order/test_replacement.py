from __future__ import annotations

import numpy as np

from pages._chapters.order import replacement
from rnn_core import order
from rnn_core.models import registry


def test_each_place_is_measured_against_the_sentence_itself(warm: None) -> None:
    words = ("今日", "は", "猫", "が", "良い", "ね")
    made = replacement.moved(words, "猫")
    lstm = order.RECURRENT[1]
    sentences = [words, *(order.replaced(words, place, "猫") for place in range(6))]
    expected = order.moved([answer.distribution for answer in registry.answers(lstm, sentences)])
    np.testing.assert_array_equal(made[lstm], expected)
    assert [spec for spec, values in made.items() if values[2] == 0] == list(order.NETWORKS)


def test_a_sentence_beyond_the_window_has_no_answer_there(warm: None) -> None:
    made = replacement.moved(("今日", "は") * 5, "猫")
    assert [spec for spec, values in made.items() if values is None] == [order.READERS[1]]
