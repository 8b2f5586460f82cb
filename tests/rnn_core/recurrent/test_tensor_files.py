"""What a file holds is known before it is read."""

from __future__ import annotations

import io

import numpy as np
import pytest
import torch
from safetensors.torch import save

from rnn_core.recurrent.tensor_files import open_tensors

WEIGHTS = {"a": torch.arange(6.0).reshape(2, 3), "b": torch.ones(4, dtype=torch.float64), "c": torch.ones(2).half()}


def npz() -> bytes:
    file = io.BytesIO()
    np.savez(file, **{name: weight.numpy() for name, weight in WEIGHTS.items()})
    return file.getvalue()


@pytest.mark.parametrize("file", [save(WEIGHTS), npz()], ids=["safetensors", "npz"])
def test_names_shapes_and_kinds_come_first_and_numbers_when_they_are_asked_for(file: bytes) -> None:
    with open_tensors(file) as stored:
        assert {name: (one.shape, one.dtype, one.size) for name, one in stored.items()} == {
            "a": ((2, 3), "F32", 6),
            "b": ((4,), "F64", 4),
            "c": ((2,), "F16", 2),
        }
        assert all(torch.equal(stored[name].read(), weight) for name, weight in WEIGHTS.items())
