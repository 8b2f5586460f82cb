"""What a run learned reads the task's own values, written as anybody would write them."""

from __future__ import annotations

import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.loop import begin_run
from rnn_core.training.lab.opened import example_text, open_network, task_tokenizer
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, held_out


@pytest.mark.parametrize("task", sorted(TASKS))
def test_the_example_as_text_is_what_the_run_was_shown(task: str) -> None:
    spec = TrainSpec(task=task, length=int(LENGTHS[task].usual), hidden=3)
    network = open_network(spec, begin_run(spec).to_bytes())
    tokenizer = task_tokenizer(spec)
    numbers = torch.tensor(tokenizer.encode(tokenizer.segment(example_text(spec)).tokens))
    shown = held_out(task, spec.length).inputs[0][: len(numbers)]
    received = shown if TASKS[task].vectors is not None else network.embedding(shown)
    assert torch.equal(network.embedding(numbers), received)


def test_what_the_task_does_not_know_is_nothing() -> None:
    spec = TrainSpec(task="adding", length=10, hidden=3)
    network = open_network(spec, begin_run(spec).to_bytes())
    (number,) = task_tokenizer(spec).encode(("1.5",))
    assert network.embedding(torch.tensor(number)).tolist() == [0.0, 0.0]


def test_a_snapshot_of_another_run_is_refused() -> None:
    one, other = TrainSpec(task="adding", length=10, hidden=3), TrainSpec(task="adding", length=10, hidden=4)
    with pytest.raises(KiokuError):
        open_network(one, begin_run(other).to_bytes())
