from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.tasks import feelings, kaomoji, sentiment
from rnn_core.tasks.feelings import FACES, NEWS, SENTENCES, TEXTS, Felt, join, length_groups, network, split
from rnn_core.tasks.language import find_tokenizer

PARTS = st.lists(st.tuples(st.text(min_size=1, max_size=3), st.sampled_from(sorted(NEWS))), min_size=1, max_size=5)


@pytest.mark.parametrize("task", TEXTS)
def test_every_feeling_is_an_output_and_ends_what_is_read(task: str) -> None:
    tokenizer, (train, test) = find_tokenizer(task), split(task)
    assert {text.feeling for text in train} == {text.feeling for text in test} == set(tokenizer.outputs)
    assert all(tokenizer.ends)
    assert not any(token.isspace() for text in test for token in text.tokens)


def test_faces_keep_their_side() -> None:
    assert [len(part) for part in split(FACES)] == [len(part) for part in kaomoji.split()]


def test_rows_are_made_of_sentences_of_their_side_and_single_ones_stay() -> None:
    for rows, single in zip(split(SENTENCES), sentiment.split(), strict=True):
        assert [text.tokens for text in rows[: len(single)]] == [tuple(one.words) for one in single]
    train, test = split(SENTENCES)
    held_out = {tuple(one.words) for one in sentiment.split().test}
    assert not {text.tokens for text in train} & held_out
    assert (len(train), len(test)) == (853 + 3 * 1200, 1754 + 3 * 500)
    assert min(Counter(text.feeling for text in train).values()) > 500


@given(PARTS)
def test_news_are_added_up(parts: list[tuple[str, str]]) -> None:
    total = sum(NEWS[feeling] for _, feeling in parts)
    joined = join([Felt((word,), feeling) for word, feeling in parts])
    assert (NEWS[joined.feeling] > 0, NEWS[joined.feeling] < 0) == (total > 0, total < 0)
    assert joined.tokens == tuple(word for word, _ in parts)
    assert join([Felt((word,), feeling) for word, feeling in reversed(parts)]).feeling == joined.feeling


@pytest.mark.parametrize("task", TEXTS)
def test_each_length_is_in_one_group(task: str) -> None:
    groups = length_groups(task)
    assert groups[0][0] == 1
    assert groups[-1][1] is None
    for length in range(1, 61):
        assert sum(low <= length <= (high or length) for low, high in groups) == 1


def test_networks_have_a_name_of_their_own() -> None:
    assert len({spec.name for spec in feelings.NETWORKS}) == 6
    assert network(FACES, "gru") in feelings.NETWORKS
