from __future__ import annotations

import pytest

from rnn_core.models import registry
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import responders, shipped
from rnn_core.training.tasks import RESPONDERS

MANIFEST = RESPONDERS.manifest()


@pytest.mark.parametrize("spec", RESPONDERS.kept, ids=lambda spec: spec.name)
def test_the_manifests_numbers_are_those_that_are_measured(spec: ResponderSpec) -> None:
    line = MANIFEST["models"][spec.name]
    assert line["sentences"] == len(smalltalk.split().test)
    assert line["reply_accuracy"] == line["right"] / line["sentences"]
    counted = responders.score_replies(registry.RESPONDERS.load(spec), shipped.held_out(spec))
    assert counted["right"] == pytest.approx(line["right"], abs=2)


@pytest.mark.parametrize("spec", [spec for spec in RESPONDERS.kept if spec.units >= 16], ids=lambda spec: spec.name)
def test_new_combinations_are_answered_right(spec: ResponderSpec) -> None:
    assert MANIFEST["models"][spec.name]["reply_accuracy"] >= 0.95
