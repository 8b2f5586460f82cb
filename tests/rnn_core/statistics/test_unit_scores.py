from __future__ import annotations

import numpy as np
from scipy.stats import pearsonr

from rnn_core.statistics.unit_scores import chance, correlations, interval

DRAW = np.random.default_rng(1)
STATES = DRAW.normal(size=(400, 12))


def test_the_scores_are_pearson_s() -> None:
    labels = STATES[:, 3] + DRAW.normal(size=400)
    expected = [pearsonr(STATES[:, unit], labels).statistic for unit in range(12)]
    np.testing.assert_allclose(correlations(STATES, labels), expected, atol=1e-12)


def test_shuffled_labels_come_out_at_chance_and_real_ones_beyond() -> None:
    labels = STATES[:, 3] + 0.5 * DRAW.normal(size=400)
    shuffled = DRAW.permutation(labels)
    assert np.abs(correlations(STATES, labels)).max() > 2 * chance(STATES, labels)
    assert np.abs(correlations(STATES, shuffled)).max() < 1.3 * chance(STATES, shuffled)


def test_what_never_changes_has_no_score() -> None:
    assert correlations(np.ones((10, 2)), np.arange(10.0)).tolist() == [0, 0]
    assert chance(np.ones((10, 2)), np.arange(10.0)) == 0


def test_the_interval_is_the_definition_s_with_texts_drawn_again() -> None:
    texts = np.repeat(np.arange(40), 10)
    labels = STATES[:, 3] + DRAW.normal(size=400)
    drawn = np.random.default_rng(0).multinomial(40, np.full(40, 1 / 40), 1000)
    found = []
    for counts in drawn:
        which = np.concatenate([np.repeat(np.flatnonzero(texts == text), count) for text, count in enumerate(counts)])
        found.append(pearsonr(STATES[which, 3], labels[which]).statistic)
    np.testing.assert_allclose(interval(STATES[:, 3], labels, texts), np.quantile(found, [0.025, 0.975]), atol=1e-9)


def test_of_a_label_that_one_text_has_the_interval_reaches_0() -> None:
    labels = np.zeros(400)
    labels[5] = 1.0
    low, high = interval(labels * 3, labels, np.repeat(np.arange(40), 10))
    assert low == 0
    assert high > 0.99
