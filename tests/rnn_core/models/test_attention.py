"""Looking back: laws of the softmax, and both kinds against the papers' equations in float64."""

from __future__ import annotations

import math

import numpy as np
import pytest
import torch

from rnn_core.models.attention import AdditiveAttention, DotAttention, EncoderOutput, StepOverride, attend

B, S, T, H, M = 3, 5, 4, 6, 8
LENGTHS = torch.tensor([5, 1, 3])


def memory() -> EncoderOutput:
    chance = torch.Generator().manual_seed(0)
    states = torch.randn(B, S, M, generator=chance, dtype=torch.float64)
    absent = torch.arange(S) >= LENGTHS[:, None]
    return EncoderOutput(
        states, torch.zeros(B, 1, S, H, dtype=torch.float64), states[:, None], absent, (torch.zeros(B, H),)
    )


def scores(seed: int = 1) -> torch.Tensor:
    return torch.randn(B, 1, T, S, generator=torch.Generator().manual_seed(seed), dtype=torch.float64) * 3


def test_rows_sum_to_1_and_what_is_absent_is_exactly_0() -> None:
    seen = attend(scores(), memory())
    np.testing.assert_allclose(seen.weights.sum(-1), 1.0, atol=1e-15)
    for one, length in enumerate(LENGTHS.tolist()):
        assert (seen.weights[one, :, :, length:] == 0).all()
        assert (seen.weights[one, :, :, :length] > 0).all()
    np.testing.assert_allclose(
        seen.context, np.einsum("bkts,bsm->bktm", seen.weights, memory().states), rtol=0, atol=1e-14
    )


@pytest.mark.parametrize("constant", [-700.0, 1e4])
def test_a_constant_added_to_all_scores_of_a_row_changes_nothing(constant: float) -> None:
    one, other = attend(scores(), memory()), attend(scores() + constant, memory())
    np.testing.assert_allclose(other.weights, one.weights, atol=1e-11)


def test_permuted_keys_permute_columns() -> None:
    order, kept = torch.tensor([2, 0, 4, 1, 3]), memory()
    turned = EncoderOutput(kept.states[:, order], None, kept.states[:, None, order], kept.absent[:, order], kept.start)
    one, other = attend(scores(), kept), attend(scores()[..., order], turned)
    np.testing.assert_allclose(other.weights, one.weights[..., order], atol=1e-15)
    np.testing.assert_allclose(other.context, one.context, atol=1e-14)


def test_a_held_row_stands_in_place_of_the_networks_own_and_blanked_positions_share_nothing() -> None:
    nothing = torch.full((1, S), math.nan, dtype=torch.float64)
    row = torch.tensor([[0.5, 0.5, 0.0, 0.0, 0.0]], dtype=torch.float64)
    none = torch.zeros(1, S, dtype=torch.bool)
    assert (attend(scores(), memory(), StepOverride(row, none)).weights == row).all()
    blank = torch.tensor([[False, True, False, False, True]])
    seen, base = attend(scores(), memory(), StepOverride(nothing, blank)), attend(scores(), memory())
    assert (seen.weights[..., blank[0]] == 0).all()
    rest = base.weights.masked_fill(blank, 0.0)
    np.testing.assert_allclose(seen.weights, rest / rest.sum(-1, keepdim=True), atol=1e-14)


def test_additive_scores_are_bahdanaus() -> None:
    torch.manual_seed(0)
    attention = AdditiveAttention(H, M).double()
    states, past = torch.randn(B, T, H, dtype=torch.float64), torch.randn(B, S, M, dtype=torch.float64)
    found = attention.scores(states, attention.key(past)[:, None]).detach()
    w, u, v = attention.query.weight.detach(), attention.key.weight.detach(), attention.score.weight.detach()[0]
    for b in range(B):
        for t in range(T):
            for s in range(S):
                expected = v @ torch.tanh(w @ states[b, t] + u @ past[b, s])
                assert found[b, 0, t, s].item() == pytest.approx(expected.item(), abs=1e-12)


def test_dot_scores_are_luongs() -> None:
    torch.manual_seed(0)
    attention = DotAttention(H, M).double()
    states, past = torch.randn(B, T, H, dtype=torch.float64), torch.randn(B, S, M, dtype=torch.float64)
    found = attention.scores(states, attention.key(past)[:, None]).detach()[:, 0]
    expected = np.einsum("bth,hm,bsm->bts", states, attention.key.weight.detach(), past)
    np.testing.assert_allclose(found, expected, rtol=0, atol=1e-12)


def test_a_repeated_memory_is_the_same_for_every_hypothesis() -> None:
    kept = memory()
    one = EncoderOutput(kept.states[:1], kept.keys[:1], kept.values[:1], kept.absent[:1], (kept.start[0][:1],))
    many = one.repeat(4)
    assert many.states.shape == (4, S, M)
    assert (many.values == kept.values[0]).all()
    assert many.start[0].shape == (4, H)
    assert EncoderOutput(kept.states[:1], None, None, kept.absent[:1], one.start).repeat(2).keys is None
