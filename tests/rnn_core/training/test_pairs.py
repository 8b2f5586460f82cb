from __future__ import annotations

import math
from functools import cache
from typing import TYPE_CHECKING

import pytest
import torch
from torch import Tensor, nn

from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import BEGIN, END, PAD, UNKNOWN_ID
from rnn_core.training.pairs import Buckets, bucket_by_length, encode_pairs, mean_loss, translation_loss
from rnn_core.training.spec import TrainSpec
from rnn_core.translation import registry

if TYPE_CHECKING:
    from rnn_core.tasks.pairs import Pair
    from rnn_core.training.pairs import EncodedPairs

NAMES, KANJI = TRANSLATIONS["names"], TRANSLATIONS["kanji"]


@cache
def some() -> tuple[Pair, ...]:
    """Some pairs, drawn when they are first needed: that takes seconds."""
    return NAMES.parts().test[::60]


@cache
def encoded() -> EncodedPairs:
    """Their numbers."""
    return encode_pairs(NAMES, some())


def test_a_pair_becomes_its_numbers_between_begin_and_end() -> None:
    assert len(encoded()) == len(some())
    for row, pair in enumerate(some()):
        length, target = int(encoded().lengths[row]), encoded().target[row].tolist()
        assert [NAMES.source().words[number] for number in encoded().source[row, :length]] == list(pair.source)
        assert set(encoded().source[row, length:].tolist()) <= {PAD}
        assert target[0] == BEGIN
        end = target.index(END)
        assert [NAMES.target().words[number] for number in target[1:end]] == list(pair.targets[0])
        assert set(target[end + 1 :]) <= {PAD}


def test_a_name_with_several_readings_is_learned_with_each() -> None:
    pairs = [pair for pair in KANJI.parts().train if len(pair.targets) == 3][:2]
    data = encode_pairs(KANJI, pairs)
    assert len(data) == 6
    assert torch.equal(data.source[0], data.source[2])
    assert not torch.equal(data.target[0], data.target[2])


def test_what_is_taken_is_filled_up_only_as_far_as_it_needs() -> None:
    shortest = encoded().lengths.argsort()[:2]
    taken = encoded().take(shortest)
    assert taken.source.shape == (2, int(taken.lengths.max()))
    assert bool((taken.target != PAD).sum(dim=1).max() == taken.target.shape[1])


def test_batches_of_like_length_hold_every_pair_once_and_little_filling() -> None:
    batches = bucket_by_length(encoded(), 8, seed=0).batches
    assert sorted(torch.cat(batches).tolist()) == list(range(len(encoded())))
    assert {len(batch) for batch in batches[:-1]} == {8}
    by_length = sum(encoded().take(batch).target.numel() for batch in batches)
    by_chance = sum(encoded().take(batch).target.numel() for batch in torch.randperm(len(encoded())).split(8))
    assert by_length < 0.8 * by_chance


def test_which_pairs_are_together_is_chance_and_hangs_on_the_seed() -> None:
    first, again, other = (torch.cat(bucket_by_length(encoded(), 8, seed).batches) for seed in (0, 0, 1))
    assert torch.equal(first, again)
    assert not torch.equal(first, other)


@pytest.mark.parametrize("attention", ["none", "additive", "dot"])
def test_the_loss_is_the_mean_surprise_of_the_right_tokens(attention: str) -> None:
    model = registry.TRANSLATORS.fresh(
        TranslatorSpec(task="names", attention=attention, hidden=4, weights="fresh")
    ).double()
    data = Buckets(encoded(), (torch.tensor([0, 1]), torch.tensor([2]), torch.tensor([3])))
    plan = TrainSpec(epochs=1, rate=0.1)
    loss = translation_loss(model, data.take(torch.tensor([0, 2])), plan, torch.Generator())
    surprises: list[Tensor] = []
    for row in (0, 1, 3):  # one by one, without filling
        alone = encoded().take(torch.tensor([row]))
        logs = model(alone.source, alone.lengths, alone.target[:, :-1]).log_softmax(dim=-1)[0]  # (T, V)
        surprises += [-logs[step, number] for step, number in enumerate(alone.target[0, 1:].tolist())]
    torch.testing.assert_close(loss, torch.stack(surprises).mean(), rtol=1e-12, atol=1e-12)


class Seen(nn.Module):
    """A model that keeps what it reads and finds every token equally likely."""

    def forward(self, source: Tensor, _: Tensor, target: Tensor) -> Tensor:
        self.source = source
        return torch.zeros(*target.shape, 50)


def test_a_share_of_the_tokens_is_unknown_and_what_is_filled_up_stays() -> None:
    model, plan = Seen(), TrainSpec(epochs=1, rate=0.1, word_dropout=0.25)
    value = translation_loss(model, encoded(), plan, torch.Generator().manual_seed(0))
    assert value.item() == pytest.approx(math.log(50))
    filled = encoded().source == PAD
    assert torch.equal(model.source == PAD, filled)
    assert 0.2 < float((model.source[~filled] == UNKNOWN_ID).double().mean()) < 0.3
    kept = model.source != UNKNOWN_ID
    assert torch.equal(model.source[kept], encoded().source[kept])


@pytest.mark.parametrize("size", [1, 3, 10_000])
def test_the_mean_loss_counts_every_token_once_in_batches_of_any_size(size: int) -> None:
    model = registry.TRANSLATORS.fresh(
        TranslatorSpec(task="names", attention="dot", hidden=4, weights="fresh")
    ).double()
    whole = translation_loss(model, encoded(), TrainSpec(epochs=1, rate=0.1), torch.Generator())
    assert mean_loss(model, bucket_by_length(encoded(), size, seed=0)) == pytest.approx(whole.item(), rel=1e-12)
    assert all(weight.grad is None for weight in model.parameters())
