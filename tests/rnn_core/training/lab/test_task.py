"""What an answer costs, which one counts as right, and what an example needs: of every task alike."""

from __future__ import annotations

import pytest
import torch
from torch.nn.functional import one_hot

from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.task import Example, all_needed
from rnn_core.training.lab.tasks import TASKS, find_example, held_out


def usual(name: str) -> int:
    return int(LENGTHS[name].usual)


@pytest.mark.parametrize("name", sorted(TASKS))
def test_right_answers_cost_nothing_and_count(name: str) -> None:
    task, batch = TASKS[name], held_out(name, usual(name))
    if task.output == "number":
        perfect = batch.targets[..., None].clone()
    else:
        perfect = 100.0 * one_hot(batch.targets.clamp(min=0), len(task.outputs)).float()
    assert float(task.loss(perfect, batch)) < 1e-6
    assert task.accuracy(perfect, batch) == 1.0
    assert task.accuracy(-perfect - 0.3, batch) < 0.6
    assert torch.equal(task.final(task.answered(perfect), batch).float(), task.final(batch.targets, batch).float())


@pytest.mark.parametrize("name", sorted(TASKS))
def test_an_example_needs_some_of_its_positions_and_its_answers_lie_where_it_is_said(name: str) -> None:
    task, example = TASKS[name], find_example(name, usual(name))
    assert any(task.needs(place, token, example) for place, token in enumerate(example.tokens))
    low, high = task.answers
    final = task.final(held_out(name, usual(name)).targets, held_out(name, usual(name)))
    assert low <= final.min() < final.max() <= high


@pytest.mark.parametrize("name", sorted(TASKS))
def test_what_draws_a_task_is_the_last_of_what_its_examples_are_made_with(name: str) -> None:
    task = TASKS[name]
    draw = task.made_with[-1]
    drawn, again = (
        made(*given, usual(name), 3, torch.Generator().manual_seed(5))
        for made, given in ((task.draw, ()), (draw, task.data().values()))
    )
    assert torch.equal(drawn.inputs, again.inputs)
    assert torch.equal(drawn.targets, again.targets)


def test_without_a_word_on_it_every_position_is_needed() -> None:
    example = Example(("a", "b"), ("a",))
    assert all(all_needed(place, token, example) for place, token in enumerate(example.tokens))
