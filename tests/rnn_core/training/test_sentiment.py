from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.models import model_trace
from rnn_core.models import sentiment as networks
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import SHIPPED, SentimentSpec
from rnn_core.training import sentiment
from rnn_core.training import task as rows
from rnn_core.training.loop import fit
from rnn_core.training.sentiment import labelled, recipe, score, sentences, sentiment_loss
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin
from rnn_core.training.tasks import SENTIMENT
from tests.rnn_core.training.test_shipped import InProcess

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = SENTIMENT.manifest()


def accuracies(asked: str, directions: int) -> list[float]:
    return [
        MANIFEST["models"][spec.name]["accuracy"]
        for spec in SENTIMENT.networks
        if (spec.asked, spec.directions) == (asked, directions)
    ]


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_manifests_numbers_are_those_that_are_measured(spec: SentimentSpec) -> None:
    found, recorded = score(networks.CLASSIFIERS.load(spec), sentiment.held_out(spec)), MANIFEST["models"][spec.name]
    assert found["accuracy"] == pytest.approx(recorded["accuracy"], abs=0.005)
    assert found["decisions"]["of"] == recorded["decisions"]["of"]
    assert [count["of"] for count in found["to_come"]] == [count["of"] for count in recorded["to_come"]]
    assert TrainSpec(**recorded["train"]) == recipe(spec)
    assert SentimentSpec(**recorded["spec"]) == spec


def test_after_the_sentence_two_directions_gain_nothing_and_at_each_word_much() -> None:
    """What the chapter says, by three seeds each."""
    one, two = accuracies("sentence", 1), accuracies("sentence", 2)
    assert min(one) <= max(two)
    assert min(two) <= max(one)
    assert min(accuracies("word", 2)) > max(accuracies("word", 1)) + 0.2


def test_what_a_number_of_directions_is_worth_are_the_manifests_counts() -> None:
    for found in sentiment.worth(MANIFEST["models"]):
        for asked, counts in (("sentence", found.sentence), ("word", found.words)):
            assert [count.share for count in counts] == accuracies(asked, found.directions)
        assert [sum(count.of for count in seed[:1]) for seed in found.to_come] == [1754] * 3
    one, two = sentiment.worth(MANIFEST["models"])
    assert two.parameters == pytest.approx(one.parameters, rel=0.01)


def test_places_are_counted_by_what_is_still_to_come() -> None:
    data = sentences()[1]
    line = score(networks.CLASSIFIERS.fresh(SHIPPED[2]), data)
    lengths = data.lengths.tolist()
    assert [count["of"] for count in line["to_come"]] == [sum(n > k for n in lengths) for k in range(8)]
    assert line["decisions"]["of"] == sum(lengths)
    assert score(networks.CLASSIFIERS.fresh(SHIPPED[0]), data)["to_come"] == []


def test_training_lowers_the_loss_and_repeats_to_the_last_bit() -> None:
    data, spec = sentences()[0].take(torch.arange(60)), SHIPPED[3]
    plan = TrainSpec(epochs=6, batch=20, rate=0.02)
    found = []
    for _ in range(2):
        model = networks.CLASSIFIERS.fresh(spec)
        losses = [event.loss for event in fit(begin(model, plan), sentiment_loss, data, plan) if hasattr(event, "loss")]
        found.append(losses)
    assert found[0] == found[1]
    assert found[0][-1] < 0.6 * found[0][0]


def test_what_fills_a_sentence_up_counts_for_nothing() -> None:
    whole, plan, spec = sentences()[0], TrainSpec(epochs=1, rate=0.1), SHIPPED[3]
    model, generator = networks.CLASSIFIERS.fresh(spec), torch.Generator().manual_seed(0)
    longest = int(whole.lengths.argmax())
    two = whole.take(torch.tensor([0, longest]))
    each = [float(sentiment_loss(model, whole.take(torch.tensor([k])), plan, generator).detach()) for k in (0, longest)]
    both = float(sentiment_loss(model, two, plan, generator).detach())
    lengths = two.lengths.tolist()
    assert both == pytest.approx((each[0] * lengths[0] + each[1] * lengths[1]) / sum(lengths), rel=1e-5)


def test_building_writes_weights_and_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = tuple(part.take(torch.arange(50)) for part in sentences())
    monkeypatch.setattr(sentiment, "sentences", lambda: parts)
    monkeypatch.setattr(rows, "ProcessPoolExecutor", InProcess)
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    plan = TrainSpec(epochs=1, batch=25, rate=0.01)
    task = replace(SENTIMENT, kept=SHIPPED[:1], measured=SHIPPED[1:2], recipe=lambda _: plan)
    assert not task.up_to_date()
    assert [name for name, _ in task.build()] == [spec.name for spec in SHIPPED[:2]]
    assert task.up_to_date()
    assert [path.name for path in sorted(tmp_path.iterdir())] == [f"{SHIPPED[0].name}.safetensors", "sentiment.json"]
    assert task.manifest()["sentences"] == {"train": 50, "test": 50}


def test_labels_are_the_grammars_own() -> None:
    from rnn_core.tasks.sentiment import FEELINGS

    some = smalltalk.examples()[::3000]
    data = labelled(some)
    assert [FEELINGS[label] for label in data.labels] == [example.sentiment for example in some]
    assert data.inside.sum(dim=1).tolist() == [len(example.words) for example in some]
