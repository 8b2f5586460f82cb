from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace, registry, weights
from rnn_core.models.family import count_parameters
from rnn_core.recurrent.recording import record
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk
from rnn_core.training.tasks import RESPONDERS

if TYPE_CHECKING:
    from pathlib import Path

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
KINDS = ("bidirectional", "attentive")
SPECS = [*RESPONDERS.kept, *(ResponderSpec(kind=kind, hidden=6, weights="fresh", seed=3) for kind in KINDS)]
IDS = [f"{spec.name}-{spec.weights}" for spec in SPECS]


@pytest.mark.parametrize("spec", SPECS, ids=IDS)
def test_what_is_recorded_is_what_torch_has(spec: ResponderSpec) -> None:
    trace, model = registry.run(spec, WORDS), registry.RESPONDERS.load(spec)
    with torch.inference_mode():
        states = model.recurrent(model.embedding(torch.tensor([smalltalk.vocabulary().encode(WORDS)])))[0][0]
    if spec.kind == "attentive":
        rows = []
        for t in range(len(WORDS)):  # one query after the other, in float64, by the equations
            h = states[: t + 1].double()
            attention = model.double().attention
            scores = attention.score(torch.tanh(attention.query(h[-1]) + attention.key(h)))[:, 0]
            a = torch.exp(scores) / torch.exp(scores).sum()
            np.testing.assert_allclose(trace.attention[0]["attention"][t, 0, : t + 1], a.detach(), atol=1e-6)
            rows.append(a @ h)
        states = torch.stack(rows).detach()
    np.testing.assert_allclose(trace.layers["hidden_state"], states, atol=2e-6)
    assert trace.layers["hidden_state"].shape == (len(WORDS), spec.units)
    assert trace.layers.parity < 1e-5
    assert trace.parameters == count_parameters(model)


@pytest.mark.parametrize("spec", SPECS, ids=IDS)
def test_each_row_is_the_answer_to_the_sentence_cut_there(spec: ResponderSpec) -> None:
    whole = registry.run(spec, WORDS)
    np.testing.assert_allclose(whole.distribution.sum(axis=1), 1, atol=1e-6)
    for t in range(len(WORDS)):
        cut = registry.run(spec, WORDS[: t + 1])
        np.testing.assert_allclose(whole.distribution[t], cut.distribution[-1], atol=1e-6)
        assert cut.reply == cut.top(t, 1)[0]


def test_the_two_directions_are_recorded_exactly_and_later_words_move_earlier_states() -> None:
    spec = ResponderSpec(kind="bidirectional", hidden=8)
    trace, model = registry.run(spec, WORDS), registry.RESPONDERS.load(spec)
    found, states = record(model.recurrent, trace.embedding), trace.layers["hidden_state"]
    np.testing.assert_array_equal(states, found.output)
    assert trace.layers.parity == found.parity
    by_hand = np.hstack([direction["hidden_state"] for direction in found.layers[0]])
    np.testing.assert_allclose(states, by_hand, atol=1e-6)
    other = registry.run(spec, (*WORDS[:-1], "よ")).layers["hidden_state"]
    np.testing.assert_allclose(states[0, :8], other[0, :8], atol=1e-6)
    assert np.abs(states[0, 8:] - other[0, 8:]).max() > 1e-3


@pytest.mark.parametrize("spec", [spec for spec in SPECS if spec.kind == "bidirectional"], ids=lambda spec: spec.units)
def test_with_both_directions_the_reply_is_read_from_what_each_ends_with(spec: ResponderSpec) -> None:
    model = registry.RESPONDERS.load(spec)
    with torch.inference_mode():
        embedding = model.embedding(torch.tensor([smalltalk.vocabulary().encode(WORDS)]))
        scores = model.readout(model.recurrent(embedding)[1][0].transpose(0, 1).flatten())  # h_n of both
    expected = torch.softmax(scores, dim=-1)
    np.testing.assert_allclose(registry.run(spec, WORDS).distribution[-1], expected, atol=1e-6)


def test_looking_back_is_a_mean_of_what_came_before() -> None:
    trace = registry.run(ResponderSpec(kind="attentive", hidden=16), WORDS)
    weights = trace.attention[0]["attention"][:, 0]
    np.testing.assert_allclose(weights.sum(axis=1), 1, atol=1e-6)
    assert (weights[np.triu_indices(len(WORDS), 1)] == 0).all()
    longer = registry.run(ResponderSpec(kind="attentive", hidden=16), (*WORDS, "よ"))
    np.testing.assert_allclose(longer.layers["hidden_state"][:-1], trace.layers["hidden_state"], atol=1e-6)


@given(st.sampled_from(KINDS), st.lists(st.text(max_size=4), min_size=1, max_size=60))
def test_any_words_are_answered(kind: str, words: list[str]) -> None:
    trace = registry.run(ResponderSpec(kind=kind, hidden=8), words)
    assert len(trace) == len(words)
    assert np.isfinite(trace.distribution).all()


@pytest.mark.parametrize("given_words", [[], "今日", [3]])
def test_no_words_are_refused(given_words: object) -> None:
    with pytest.raises(KiokuError) as error:
        registry.run(ResponderSpec(kind="attentive", hidden=8), given_words)  # type: ignore[arg-type]
    assert error.value.code == "not_words"


def test_files_that_are_not_there_or_of_another_network_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    one, other = (ResponderSpec(kind="attentive", hidden=hidden) for hidden in (8, 16))
    with pytest.raises(KiokuError) as error:
        registry.RESPONDERS.load(one)
    assert error.value.code == "weights_missing"
    registry.RESPONDERS.save(registry.RESPONDERS.fresh(one), other, weights.path_of(other.name))
    with pytest.raises(KiokuError) as error:
        registry.RESPONDERS.load(other)
    assert error.value.code == "weights_sizes"
