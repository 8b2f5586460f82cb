from __future__ import annotations

from pages._chapters.translation.evaluation import ASKED
from pages._chapters.translation.settings import EXAMPLES


def test_the_examples_can_be_read_and_give_no_answer() -> None:
    assert ASKED not in EXAMPLES["english"]
    assert all(word.isascii() and word.islower() for word in EXAMPLES["english"])
    assert not any(word.isascii() for word in EXAMPLES["kanji"])
