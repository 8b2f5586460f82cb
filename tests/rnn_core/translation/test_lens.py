"""What a step is made of, against torch in float64: the lens's sums are the recorded scores, Σ α h the recorded c."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.specs import TranslatorSpec
from rnn_core.translation import registry
from rnn_core.translation.decoding import translate
from rnn_core.translation.lens import look_into

SENTENCE = ("友達", "は", "店", "に", "先生", "と", "行っ", "て")
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)
OWN = [
    TranslatorSpec(task="phrases", attention=attention, hidden=hidden, weights=weights, seed=seed)
    for attention, hidden, weights, seed in (
        ("none", 6, "fresh", 5),
        ("additive", 6, "fresh", 2),
        ("dot", 6, "fresh", 3),
        ("additive", 24, "trained", 0),
        ("dot", 24, "trained", 0),
    )
]


def name(spec: object) -> str:
    return f"{spec.name}-{spec.weights}" if isinstance(spec, TranslatorSpec) else ""


def read(spec: TranslatorSpec):
    return translate(spec, tuple("weather") if spec is KATAKANA else SENTENCE, length=8)


@pytest.mark.parametrize("spec", [*OWN[1:], KATAKANA], ids=name)
def test_the_terms_of_every_score_are_torchs_and_sum_to_the_recorded_one(spec: TranslatorSpec) -> None:
    trace = read(spec)
    lens, (seen,) = look_into(trace), trace.attention
    model = registry.family_of(spec).load(spec).double()
    with torch.inference_mode():
        memory = model.read(torch.tensor(trace.source.embedding).double()[None], torch.tensor([len(trace.source)]))
        state, layer = memory.start[0], getattr(model, model.decoders[0])
        received = torch.tensor(trace.embedding).double()  # what the first decoder layer received, (T, D)
        for step in range(len(trace)):
            before, state = (
                state,
                torch.gru_cell(
                    received[step][None],
                    state,
                    layer.weight_ih_l0,
                    layer.weight_hh_l0,
                    layer.bias_ih_l0,
                    layer.bias_hh_l0,
                ),
            )
            for head in range(spec.heads):
                keys = memory.keys[0, head]  # (S, D)
                if spec is KATAKANA:
                    width = spec.hidden // spec.heads
                    rows = slice(head * width, (head + 1) * width)
                    query = state @ model.attn.in_proj_weight[rows].T + model.attn.in_proj_bias[rows]
                    terms = query * keys / width**0.5
                elif spec.attention == "dot":
                    terms = state * keys
                else:
                    terms = torch.tanh(model.attention.query(before) + keys) * model.attention.score.weight
                found = np.array([lens.terms(step, place, head) for place in range(len(trace.source))])
                np.testing.assert_allclose(found, terms.numpy(), rtol=1e-4, atol=2e-5)
                np.testing.assert_allclose(found.sum(axis=1), seen["scores"][step, head], rtol=1e-5, atol=2e-5)


@pytest.mark.parametrize("spec", [*OWN, KATAKANA], ids=name)
def test_the_first_state_is_torchs_and_the_states_are_the_traces(spec: TranslatorSpec) -> None:
    trace = read(spec)
    lens = look_into(trace)
    np.testing.assert_array_equal(lens.decoder, trace.layer()["hidden_state"])
    if spec is KATAKANA:
        np.testing.assert_array_equal(lens.start, 0)  # this decoder starts from nothing
        return
    model = registry.family_of(spec).load(spec).double()
    with torch.inference_mode():
        _, last = model.encoder(torch.tensor(trace.source.embedding).double()[None])  # (2, 1, H)
        expected = torch.tanh(model.start(torch.cat([last[0], last[1]], dim=-1)))[0]
    np.testing.assert_allclose(lens.start, expected, rtol=0, atol=1e-6)


@pytest.mark.parametrize("spec", [*OWN[1:], KATAKANA], ids=name)
def test_what_is_mixed_is_the_recorded_context(spec: TranslatorSpec) -> None:
    (seen,) = read(spec).attention
    mixed = np.einsum("tks,skd->tkd", seen["attention"].astype(np.float64), seen["values"].astype(np.float64))
    np.testing.assert_allclose(seen["context"], mixed, rtol=0, atol=1e-6)


def test_without_attention_nothing_is_compared_and_what_is_not_there_is_said() -> None:
    none, dot = (look_into(read(spec)) for spec in (OWN[0], OWN[2]))
    assert (none.queries, none.keys, none.score_weights, dot.score_weights) == (None, None, None, None)
    for step, position, head in ((99, 0, 0), (0, 99, 0), (0, 0, 1)):
        with pytest.raises(KiokuError):
            dot.terms(step, position, head)
