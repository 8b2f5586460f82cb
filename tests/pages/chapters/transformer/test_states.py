from __future__ import annotations

from pages._chapters.transformer.states import STATE
from rnn_core.models import registry
from rnn_core.training.tasks import TRANSFORMERS


def test_every_network_that_can_be_named_has_the_states_that_are_drawn() -> None:
    for spec in TRANSFORMERS.kept:
        trace = registry.run(spec, ["今日", "は"])
        assert trace.layers.layers[-1][0][STATE].shape == (2, spec.hidden)
