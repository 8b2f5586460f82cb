from __future__ import annotations

import pytest

from rnn_core.models import registry, weights
from rnn_core.specs import ModelSpec
from rnn_core.training import metrics, minimal, shipped
from rnn_core.training.accuracy import find_accuracy
from rnn_core.training.tasks import MINIMAL


@pytest.mark.parametrize("spec", minimal.KEPT, ids=lambda spec: spec.name)
def test_the_manifests_numbers_are_those_that_are_measured(spec: minimal.MinimalSpec) -> None:
    found = metrics.score(registry.MINIMAL.load(spec), shipped.held_out(spec))
    assert found["reply_accuracy"] == pytest.approx(MINIMAL.manifest()["models"][spec.name]["reply_accuracy"], abs=2e-3)


def test_it_is_trained_as_the_gru_of_its_size_and_loses_nothing_to_it() -> None:
    gru = ModelSpec(cell="gru", hidden=minimal.HIDDEN)
    for spec in minimal.KEPT:
        assert minimal.recipe(spec) == shipped.recipe(gru)
        seeds = [find_accuracy(spec.model_copy(update={"seed": seed})) for seed in shipped.SEEDS]
        others = [find_accuracy(gru.model_copy(update={"seed": seed})) for seed in shipped.SEEDS]
        assert min(seed for seed in seeds if seed) > max(other for other in others if other)


def test_the_weights_are_small() -> None:
    assert sum(weights.path_of(spec.name).stat().st_size for spec in minimal.KEPT) < 200_000
