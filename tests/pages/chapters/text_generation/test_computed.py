from __future__ import annotations

import pytest

from pages._chapters.text_generation import computed
from rnn_core.specs import ModelSpec
from rnn_core.statistics.truncation import Truncation


def test_equal_draws_are_made_once_and_others_apart(warm: None) -> None:
    spec = ModelSpec(task="given_names", cell="gru", hidden=16)
    first, second, third = (computed.draw(spec, ("▶",), Truncation(), seed) for seed in (0, 1, 0))
    assert first is third
    assert first is not second


@pytest.mark.parametrize("task", ["given_names", "kaomoji", computed.SENTENCES])
def test_the_figures_are_the_manifests(warm: None, task: str) -> None:
    value, ends = computed.perplexity(ModelSpec(task=task, cell="gru", hidden=64))
    order, counted, other = computed.counting(task)
    assert 1 < value < counted
    assert order >= 2
    assert (ends is None) == (other is None) == (task == computed.SENTENCES)
