"""Translating step by step: every number against torch in float64, choices and overrides, and what is refused."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace
from rnn_core.quantities import QUANTITIES
from rnn_core.specs import TranslatorSpec
from rnn_core.translation import decoding, katakana, registry
from rnn_core.translation.decoding import LONGEST, translate
from rnn_core.translation.interventions import AttentionOverride

SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)
OWN = [
    TranslatorSpec(task="phrases", attention=attention, hidden=6, weights="fresh", seed=seed)
    for attention, seed in (("none", 5), ("additive", 2), ("dot", 3))
]
LOOKING = [*OWN[1:], KATAKANA]
CASES = [(spec, SENTENCE) for spec in OWN] + [(KATAKANA, tuple("weather"))]


def name(case: object) -> str:
    return case.name if isinstance(case, TranslatorSpec) else ""


def source_of(spec: TranslatorSpec) -> tuple[str, ...]:
    return tuple("weather") if spec is KATAKANA else SENTENCE


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=name)
def test_what_is_written_is_the_likeliest_and_every_distribution_torchs(spec: TranslatorSpec, tokens) -> None:
    trace = translate(spec, tokens, length=8)
    model, known = registry.family_of(spec).load(spec).double(), registry.vocabularies(spec)
    ids = torch.tensor([registry.read_tokens(spec, tokens)[1]])
    received = torch.tensor([[known.begin, *trace.chosen[:-1]]])
    with torch.inference_mode():
        memory = model.encode(ids, torch.tensor([ids.shape[1]]))
        expected = model.follow(memory, received)[0].softmax(dim=-1).numpy()
    np.testing.assert_allclose(trace.distribution, expected, rtol=0, atol=1e-6)
    assert trace.chosen == tuple(trace.distribution.argmax(axis=1))
    assert [token.text for token in trace.tokens] == [known.target[index] for index in received[0]]
    assert [guess.text for guess in trace.written] == [known.target[index] for index in trace.chosen]
    assert [guess.probability for guess in trace.written] == list(trace.distribution.max(axis=1))
    assert trace.finished == (trace.chosen[-1] == known.end)
    np.testing.assert_allclose(trace.distribution.sum(axis=1), 1, atol=1e-6)


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=name)
def test_encoder_and_decoder_are_traces_of_every_gate(spec: TranslatorSpec, tokens) -> None:
    trace = translate(spec, tokens, length=5)
    model = registry.family_of(spec).load(spec)
    steps, read = len(trace), len(trace.source)
    assert trace.layers.parity < 1e-5
    assert trace.source.layers.parity < 1e-5
    assert len(trace.layers.layers) == len(model.decoders)
    assert [len(layer) for layer in trace.source.layers.layers] == [2]
    for (layer,) in trace.layers.layers:
        assert {key: array.shape for key, array in layer.items()} == {
            row.key: (steps, spec.hidden) for row in QUANTITIES.of("gru")
        }
    assert trace.source.layers.output.shape == (read, 2 * spec.hidden)
    with torch.inference_mode():
        expected = model.encoder(torch.tensor(trace.source.embedding)[None])[0][0]
    np.testing.assert_array_equal(trace.source.layers.output, expected)
    assert trace.embedding.shape[0] == steps


@pytest.mark.parametrize("spec", LOOKING, ids=name)
def test_attention_is_a_softmax_in_float64_and_the_context_an_einsum(spec: TranslatorSpec) -> None:
    trace = translate(spec, source_of(spec), length=6)
    (seen,) = trace.attention
    weights, scores = seen["attention"], seen["scores"].astype(np.float64)
    assert weights.shape == scores.shape == (len(trace), spec.heads, len(trace.source))
    for constant in (0.0, 100.0):
        shifted = np.exp(scores + constant - (scores + constant).max(axis=-1, keepdims=True))
        np.testing.assert_allclose(weights, shifted / shifted.sum(axis=-1, keepdims=True), rtol=0, atol=1e-6)
    np.testing.assert_allclose(weights.sum(axis=-1), 1, atol=1e-6)
    context = np.einsum("tks,skd->tkd", weights.astype(np.float64), seen["values"].astype(np.float64))
    np.testing.assert_allclose(seen["context"], context, rtol=0, atol=1e-6)
    with pytest.raises(ValueError, match="read-only"):
        weights[0, 0, 0] = 1.0


@pytest.mark.parametrize("spec", OWN[1:], ids=name)
def test_scores_are_those_of_the_papers_from_the_traced_states(spec: TranslatorSpec) -> None:
    trace, w = translate(spec, SENTENCE, length=6), registry.family_of(spec).load(spec).double().state_dict()
    (seen,) = trace.attention
    states = torch.tensor(trace.source.layers.output).double()  # (S, 2H)
    after = torch.tensor(trace.layers["hidden_state"]).double()  # (T, H)
    first = torch.tanh(w["start.weight"] @ torch.cat([states[-1, :6], states[0, 6:]]) + w["start.bias"])
    keys = states @ w["attention.key.weight"].T
    if spec.attention == "dot":
        expected = after @ keys.T
    else:
        before = torch.cat([first[None], after[:-1]])
        expected = torch.tanh((before @ w["attention.query.weight"].T)[:, None] + keys) @ w["attention.score.weight"][0]
    np.testing.assert_allclose(seen["scores"][:, 0], expected, rtol=0, atol=1e-6)
    np.testing.assert_array_equal(seen["values"][:, 0], trace.source.layers.output)


def test_without_attention_there_is_none() -> None:
    assert translate(OWN[0], SENTENCE, length=3).attention == ()


@pytest.mark.parametrize("spec", [*OWN, KATAKANA], ids=name)
def test_a_chosen_token_is_written_and_what_follows_follows_from_it(spec: TranslatorSpec) -> None:
    tokens = source_of(spec)
    base = translate(spec, tokens, length=6)
    other = next(guess.text for guess in base.top(2, 4)[1:] if not guess.ends)
    turned = translate(spec, tokens, [(2, other)], length=6)
    np.testing.assert_array_equal(turned.distribution[:3], base.distribution[:3])
    assert turned.written[2].text == other
    assert turned.tokens[3].text == other
    assert np.abs(turned.distribution[3] - base.distribution[3]).max() > 1e-6
    same = translate(spec, tokens, [(2, base.written[2].text)], length=6)
    np.testing.assert_array_equal(same.distribution, base.distribution)


def test_a_chosen_end_ends() -> None:
    spec = OWN[1]
    trace = translate(spec, SENTENCE, [(1, registry.vocabularies(spec).target[3])], length=6)
    assert len(trace) == 2
    assert trace.finished


@pytest.mark.parametrize("spec", LOOKING, ids=name)
def test_blanked_positions_are_exactly_0_and_earlier_steps_stay(spec: TranslatorSpec) -> None:
    tokens = source_of(spec)
    base = translate(spec, tokens, length=4)
    blank = translate(spec, tokens, overrides=[AttentionOverride(step=2, without=(0, 3))], length=4)
    rows = blank.attention[0]["attention"]
    assert (rows[2, :, [0, 3]] == 0).all()
    np.testing.assert_allclose(rows.sum(axis=-1), 1, atol=1e-6)
    np.testing.assert_array_equal(rows[:2], base.attention[0]["attention"][:2])
    assert np.abs(blank.distribution[2] - base.distribution[2]).max() > 1e-7
    one = translate(spec, tokens, overrides=[AttentionOverride(without=range(1, len(base.source)))], length=4)
    assert (one.attention[0]["attention"][:, :, 0] == 1).all()


@pytest.mark.parametrize("spec", LOOKING, ids=name)
def test_a_held_row_is_the_attention_and_holding_its_own_changes_nothing(spec: TranslatorSpec) -> None:
    tokens = source_of(spec)
    base = translate(spec, tokens, length=4)
    row = np.arange(1.0, len(base.source) + 1)
    override = AttentionOverride(step=1, row=row)
    assert override.normalised
    moved = translate(spec, tokens, overrides=[override], length=4)
    np.testing.assert_allclose(moved.attention[0]["attention"][1], np.tile(row / row.sum(), (spec.heads, 1)), atol=1e-7)
    own = base.attention[0]["attention"]
    overrides = [AttentionOverride(step=t, row=own[t, k], head=k) for t in range(len(own)) for k in range(spec.heads)]
    held = translate(spec, tokens, overrides=overrides, length=4)
    np.testing.assert_allclose(held.distribution, base.distribution, rtol=0, atol=1e-6)


@pytest.mark.parametrize("words", [("雨",), SENTENCE * 10, ("タピオカ", "🙂", "42")])
def test_one_word_sixty_and_unknown_ones_are_read(words: tuple[str, ...]) -> None:
    for spec in OWN:
        trace = translate(spec, words, length=3)
        assert [token.text for token in trace.source.tokens] == list(words)
    assert len(translate(KATAKANA, ["a"] * katakana.LONGEST)) <= decoding.LIMITS["katakana"]


@settings(max_examples=10)
@given(st.lists(st.sampled_from([*SENTENCE, "未知"]), min_size=1, max_size=9), st.sampled_from(OWN[1:]))
def test_rows_sum_to_1_whatever_is_read(words: list[str], spec: TranslatorSpec) -> None:
    rows = translate(spec, words, length=3).attention[0]["attention"]
    np.testing.assert_allclose(rows.sum(axis=-1), 1, atol=1e-6)


@pytest.mark.parametrize(
    ("spec", "more", "code"),
    [
        (OWN[0], {"overrides": [AttentionOverride(without=(0,))]}, "no_attention"),
        (OWN[1], {"overrides": [AttentionOverride(without=range(6))]}, "attention_blank"),
        (OWN[1], {"overrides": [AttentionOverride(row=(1.0, 0.0))]}, "attention_length"),
        (OWN[1], {"overrides": [AttentionOverride(step=8, without=(0,))]}, "no_such_place"),
        (OWN[1], {"overrides": [AttentionOverride(step=-1, without=(0,))]}, "no_such_place"),
        (OWN[1], {"overrides": "none"}, "not_overrides"),
        (OWN[1], {"overrides": [(1, 2)]}, "not_overrides"),
        (OWN[1], {"choose": [(0, "no such word")]}, "choice"),
        (OWN[1], {"choose": [(8, "the")]}, "choice"),
        (OWN[1], {"choose": [("0", "the")]}, "choice"),
        (OWN[1], {"choose": ["the"]}, "choice"),
        (OWN[1], {"choose": [(0, "<end>"), (5, "the")]}, "choice_late"),
        (OWN[1], {"length": 0}, "output_length"),
        (OWN[1], {"length": LONGEST + 1}, "output_length"),
        (OWN[1], {"length": 2.5}, "output_length"),
        (OWN[1], {"length": True}, "output_length"),
    ],
)
def test_what_does_not_fit_is_refused_in_both_languages(spec: TranslatorSpec, more: dict, code: str) -> None:
    with pytest.raises(KiokuError) as caught:
        translate(spec, SENTENCE, **{"length": 8} | more)
    assert caught.value.code == code
    assert caught.value.text("ja") != caught.value.text("en")


def test_without_its_trained_weights_it_says_so(tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    with pytest.raises(KiokuError) as caught:
        translate(TranslatorSpec(task="names", attention="dot", hidden=7), ("あ",))
    assert caught.value.code == "weights_missing"


@pytest.mark.parametrize("attention", ["none", "additive", "dot"])
def test_learned_numbers_are_those_between_embedding_and_readout(attention: str) -> None:
    spec = TranslatorSpec(task="names", attention=attention, hidden=4, weights="fresh")
    encoder, start, decoder = 2 * 3 * 4 * (4 + 4 + 2), 8 * 4 + 4, 3 * 4 * (4 + 4 + 2)
    more = {"none": 0, "additive": 12 * 8 + 16 + 32 + 4 + 12 * 4 + 4, "dot": 32 + 12 * 4 + 4}[attention]
    assert decoding.learned(registry.family_of(spec).load(spec)) == encoder + start + decoder + more
