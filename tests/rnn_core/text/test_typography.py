"""What is raised and what is cut."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rnn_core.text.typography import SUPERSCRIPT, shorten


def test_every_digit_and_the_minus_are_raised() -> None:
    assert "-1234567890".translate(SUPERSCRIPT) == "⁻¹²³⁴⁵⁶⁷⁸⁹⁰"


@given(st.text(max_size=30), st.integers(1, 20))
def test_a_word_is_never_longer_than_it_may_be_and_begins_as_it_did(word: str, longest: int) -> None:
    short = shorten(word, longest)
    assert len(short) <= longest
    assert short == word if len(word) <= longest else short == word[: longest - 1] + "…"
