from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.tasks.written import CORPORA, END, START
from rnn_core.tasks.written.corpus import split_by_share


@pytest.mark.parametrize("name", CORPORA)
def test_what_is_held_out_is_not_learned_nor_its_kin(name: str) -> None:
    corpus = CORPORA[name]
    learned, held_out = corpus.split
    assert not {corpus.kin(text) for text in learned} & {corpus.kin(text) for text in held_out}
    assert 0.07 < len(held_out) / len(learned + held_out) < 0.13
    assert sorted(learned + held_out) == sorted(set(corpus.texts()))


@pytest.mark.parametrize("name", CORPORA)
def test_every_text_can_be_read_and_written_and_has_no_sign_of_ours(name: str) -> None:
    corpus = CORPORA[name]
    learned, held_out = corpus.split
    characters = set("".join(learned + held_out))
    assert characters <= set(corpus.tokenizer.outputs)
    assert not characters & {START, END}
    assert [one for one, end in zip(corpus.tokenizer.outputs, corpus.tokenizer.ends, strict=True) if end] == [END]


@given(st.lists(st.text(min_size=1, max_size=6), unique=True))
def test_a_split_is_of_the_texts_alone(texts: list[str]) -> None:
    parts = split_by_share("made up", texts, lambda text: text[0])
    assert sorted(parts[0] + parts[1]) == sorted(texts)
    assert split_by_share("made up", reversed(texts), lambda text: text[0])[1] == parts[1][::-1]


@given(st.text(max_size=8))
def test_what_a_reader_begins_with_bars_only_what_is_added(before: str) -> None:
    corpus = CORPORA["kaomoji"]
    barred = corpus.barred(before)
    assert not barred[-1], "the end is always admitted"
    assert not barred.all()
    assert barred.tolist() == corpus.barred(before[-3:]).tolist()
