from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from rnn_core.text.vocabulary import UNKNOWN, Vocabulary

WORDS = st.lists(st.text(min_size=1, max_size=3), unique=True, max_size=8).filter(lambda words: UNKNOWN not in words)


@given(words=WORDS)
def test_a_known_word_has_the_index_at_which_it_stands(words: list[str]) -> None:
    vocabulary = Vocabulary(tuple(words))
    assert vocabulary.words == (UNKNOWN, *words)
    assert len(vocabulary) == len(words) + 1
    assert [vocabulary.words[index] for index in vocabulary.encode(words)] == words


@given(words=WORDS, tokens=st.lists(st.text(max_size=3)))
def test_an_unknown_word_is_encoded_as_0_and_keeps_its_place(words: list[str], tokens: list[str]) -> None:
    vocabulary = Vocabulary(tuple(words))
    indices = vocabulary.encode(tokens)
    assert len(indices) == len(tokens)
    assert [index > 0 for index in indices] == [token in vocabulary for token in tokens]


def test_the_mark_for_unknown_words_is_no_word_that_one_can_type() -> None:
    vocabulary = Vocabulary(("雨", UNKNOWN))
    assert UNKNOWN not in vocabulary
    assert vocabulary.words == (UNKNOWN, "雨")
    assert vocabulary.encode([UNKNOWN, "雨"]) == (0, 1)
