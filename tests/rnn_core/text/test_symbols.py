from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rnn_core.text.symbols import BEGIN, END, PAD, SPECIALS, UNKNOWN_ID, Symbols

WORDS = st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=8).filter(lambda w: not {*SPECIALS} & {*w})


@given(words=WORDS, tokens=st.lists(st.text(max_size=3)))
def test_words_come_after_the_four_that_are_none(words: list[str], tokens: list[str]) -> None:
    symbols = Symbols(tuple(words))
    assert symbols.words == (*SPECIALS, *words)
    assert (PAD, UNKNOWN_ID, BEGIN, END) == (0, 1, 2, 3)
    assert [symbols.words[index] for index in symbols.encode(words)] == words
    indices = symbols.encode(tokens)
    assert [index != UNKNOWN_ID for index in indices] == [token in symbols for token in tokens]


def test_a_special_one_cannot_be_typed() -> None:
    symbols = Symbols(("雨", "<end>"))
    assert symbols.words == (*SPECIALS, "雨")
    assert symbols.encode(["<end>", "雨", "<pad>"]) == (UNKNOWN_ID, 4, UNKNOWN_ID)
    assert "<begin>" not in symbols
