"""The accuracy that the manifests tell of each network."""

from __future__ import annotations

import pytest

from rnn_core.specs import BaselineSpec, ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import matched, responders, shipped, transformers
from rnn_core.training.accuracy import find_accuracy, guessing


@pytest.mark.parametrize(
    ("manifest", "specs"),
    [
        (shipped.manifest, (*shipped.SHIPPED, *shipped.REPEATED)),
        (transformers.manifest, (*transformers.SHIPPED, *transformers.REPEATED)),
        (responders.manifest, responders.SHIPPED),
        (matched.manifest, matched.SHIPPED),
    ],
    ids=["recurrent", "transformers", "responders", "matched"],
)
def test_accuracy_is_the_manifests(manifest, specs) -> None:
    lines = manifest()["models"]
    for spec in specs:
        assert find_accuracy(spec) == lines[spec.name]["reply_accuracy"]


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
    assert found.replies == len({example.reply for example in smalltalk.examples()})
    worst = min(find_accuracy(spec) or 0 for spec in matched.COMPARED)
    assert found.right / found.sentences < worst
