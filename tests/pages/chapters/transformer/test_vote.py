from __future__ import annotations

from rnn_core import order
from rnn_core.models import shuffle
from rnn_core.specs import TransformerSpec
from tests.pages.voting import asked, right


def test_the_measured_setting_is_the_one_that_misses_the_order() -> None:
    words = ("犬", "が", "人", "を", "噛む")
    places = order.opening(len(words))
    still = [
        not shuffle.compare_orders(TransformerSpec(hidden=32, positions=placed), words, places, causal=masked).any()
        for placed, masked in ((True, True), (True, False), (False, True), (False, False))
    ]
    found = asked("transformer", text=order.SENTENCE)
    assert found
    assert found.right == tuple(at for at, one in enumerate(still) if one)
    assert right("transformer", text=order.SENTENCE) == ("No positional encoding, no mask",)


def test_one_word_is_no_question() -> None:
    assert asked("transformer", text="犬") is None
