from __future__ import annotations

import numpy as np
import pytest
import torch
from sklearn.metrics import confusion_matrix

from rnn_core.models import registry
from rnn_core.tasks import feelings, kaomoji
from rnn_core.tasks.feelings import FACES, NETWORKS, SENTENCES, TEXTS, Felt
from rnn_core.tasks.language import find_tokenizer
from rnn_core.training import feelings as trained
from rnn_core.training.feelings import (
    FEELINGS,
    accuracies,
    by_length,
    encode,
    feeling_loss,
    last_scores,
    learned,
    score,
)
from rnn_core.training.loop import fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin

MANIFESTS = {task: FEELINGS[task].manifest() for task in TEXTS}


@pytest.mark.parametrize("spec", NETWORKS, ids=lambda spec: spec.name)
def test_the_manifests_numbers_are_those_that_are_measured(spec) -> None:
    found = score(registry.RECURRENT.load(spec), trained.held_out(spec))
    recorded = MANIFESTS[spec.task]["models"][spec.name]
    assert found["accuracy"] == pytest.approx(recorded["accuracy"], abs=0.005)
    assert found["macro_f1"] == pytest.approx(recorded["macro_f1"], abs=0.01)
    assert {n: one["of"] for n, one in found["lengths"].items()} == {
        n: one["of"] for n, one in recorded["lengths"].items()
    }
    assert np.array(recorded["confusion"]).trace() == recorded["decisions"]["right"]
    assert np.array(recorded["confusion"]).sum() == recorded["decisions"]["of"]


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_faces_are_told_better_than_by_naive_bayes(cell: str) -> None:
    simple = MANIFESTS[FACES]["baselines"]["naive_bayes"]
    lines = [MANIFESTS[FACES]["models"][feelings.network(FACES, cell, seed).name] for seed in feelings.SEEDS]
    assert min(line["accuracy"] for line in lines) >= 0.83 > simple["accuracy"]
    assert min(line["macro_f1"] for line in lines) >= 0.77 > simple["macro_f1"]


def test_each_shipped_network_tells_faces_better_too() -> None:
    lines = [MANIFESTS[FACES]["models"][spec.name] for spec in NETWORKS if spec.task == FACES]
    assert len(lines) == 3
    assert all(line["accuracy"] >= 0.83 and line["macro_f1"] >= 0.77 for line in lines)


def test_a_rare_feeling_counts_more_and_all_together_as_much_as_without() -> None:
    data = learned(feelings.network(FACES, "gru"))
    assert float(data.weights.mean()) == pytest.approx(1)
    by_kind = [float(data.weights[data.texts.labels == kind][0]) for kind in range(6)]
    counts = data.texts.labels.bincount().double()
    np.testing.assert_allclose(np.array(by_kind) * counts.sqrt().numpy(), by_kind[0] * counts[0].sqrt(), rtol=1e-5)


def test_scores_are_those_after_each_texts_own_last_token() -> None:
    spec = feelings.network(SENTENCES, "lstm")
    model = registry.RECURRENT.load(spec)
    data = encode(SENTENCES, [Felt(("今日", "は", "暑い"), "negative"), Felt(("雨",), "neutral")])
    with torch.inference_mode():
        both = torch.softmax(last_scores(model, data.words, data.lengths), dim=1).numpy()
    for row, tokens in zip(both, (("今日", "は", "暑い"), ("雨",)), strict=True):
        np.testing.assert_allclose(row, registry.distributions(spec, tokens)[-1], atol=1e-5)


def test_the_confusion_matrix_is_scikit_learns() -> None:
    spec = feelings.network(SENTENCES, "rnn")
    data, model = trained.held_out(spec).take(torch.arange(80)), registry.RECURRENT.load(spec)
    with torch.inference_mode():
        said = last_scores(model, data.words, data.lengths).argmax(dim=1)
    assert score(model, data)["confusion"] == confusion_matrix(data.labels, said, labels=range(3)).tolist()


@pytest.mark.parametrize("task", TEXTS)
def test_groups_of_lengths_add_up_to_the_whole(task: str) -> None:
    models = MANIFESTS[task]["models"]
    for cell, groups in by_length(models, task).items():
        line = models[feelings.network(task, cell).name]
        assert sum(right for right, _ in groups) == line["decisions"]["right"]
        assert sum(of for _, of in groups) == line["decisions"]["of"]
        share, low, high = accuracies(models, task)[cell]
        assert share == pytest.approx(line["accuracy"])
        assert low < share < high


def test_only_faces_that_may_be_shown_are_examples_and_each_is_told_so() -> None:
    for spec in NETWORKS:
        outputs = find_tokenizer(spec.task).outputs
        for answers in MANIFESTS[spec.task]["examples"][spec.name].values():
            for answer, texts in answers.items():
                assert 1 <= len(texts) <= trained.EXAMPLES
                if spec.task == FACES:
                    assert all(map(kaomoji.is_presentable, texts))
                    told = registry.distributions(spec, tuple(texts[0]))[-1]
                    assert outputs[int(told.argmax())] == answer


def test_training_lowers_the_loss_and_repeats_to_the_last_bit() -> None:
    spec, plan = feelings.network(SENTENCES, "gru"), TrainSpec(epochs=4, batch=20, rate=0.02, word_dropout=0.1)
    data, losses = learned(spec).take(torch.arange(60)), []
    for _ in range(2):
        model = registry.RECURRENT.fresh(spec)
        events = fit(begin(model, plan), feeling_loss, data, plan)
        losses.append([event.loss for event in events if hasattr(event, "loss")])
    assert losses[0] == losses[1]
    assert losses[0][-1] < losses[0][0]
