from __future__ import annotations

from pages._chapters.translation.evaluation import ASKED, EXAMPLES, SPELT, spelling
from rnn_core.tasks.loanwords import USUAL


def test_the_network_misses_the_city_and_the_guess_can_be_right() -> None:
    assert spelling(ASKED) == "トキオ"
    assert spelling(ASKED) in SPELT.values()
    assert spelling(ASKED) not in USUAL[ASKED]
    assert spelling("network") in USUAL["network"]


def test_the_examples_can_be_read_and_give_no_answer() -> None:
    assert ASKED not in EXAMPLES["english"]
    assert all(word.isascii() and word.islower() for word in EXAMPLES["english"])
    assert not any(word.isascii() for word in EXAMPLES["kanji"])
