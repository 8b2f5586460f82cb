"""Files of weights: what was written comes back, and nothing else is taken for it (`test_family.py` damages them)."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.models import weights

if TYPE_CHECKING:
    from pathlib import Path

TENSORS = {"a.weight": torch.tensor([[1.0, 2.0]]), "a.bias": torch.tensor([0.5])}
MADE_FOR = {"spec": "{}", "vocabulary": "0"}


def test_what_was_written_comes_back(tmp_path: Path) -> None:
    weights.write(TENSORS, tmp_path / "w", MADE_FOR)
    found = weights.read("m", tmp_path / "w", MADE_FOR, TENSORS)
    assert all(torch.equal(found[name], tensor) for name, tensor in TENSORS.items())
    assert found.keys() == TENSORS.keys()


def test_a_file_is_for_what_it_was_made_for_and_of_the_kind_that_is_wanted(tmp_path: Path) -> None:
    weights.write(TENSORS, tmp_path / "w", MADE_FOR)
    with pytest.raises(KiokuError, match="another model or vocabulary"):
        weights.read("m", tmp_path / "w", MADE_FOR | {"vocabulary": "1"}, TENSORS)
    halves = {name: tensor.half() for name, tensor in TENSORS.items()}
    with pytest.raises(KiokuError, match=r"float16.*float32"):
        weights.read("m", tmp_path / "w", MADE_FOR, halves)


def test_a_file_that_is_written_anew_is_another_one(tmp_path: Path) -> None:
    path = tmp_path / "w"
    assert weights.written_at(path) == 0
    weights.write(TENSORS, path, MADE_FOR)
    assert weights.written_at(path) > 0
