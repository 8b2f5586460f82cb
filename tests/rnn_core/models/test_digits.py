from __future__ import annotations

import torch

from rnn_core.models.digits import DIGITS
from rnn_core.tasks.digits import SHIPPED, DigitSpec


def test_a_seed_draws_the_same_network_and_shipped_ones_are_small() -> None:
    spec = DigitSpec(cell="gru", hidden=5, weights="fresh", seed=3)
    one, other = (DIGITS.fresh(spec).state_dict() for _ in range(2))
    assert all(torch.equal(one[name], other[name]) for name in one)
    assert all(len(DIGITS.weights_bytes(shipped)) < 2**17 for shipped in SHIPPED)


def test_a_batch_is_its_recordings_one_by_one() -> None:
    model, bands = DIGITS.load(SHIPPED[1]), torch.randn(3, 20, 24)
    with torch.no_grad():
        for row, one in zip(model(bands), bands, strict=True):
            torch.testing.assert_close(model(one[None])[0], row)
