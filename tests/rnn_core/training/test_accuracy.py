"""The accuracy that the manifests tell of each network."""

from __future__ import annotations

import pytest

from rnn_core.specs import BaselineSpec, ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import matched
from rnn_core.training.accuracy import COUNTED, correct, find_accuracy, guessing
from rnn_core.training.tasks import TRANSFORMERS


@pytest.mark.parametrize("task", COUNTED, ids=lambda task: task.name)
def test_accuracy_is_the_manifests(task) -> None:
    lines = task.manifest()["models"]
    for spec in task.networks:
        if spec.name in lines:
            assert find_accuracy(spec) == lines[spec.name]["reply_accuracy"]


def test_the_counts_of_a_size_are_those_of_its_seeds() -> None:
    lines, of = TRANSFORMERS.manifest()["models"], guessing().sentences
    for positions in (True, False):
        for hidden, seeds in ((32, 3), (16, 1)):
            specs = [TransformerSpec(hidden=hidden, positions=positions, seed=seed) for seed in range(seeds)]
            shares = [right / of for right in correct(hidden, positions=positions)]
            assert shares == pytest.approx([lines[spec.name]["reply_accuracy"] for spec in specs], abs=1e-9)


@pytest.mark.parametrize(
    "spec",
    [
        ModelSpec(cell="gru", hidden=8, weights="fresh"),
        TransformerSpec(hidden=16, weights="fresh"),
        ResponderSpec(kind="attentive", hidden=8, weights="fresh"),
        BaselineSpec(kind="bag", hidden=32),
    ],
    ids=lambda spec: type(spec).__name__,
)
def test_there_is_none_of_what_is_not_trained_or_not_counted(spec) -> None:
    assert find_accuracy(spec) is None


def test_guessing_is_counted_on_the_held_out_sentences() -> None:
    found, test = guessing(), smalltalk.split().test
    assert found.sentences == len(test)
    assert found.right == sum(example.reply == "良かったね!" for example in test)
    assert found.majority == found.right / found.sentences
    assert found.chance == 1 / found.replies
    assert found.replies == len({example.reply for example in smalltalk.examples()})
    worst = min(find_accuracy(spec) or 0 for spec in matched.COMPARED)
    assert found.right / found.sentences < worst
