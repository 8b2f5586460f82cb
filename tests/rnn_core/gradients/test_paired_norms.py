from __future__ import annotations

import numpy as np
import torch

from rnn_core.gradients import paired_norms


def paired(reach, answer) -> float:
    """‖P S‖ from P (P, N) and S (N, M)."""
    reaches, answers = (torch.tensor(reach).T[None],), (torch.tensor(answer).T[None],)
    squares = paired_norms.block_squares([reaches[0].mT]), paired_norms.block_squares(answers)
    return float(paired_norms.paired(reaches, squares[0], answers, squares[1])[0, 0])


def test_where_parts_cancel_the_matrices_themselves_are_multiplied() -> None:
    none_in_common = [[1.0, 0.0]], [[0.0], [1.0]]
    nearly = [[1.0, 1.0]], [[1.0], [-1.0 + 2.0**-20]]
    for dtype, rest in ((np.float64, 2.0**-20), (np.float32, np.nan)):
        one, two = (np.array(part, dtype) for part in nearly)
        np.testing.assert_equal(paired(one, two), rest)
    assert paired(*map(np.array, none_in_common)) == 0
    assert paired(np.array([[1.0, 1.0]]), np.array([[1.0], [-0.5]])) == 0.5
