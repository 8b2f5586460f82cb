from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.feature_extraction.text import CountVectorizer

from rnn_core.statistics.ngrams import NGram, tuned

SEQUENCES = st.lists(st.lists(st.integers(0, 3), min_size=1, max_size=6).map(tuple), min_size=1, max_size=8)


@given(sequences=SEQUENCES, order=st.integers(1, 4), before=st.lists(st.integers(0, 3), max_size=5))
def test_every_distribution_sums_to_1_and_leaves_nothing_out(
    sequences: list[tuple[int, ...]], order: int, before: list[int]
) -> None:
    row = NGram(sequences, 4, order, 1.0).distribution(before)
    assert row.sum() == pytest.approx(1, abs=1e-12)
    assert (row > 0).all()


def test_with_little_belief_it_is_the_share_of_the_counts() -> None:
    texts = ["abab", "abb", "ba"]
    sequences = [tuple("ab".index(one) for one in text) for text in texts]
    counts = CountVectorizer(analyzer="char", ngram_range=(2, 2), lowercase=False).fit_transform(texts).sum(axis=0)
    names = CountVectorizer(analyzer="char", ngram_range=(2, 2), lowercase=False).fit(texts).get_feature_names_out()
    found = dict(zip(names, np.asarray(counts)[0], strict=True))
    row = NGram(sequences, 2, 2, 1e-9).distribution((0,))
    assert row[1] == pytest.approx(found["ab"] / (found["ab"] + found.get("aa", 0)))


def test_perplexity_is_exp_of_the_mean_surprise() -> None:
    model = NGram([(0, 1)] * 5, 2, 2, 1.0)
    expected = -(math.log(model.distribution(())[0]) + math.log(model.distribution((0,))[1])) / 2
    assert model.perplexity([(0, 1)]) == pytest.approx(math.exp(expected))


def test_what_it_is_tuned_on_is_the_learned_list_alone_and_context_helps_where_there_is_some() -> None:
    model = tuned([(0, 1, 2)] * 20 + [(1, 0, 2)] * 20, 3)
    assert model.order > 1
    assert model.perplexity([(0, 1, 2)]) < 3
