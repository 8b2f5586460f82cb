from __future__ import annotations

import numpy as np
from scipy.stats import pearsonr

from rnn_core.statistics.unit_scores import chance, correlations

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
