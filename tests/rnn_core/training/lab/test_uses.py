"""The lab's tasks from the chapters on uses: nothing learned is held out, and what memory is worth is said rightly."""

from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.sound.clips import symbol
from rnn_core.tasks import feelings, kaomoji
from rnn_core.tasks.digits import heard, silence
from rnn_core.tasks.language import find_tokenizer
from rnn_core.tasks.music import lines
from rnn_core.tasks.music.melodies import split
from rnn_core.tasks.written import END, START
from rnn_core.training.lab import uses
from rnn_core.training.lab.limits import LENGTHS, SHORT
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, draw_batch, find_example, held_out
from rnn_core.training.lab.uses import Examples, cost_of_the_last
from rnn_core.training.sentences import NOTHING

TEXTS = {
    "given_names": partial(uses.written_texts, "given_names"),
    feelings.FACES: partial(uses.felt_texts, feelings.FACES),
    lines.TASK: uses.melody_lines,
}
BELIEFS = [2.0**at for at in range(-3, 9)]


@pytest.mark.parametrize("name", TEXTS)
def test_what_is_held_out_is_not_learned(name: str) -> None:
    learned, unseen = ({tuple(row) for row in TEXTS[name](part).words.tolist()} for part in ("train", "test"))
    assert unseen - learned  # of faces some look alike once signs without a name are the unknown one
    if name != feelings.FACES:
        assert not learned & unseen
    assert {tuple(row) for row in held_out(name, int(LENGTHS[name].usual)).inputs.tolist()} <= unseen


def foretold(examples: Examples, belief: float) -> float:
    """The same as the definition has it, answer by answer."""
    asked = [
        (int(word), int(target))
        for words, targets in zip(examples.words, examples.targets, strict=True)
        for word, target in zip(words, targets, strict=True)
        if target != NOTHING
    ]
    costs = []
    for at, (word, target) in enumerate(asked):
        others = asked[:at] + asked[at + 1 :]
        after = [other for last, other in others if last == word]
        share = sum(said == target for _, said in asked) / len(asked)
        costs.append(-math.log((after.count(target) + belief * share) / (len(after) + belief)))
    return float(np.mean(costs))


def test_the_cost_of_the_last_token_is_its_definition() -> None:
    drawn = torch.Generator().manual_seed(0)
    words, targets = (torch.randint(0, most, (12, 4), generator=drawn) for most in (3, 5))
    targets[:, 0] = NOTHING
    examples = Examples(words, targets)
    assert cost_of_the_last(examples, 5) == pytest.approx(min(foretold(examples, belief) for belief in BELIEFS))


@pytest.mark.parametrize("name", TEXTS)
def test_it_lies_between_what_was_learned_by_heart_and_no_look_at_all(name: str) -> None:
    examples = TEXTS[name]("train")
    words, targets = examples.words, examples.targets
    asked = targets != NOTHING
    pairs = torch.zeros(len(TASKS[name].tokens), len(TASKS[name].outputs), dtype=torch.float64)
    pairs.index_put_((words[asked], targets[asked]), torch.ones(int(asked.sum()), dtype=torch.float64), accumulate=True)

    def entropy(counts: torch.Tensor) -> float:
        return float(torch.distributions.Categorical(counts / counts.sum()).entropy())

    heart = sum(entropy(row) * float(row.sum()) for row in pairs if row.sum() > 0) / float(pairs.sum())
    assert heart < TASKS[name].baseline() < entropy(pairs.sum(dim=0))
    assert TASKS[name].goal < heart


def test_a_name_is_written_on_to_its_end() -> None:
    example = find_example("given_names", 9)
    assert example.tokens[0] == START
    assert example.targets == (*example.tokens[1:], END)


def test_a_melody_is_cut_where_there_is_no_more_room_and_else_ends() -> None:
    words, outputs = uses.melody_lines("train").words, find_tokenizer(lines.TASK).outputs
    for melody, row, targets in zip(split().learned, words, uses.melody_lines("train").targets, strict=True):
        said = (*lines.words(melody), END)
        asked = [outputs[number] for number in targets.tolist() if number != NOTHING]
        assert asked == list(said[1 : 1 + words.shape[1]])
        assert int((row != 0).sum()) == len(asked)


def test_the_face_that_is_shown_may_be_shown() -> None:
    example = find_example(feelings.FACES, 20)
    assert kaomoji.is_presentable("".join(example.tokens))
    assert example.targets[0] in kaomoji.FEELINGS


def test_of_a_digit_the_last_moment_tells_nothing_and_the_recording_is_shown_as_it_is() -> None:
    for batch in (held_out("digits", 40), draw_batch(TrainSpec(task="digits", length=40, steps=1), 0)):
        assert (batch.inputs[:, -1] == silence()).all()
    example, shown = find_example("digits", 50), held_out("digits", 50).inputs[0]
    digit = uses.WORDS.index(example.targets[0])
    said = torch.from_numpy(heard(symbol(str(digit))))
    torch.testing.assert_close(shown[: len(said)], said)
    assert example.tokens == (*(f"{digit}.{at:02d}" for at in range(len(said))), *[uses.PAUSE] * (50 - len(said)))


def test_no_training_of_a_use_takes_long() -> None:
    with pytest.raises(KiokuError) as caught:
        TrainSpec(task="digits", length=60, cell="gru", hidden=128, batch=256, steps=20_000)
    assert f"{SHORT:.0f}" in caught.value.text("en")
