from __future__ import annotations

import numpy as np
import torch

from rnn_core.gradients.near_one import frobenius, rescale


def test_matrices_come_near_one_and_their_exponents_bring_them_back() -> None:
    torch.manual_seed(0)
    sizes = torch.tensor([1e-200, 1e-30, 1.0, 1e250], dtype=torch.float64)[:, None, None]
    parts = [torch.randn(4, 3, width, dtype=torch.float64) * sizes for width in (2, 5)]
    before = [part.clone() for part in parts]
    exponents = rescale(*parts)
    assert exponents[1] == exponents[2] == 0  # near enough
    for part, was in zip(parts, before, strict=True):
        np.testing.assert_array_equal(np.ldexp(part.numpy(), exponents[:, None, None]), was.numpy())
    assert (abs(np.log10(frobenius(torch.cat(parts, dim=2)))) < 60).all()


def test_what_is_zero_or_endless_stays() -> None:
    parts = torch.tensor([[[0.0]], [[torch.inf]]], dtype=torch.float64)
    assert rescale(parts).tolist() == [0, 0]
    assert parts.flatten().tolist() == [0, torch.inf]
