"""Which layer and direction: whole numbers of every kind are taken, anything else is an error."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.recurrent.directions import within


@given(size=st.integers(1, 9), index=st.integers(-20, 20))
def test_only_what_is_there_is_taken(size, index) -> None:
    if 0 <= index < size:
        assert within("layer", index, size) == index
        return
    with pytest.raises(KiokuError, match=f"no layer {index}; here the numbers run from 0 to {size - 1}"):
        within("layer", index, size)


def test_whole_numbers_of_numpy_and_torch_are_taken() -> None:
    assert within("layer", np.int64(1), 2) == within("layer", torch.tensor(1), 2) == 1


@pytest.mark.parametrize("given_", [True, 0.0, "0", None, (0,), np.float64(0), torch.ones(2)])
def test_anything_else_is_an_error(given_) -> None:
    with pytest.raises(KiokuError):
        within("direction", given_, 2)
