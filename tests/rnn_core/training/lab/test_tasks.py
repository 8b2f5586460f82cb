"""A task's examples have the answers that it says, its baseline is the best without memory, and batches come again."""

from __future__ import annotations

import math

import pytest
import torch
from torch.nn.functional import one_hot

from rnn_core import runtime
from rnn_core.tasks import smalltalk
from rnn_core.training.lab import uses
from rnn_core.training.lab.limits import LENGTHS, SHOWN
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import HELD_OUT, TASKS, draw_batch, find_example, held_out
from rnn_core.training.sentences import NOTHING

NAMES = sorted(TASKS)


def usual(name: str) -> int:
    return int(LENGTHS[name].usual)


def many(name: str):
    return TASKS[name].draw(usual(name), 4000, runtime.generator(0))


@pytest.mark.parametrize("name", NAMES)
def test_a_batch_is_the_same_whenever_it_is_asked_for(name: str) -> None:
    spec = TrainSpec(task=name, length=usual(name))
    one, again = (draw_batch(spec, 7) for _ in range(2))
    assert torch.equal(one.inputs, again.inputs)
    assert torch.equal(one.targets, again.targets)
    others = [draw_batch(spec, 8), draw_batch(spec.model_copy(update={"seed": 1}), 7)]
    assert not any(torch.equal(one.inputs, other.inputs) for other in others)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("end", ["low", "usual", "high"])
def test_every_length_has_its_examples(name: str, end: str) -> None:
    length, task = int(getattr(LENGTHS[name], end)), TASKS[name]
    for batch in (held_out(name, length), draw_batch(TrainSpec(task=name, length=length, steps=1), 0)):
        assert batch.inputs.shape[1] == length
        assert batch.targets.shape[1] == task.asked(length) <= length
        assert task.span(length) <= length
    example = find_example(name, length)
    assert len(example.targets) <= len(example.tokens) <= length


@pytest.mark.parametrize("name", NAMES)
def test_the_tokens_of_the_example_are_what_the_network_receives(name: str) -> None:
    task, example = TASKS[name], find_example(name, usual(name))
    numbers = torch.tensor([task.tokens.index(token) for token in example.tokens])
    received = numbers if task.vectors is None else task.vectors[numbers]
    assert torch.equal(held_out(name, usual(name)).inputs[0][: len(numbers)], received)
    assert len(set(task.tokens)) == len(task.tokens)


def test_what_is_held_out_is_enough_to_show() -> None:
    assert HELD_OUT >= SHOWN


def test_the_sum_of_the_marked_numbers_is_asked() -> None:
    batch = many("adding")
    value, mark = batch.inputs.unbind(-1)
    assert (mark[:, :25].sum(1) == 1).all()
    assert (mark[:, 25:].sum(1) == 1).all()
    assert torch.equal(batch.targets[:, 0], (value * mark).sum(1))
    example = find_example("adding", 50)
    marked = [float(token[:-1]) for token in example.tokens if token.endswith("*")]
    assert f"{sum(marked):.2f}" == example.targets[0]
    assert sum(marked) < 0.6


def test_the_first_symbol_is_to_be_recalled() -> None:
    batch = many("recall")
    symbols = batch.inputs.argmax(-1)
    assert torch.equal(symbols[:, :1], batch.targets)
    assert set(symbols[:, 1:-1].unique().tolist()) == set(range(8, 16))


def test_the_symbols_are_to_be_copied() -> None:
    batch = many("copy")
    symbols = batch.inputs.argmax(-1)
    assert torch.equal(symbols[:, :5], batch.targets)
    assert set(symbols[:, 5:15].unique().tolist()) == {8}
    assert set(symbols[:, 15:].unique().tolist()) == {9}


def test_the_parity_of_all_ones_so_far_is_asked() -> None:
    example = find_example("parity", 20)
    for t, target in enumerate(example.targets):
        assert int(target) == sum(map(int, example.tokens[: t + 1])) % 2


def test_the_next_value_of_a_wave_follows_from_the_last_two() -> None:
    batch = many("series")
    wave = torch.cat([batch.inputs[..., 0], batch.targets[:, -1:]], dim=1).double()
    assert torch.equal(wave[:, 1:].float(), batch.targets)
    middle = wave[:, 1:-1]
    pace = ((wave[:, 2:] + wave[:, :-2]) * middle).sum(1) / (2 * middle**2).sum(1)  # cos ω
    assert ((wave[:, 2:] - 2 * pace[:, None] * middle + wave[:, :-2]).abs() < 1e-4).all()


def test_sentences_that_are_held_out_are_not_learned() -> None:
    words = smalltalk.vocabulary().words
    learned = {example.words for example in smalltalk.split().train}
    for row in held_out("smalltalk", 14).inputs.tolist():
        said = tuple(words[number] for number in row if number)
        assert said not in learned


def blind(name: str) -> float:
    """The loss of the best answer from the last input alone, estimated on many examples."""
    task, batch = TASKS[name], many(name)
    asked = batch.targets.shape[1]
    if task.output == "number":
        last, right = batch.inputs[:, -asked:, 0].flatten(), batch.targets.flatten()
        if asked == 1:
            return float(((right - right.mean()) ** 2).mean())
        slope = (last * right).mean() / (last**2).mean()
        return float(((right - slope * last) ** 2).mean())
    last = batch.inputs[:, -asked:]
    kinds = last if task.vectors is None else last.argmax(-1)
    counted = batch.targets != NOTHING
    pairs = (
        one_hot(kinds[counted], len(task.tokens)).float().T @ one_hot(batch.targets[counted], len(task.outputs)).float()
    )
    share = pairs / pairs.sum(dim=1, keepdim=True).clamp(min=1)
    return float(-(pairs * share.clamp(min=1e-9).log()).sum() / pairs.sum())


@pytest.mark.parametrize("name", ["digits", *(name for name in NAMES if name not in uses.ROWS)])
def test_the_baseline_is_the_best_without_memory(name: str) -> None:
    assert math.isclose(TASKS[name].baseline(), blind(name), rel_tol=0.03)
    assert TASKS[name].goal < TASKS[name].baseline()


@pytest.mark.parametrize("name", ["adding", "series"])
@pytest.mark.parametrize("length", [5, 30, 50, 100, 200])
def test_what_is_held_out_is_as_hard_as_the_task(name: str, length: int) -> None:
    task = TASKS[name]
    assert math.isclose(task.blind(held_out(name, length)), task.baseline(), rel_tol=0.06)  # the example is rounded


def test_the_final_answer_of_a_sentence_is_its_reply() -> None:
    batch, task = held_out("smalltalk", 14), TASKS["smalltalk"]
    replies = [task.outputs[number] for number in task.final(batch.targets, batch).tolist()]
    assert set(replies) <= set(smalltalk.replies())
