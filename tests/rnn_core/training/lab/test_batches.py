"""Examples are drawn from a generator of one's own, with as much variety as the task promises."""

from __future__ import annotations

import pytest
import torch

from rnn_core import runtime
from rnn_core.training.lab import batches
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.tasks import TASKS


@pytest.mark.parametrize("name", sorted(TASKS))
def test_torchs_own_generator_is_left_alone(name: str) -> None:
    before = torch.random.get_rng_state()
    TASKS[name].draw(int(LENGTHS[name].usual), 8, runtime.generator(3))
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("name", ["recall", "copy", "parity"])
def test_answers_are_equally_frequent(name: str) -> None:
    targets = TASKS[name].draw(int(LENGTHS[name].usual), 4000, runtime.generator(0)).targets
    share = torch.bincount(targets.flatten()) / targets.numel()
    assert len(share) == len(TASKS[name].outputs)
    assert ((share * len(share) - 1).abs() < 0.15).all()


def test_what_follows_a_word_is_not_certain_and_not_anything() -> None:
    assert 1.0 < batches.next_word_entropy() < 3.0
