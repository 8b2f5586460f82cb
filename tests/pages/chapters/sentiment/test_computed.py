from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.sentiment import computed
from rnn_core.tasks.feelings import NETWORKS, SENTENCES, TEXTS, network
from rnn_core.tasks.sentiment import SentimentSpec
from rnn_core.training import sentiment
from rnn_core.training.feelings import FEELINGS
from rnn_core.training.tasks import SENTIMENT


def test_equal_questions_are_answered_once_and_different_ones_apart(warm: None) -> None:
    specs = [SentimentSpec(asked="word", directions=directions) for directions in (1, 2, 1)]
    first, second, third = (computed.classify(spec, ("今日", "は")) for spec in specs)
    assert first is third
    assert first is not second
    one, other = (computed.read(network(SENTENCES, "gru"), words) for words in (("今日",), ("昨日",)))
    assert one is computed.read(network(SENTENCES, "gru"), ("今日",))
    assert one is not other


def test_what_it_is_worth_is_the_manifests(warm: None) -> None:
    worth, majority = computed.worth()
    assert worth == sentiment.worth(SENTIMENT.manifest()["models"])
    assert majority == SENTIMENT.manifest()["majority"]


@pytest.mark.parametrize("task", TEXTS)
def test_counts_and_shares_are_those_of_the_manifest(warm: None, task: str) -> None:
    lines = FEELINGS[task].manifest()["models"]
    for spec in (spec for spec in NETWORKS if spec.task == task):
        line = lines[spec.name]
        assert computed.accuracies(task)[spec.cell][0] == pytest.approx(line["accuracy"])
        assert sum(right for right, _ in computed.lengths(task)[spec.cell]) == line["decisions"]["right"]
        counts = np.array(line["confusion"], float)
        np.testing.assert_allclose(computed.shares(spec), counts / counts.sum(axis=1, keepdims=True))


def test_the_path_is_the_states_in_the_plane(warm: None) -> None:
    spec, words = network(SENTENCES, "lstm"), ("今日", "は", "暑い")
    plane = computed.made(SENTENCES)["planes"][spec.name]
    states = computed.read(spec, words).trace.layers.output
    np.testing.assert_allclose(
        computed.path(spec, words), (states - np.array(plane["mean"])) @ np.array(plane["axes"]).T
    )
