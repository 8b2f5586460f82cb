"""Attribution: gradients against finite differences, deletion against a source without the word, agreement by rank."""

from __future__ import annotations

import numpy as np
import pytest
import torch
from scipy.stats import spearmanr

from rnn_core.specs import TranslatorSpec
from rnn_core.translation import registry
from rnn_core.translation.attribution import explain
from rnn_core.translation.decoding import translate

SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)
SPECS = [
    TranslatorSpec(task="phrases", attention=a, hidden=6, weights="fresh", seed=5) for a in ("none", "additive", "dot")
]
CASES = [*((spec, SENTENCE) for spec in SPECS), (KATAKANA, tuple("tea"))]


def log_probabilities(spec: TranslatorSpec, ids: list[int], chosen: tuple[int, ...], nudge=None) -> np.ndarray:
    """In float64, one source at a time."""
    model, known = registry.family_of(spec).load(spec).double(), registry.vocabularies(spec)
    with torch.no_grad():
        embedded = model.embed(torch.tensor([ids]))
        memory = model.read(embedded if nudge is None else embedded + nudge, torch.tensor([len(ids)]))
        logs = model.follow(memory, torch.tensor([[known.begin, *chosen[:-1]]]))[0].log_softmax(dim=-1)
    return logs[torch.arange(len(chosen)), list(chosen)].numpy()


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=str)
def test_deletion_and_replacement_are_what_the_model_says_of_the_changed_source(spec: TranslatorSpec, tokens) -> None:
    found = explain(spec, tokens, length=4)
    ids, chosen = list(registry.read_tokens(spec, tokens)[1]), found.trace.chosen
    base = log_probabilities(spec, ids, chosen)
    np.testing.assert_allclose(found.log_probability, base, rtol=0, atol=1e-4)
    for s in range(len(ids)):
        left = log_probabilities(spec, ids[:s] + ids[s + 1 :], chosen)
        np.testing.assert_allclose(found.deletion[:, s], base - left, rtol=0, atol=1e-4)
        np.testing.assert_allclose(found.fall[:, s], np.exp(base) - np.exp(left), rtol=0, atol=1e-5)
        if spec is not KATAKANA:
            unknown = log_probabilities(spec, [*ids[:s], 1, *ids[s + 1 :]], chosen)
            np.testing.assert_allclose(found.replacement[:, s], base - unknown, rtol=0, atol=1e-4)
    assert (spec is KATAKANA) == np.isnan(found.replacement).all()


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=str)
def test_gradients_are_slopes(spec: TranslatorSpec, tokens) -> None:
    found = explain(spec, tokens, length=3)
    ids, chosen = list(registry.read_tokens(spec, tokens)[1]), found.trace.chosen
    width = found.trace.source.embedding.shape[1]
    for s in (0, len(ids) - 1):
        along = torch.tensor(found.trace.source.embedding[s]).double()
        slopes = []
        for direction in (along, *(torch.eye(width, dtype=torch.float64) if width < 10 else ())):
            nudge = torch.zeros(1, len(ids), width, dtype=torch.float64)
            nudge[0, s] = direction * 1e-4
            ends = [log_probabilities(spec, ids, chosen, sign * nudge) for sign in (1, -1)]
            slopes.append((ends[0] - ends[1]) / 2e-4)
        np.testing.assert_allclose(found.gradient_input[:, s], slopes[0], rtol=0, atol=1e-4)
        if width < 10:
            np.testing.assert_allclose(found.gradient[:, s], np.linalg.norm(slopes[1:], axis=0), rtol=0, atol=1e-4)
    np.testing.assert_allclose(found.gradient_share.sum(axis=1), 1, atol=1e-12)


@pytest.mark.parametrize(("spec", "tokens"), CASES[1:], ids=str)
def test_agreement_is_spearmans_with_the_attention_of_the_step(spec: TranslatorSpec, tokens) -> None:
    found = explain(spec, tokens, length=4)
    rows = found.trace.attention[0]["attention"].mean(axis=1)
    for kind in ("gradient", "deletion"):
        expected = [spearmanr(row, values).statistic for row, values in zip(rows, getattr(found, kind), strict=True)]
        np.testing.assert_allclose(found.agreement[kind], expected, atol=1e-12)
    sizes = [spearmanr(row, np.abs(v)).statistic for row, v in zip(rows, found.gradient_input, strict=True)]
    np.testing.assert_allclose(found.agreement["gradient_input"], sizes, atol=1e-12)
    assert ("replacement" in found.agreement) == (spec is not KATAKANA)


def test_without_attention_nothing_agrees_and_one_word_cannot_be_left_out() -> None:
    found = explain(SPECS[0], ("雨",), length=3)
    assert found.agreement == {}
    assert np.isnan(found.deletion).all()
    assert np.isfinite(found.gradient).all()
    assert np.isfinite(found.replacement).all()


def test_it_explains_what_was_chosen_and_cannot_be_changed() -> None:
    choose = [(1, translate(SPECS[1], SENTENCE, length=4).outputs[9])]
    found = explain(SPECS[1], SENTENCE, choose, length=4)
    assert found.trace.chosen == translate(SPECS[1], SENTENCE, choose, length=4).chosen
    for array in (found.gradient, found.deletion, found.agreement["deletion"]):
        with pytest.raises(ValueError, match="read-only"):
            array[0] = 1.0
