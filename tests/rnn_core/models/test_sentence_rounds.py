from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.models import sentence_rounds
from rnn_core.models.sentence_spec import continued
from rnn_core.specs import MinimalSpec, ModelSpec

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
SPEC = ModelSpec(cell="gru", hidden=16)


def test_the_rounds_are_those_of_deer_on_the_models_embedding() -> None:
    words = continued(WORDS, 60)
    found = sentence_rounds.solve(SPEC, words, scale=1.0, clip=False)
    assert (found.rounds, found.stages) == (22, 154)
    assert sentence_rounds.solve(SPEC, words, scale=1.0, clip=True).rounds == 8
    assert found.exponent == pytest.approx(rc.lyapunov_exponents(*_layer_and_inputs(words))[0], abs=1e-12)


def _layer_and_inputs(words: tuple[str, ...]) -> tuple[object, object]:
    from rnn_core.models import registry

    model = registry.RECURRENT.memoized(SPEC)
    import copy

    return copy.deepcopy(model.recurrent).double(), rc.run(SPEC, words).embedding.astype(float)


@pytest.mark.parametrize("words", [1, 6])
def test_few_words_need_no_more_rounds_than_they_are(words: int) -> None:
    found = sentence_rounds.solve(SPEC, WORDS[:words], scale=0.0, clip=False)
    assert found.rounds is not None
    assert found.rounds <= words


def test_the_longer_the_larger_a_network_may_not_be() -> None:
    sizes = [sentence_rounds.longest(ModelSpec(cell="lstm", hidden=hidden)) for hidden in (8, 64, 128, 512)]
    assert sizes == sorted(sizes, reverse=True)
    assert sizes[0] == sentence_rounds.MOST
    long = sentence_rounds.solve(SPEC, continued(WORDS, 300), scale=1.0, clip=True)
    assert long.errors.shape[1] == sentence_rounds.MOST


@pytest.mark.parametrize("words", [1, 2, 5, 6, 8])
def test_after_the_last_stage_the_scan_has_the_states(words: int) -> None:
    spec = MinimalSpec(cell="mingru", hidden=16)
    found, trace = sentence_rounds.read_by_scan(spec, WORDS[:1] * words), rc.run(spec, WORDS[:1] * words)
    assert len(found.b) == 1 + int(np.ceil(np.log2(words)))
    np.testing.assert_allclose(found.b[-1], trace.layer()["hidden_state"], atol=2e-6)
    np.testing.assert_array_equal(found.a[0], trace.layer()["update_gate"])
    assert found.limit >= 1
    assert found.gap == trace.layers.parity


def test_a_chain_has_the_states_of_the_run() -> None:
    found = rc.run(SPEC, WORDS).layer()["hidden_state"]
    np.testing.assert_array_equal(sentence_rounds.hidden_states(SPEC, WORDS), found)
