from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.compare import computed
from rnn_core import lineup
from rnn_core.models import registry
from rnn_core.training.tasks import RESPONDERS, SMALLTALK, TRANSFORMERS

WORDS = ("今日", "は", "暑い")
SPECS = lineup.select_specs(lineup.equal_units(16))


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.cell)
def test_every_kind_is_measured_alike_and_once(warm: None, spec: lineup.Compared) -> None:
    trace = computed.trace(spec, WORDS)
    assert trace.layers.layers[-1][0]["hidden_state"].shape == (3, lineup.units(spec))
    assert computed.trace(spec.model_copy(), (*WORDS,)) is trace
    np.testing.assert_array_equal(computed.influence(spec, WORDS), registry.input_influence(spec, WORDS))
    np.testing.assert_array_equal(computed.last_influence(spec, WORDS), registry.last_influence(spec, WORDS))
    pulled = registry.reply_norms(spec, WORDS)["hidden_state"]
    np.testing.assert_array_equal(computed.reply_norms(spec, WORDS)["hidden_state"], pulled)


def test_times_are_of_the_moment_and_kept_for_nobody(warm: None) -> None:
    one, other = (computed.times(SPECS, WORDS) for _ in range(2))
    assert len(one) == len(lineup.NETWORKS)
    assert one != other


def test_right_replies_are_the_manifests(warm: None) -> None:
    lines = SMALLTALK.manifest()["models"] | TRANSFORMERS.manifest()["models"] | RESPONDERS.manifest()["models"]
    for spec in SPECS:
        right, sentences = computed.accuracy(spec) or (0, 1)
        assert right / sentences == pytest.approx(lines[spec.name]["reply_accuracy"], abs=1e-12)
        assert computed.accuracy(spec.model_copy(update={"weights": "fresh"})) is None
    assert computed.guessing().sentences == SMALLTALK.manifest()["sentences"]["test"]
