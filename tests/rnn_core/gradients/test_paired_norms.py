from __future__ import annotations

import numpy as np
import torch

from rnn_core.gradients import paired_norms


def paired(reach, answer) -> float:
    """‖P S‖ from P (P, N) and S (N, M)."""
    reaches, answers = [torch.tensor(reach)[None]], [torch.tensor(answer).T[None]]
    squares = paired_norms.block_squares(reaches), paired_norms.block_squares(answers)
    return float(paired_norms.paired(reaches, squares[0], answers, squares[1])[0, 0])


def test_where_parts_cancel_the_matrices_themselves_are_multiplied() -> None:
    none_in_common = [[1.0, 0.0]], [[0.0], [1.0]]
    nearly = [[1.0, 1.0]], [[1.0], [-1.0 + 2.0**-20]]
    for dtype, rest in ((np.float64, 2.0**-20), (np.float32, np.nan)):
        one, two = (np.array(part, dtype) for part in nearly)
        np.testing.assert_equal(paired(one, two), rest)
    assert paired(*map(np.array, none_in_common)) == 0
    assert paired(np.array([[1.0, 1.0]]), np.array([[1.0], [-0.5]])) == 0.5


def test_every_pair_of_several_lists_is_the_norm_of_its_product() -> None:
    draw = np.random.default_rng(0)
    p = [draw.normal(size=(steps, 4, 150)) for steps in (3, 1)]  # wider than a block
    s = [draw.normal(size=(steps, 150, 5)) for steps in (2, 4)]
    s[1][2] = np.linalg.svd(p[0][1])[2][4:].T[:, :5]  # what P does not see: all cancels
    reaches, answers = list(map(torch.tensor, p)), [torch.tensor(one).mT for one in s]
    by_t, by_s = paired_norms.block_squares(reaches), paired_norms.block_squares(answers)
    found = paired_norms.paired(reaches, by_t, answers, by_s)
    expected = np.linalg.norm(np.concatenate(p)[:, None] @ np.concatenate(s)[None], axis=(2, 3))
    np.testing.assert_allclose(found, expected, rtol=1e-10, atol=1e-12)
