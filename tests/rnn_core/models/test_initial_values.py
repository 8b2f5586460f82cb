from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn

from rnn_core.models import registry, sentiment
from rnn_core.models.initial_values import InitialValues
from rnn_core.models.timing import build
from rnn_core.models.transformer import Block
from rnn_core.specs import MAX_SEED, BaselineSpec, ModelSpec, ResponderSpec, TransformerSpec, TranslatorSpec
from rnn_core.tasks.sentiment import SentimentSpec
from rnn_core.translation.registry import TRANSLATORS

if TYPE_CHECKING:
    from collections.abc import Callable

MODULES: dict[str, Callable[[], nn.Module]] = {
    "embedding": lambda: nn.Embedding(9, 5),
    "linear": lambda: nn.Linear(3, 4),
    "rnn": lambda: nn.RNN(3, 4, 2, nonlinearity="relu"),
    "lstm": lambda: nn.LSTM(3, 4, 2, bidirectional=True, proj_size=2),
    "gru": lambda: nn.GRU(3, 4, bias=False),
    "convolution": lambda: nn.Conv1d(3, 4, 2),
    "attention": lambda: nn.MultiheadAttention(8, 2),
    "bilinear": lambda: nn.Bilinear(2, 3, 4),
    "block": lambda: Block(8, 2),
    "several": lambda: nn.Sequential(nn.Linear(3, 4), nn.Embedding(3, 4), nn.GRUCell(3, 4)),
}
SPECS: dict[str, Callable[[int], nn.Module]] = {
    "lstm": lambda seed: registry.RECURRENT.fresh(ModelSpec(cell="lstm", hidden=64, weights="fresh", seed=seed)),
    "gru": lambda seed: registry.RECURRENT.fresh(
        ModelSpec(cell="gru", hidden=8, layers=2, bidirectional=True, seed=seed)
    ),
    "bag": lambda seed: registry.BASELINES.fresh(BaselineSpec(kind="bag", hidden=8, weights="fresh", seed=seed)),
    "transformer": lambda seed: registry.TRANSFORMERS.fresh(TransformerSpec(hidden=16, weights="fresh", seed=seed)),
    "attentive": lambda seed: registry.RESPONDERS.fresh(
        ResponderSpec(kind="attentive", hidden=8, weights="fresh", seed=seed)
    ),
    "translator": lambda seed: TRANSLATORS.fresh(
        TranslatorSpec(task="names", attention="additive", hidden=8, weights="fresh", seed=seed)
    ),
    "sentiment": lambda seed: sentiment.CLASSIFIERS.fresh(SentimentSpec(asked="word", directions=2, seed=seed)),
}


def same(one: nn.Module, other: nn.Module) -> bool:
    ours, theirs = one.state_dict(), other.state_dict()
    return ours.keys() == theirs.keys() and all(torch.equal(ours[name], theirs[name]) for name in ours)


@pytest.mark.parametrize("make", MODULES.values(), ids=MODULES)
@given(seed=st.integers(0, MAX_SEED))
def test_the_values_are_those_of_torch_after_seeding_it(make: Callable[[], nn.Module], seed: int) -> None:
    with InitialValues(seed):
        ours = make()
    with torch.random.fork_rng(devices=[]):
        torch.default_generator.manual_seed(seed)  # as torch.manual_seed does, but for other devices' generators
        assert same(ours, make())


@pytest.mark.parametrize("make", SPECS.values(), ids=SPECS)
def test_every_family_begins_with_the_values_of_torch(make: Callable[[int], nn.Module]) -> None:
    drawn = make(7)
    with torch.random.fork_rng(devices=[]), pytest.MonkeyPatch.context() as patch:
        torch.manual_seed(7)
        patch.setattr(InitialValues, "__enter__", lambda self: self)
        patch.setattr(InitialValues, "__exit__", lambda *_: None)
        assert same(drawn, make(7))


def test_the_global_generator_is_neither_read_nor_changed() -> None:
    before = torch.get_rng_state()
    for make in SPECS.values():
        make(3)
    build("lstm")
    assert torch.equal(torch.get_rng_state(), before)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(99)  # whatever it is, the values are the same
        one = SPECS["lstm"](3)
    assert same(one, SPECS["lstm"](3))


def test_readers_who_come_at_once_have_the_values_that_they_asked_for() -> None:
    """Twenty threads begin at one moment, round after round; each network is that of its seed, made alone."""
    readers, rounds = 20, 15
    expected = [SPECS["lstm"](seed) for seed in range(readers)]
    gate = threading.Barrier(readers)

    def rounds_of(seed: int) -> int:
        wrong = 0
        for _ in range(rounds):
            gate.wait()
            wrong += not same(SPECS["lstm"](seed), expected[seed])
        return wrong

    with ThreadPoolExecutor(readers) as pool:
        assert sum(pool.map(rounds_of, range(readers))) == 0


def test_a_mode_ends_with_its_block_and_is_its_threads_own() -> None:
    with InitialValues(1), ThreadPoolExecutor(1) as pool, torch.random.fork_rng(devices=[]):
        torch.manual_seed(2)
        elsewhere = pool.submit(nn.Linear, 3, 4).result()
    with InitialValues(1):
        one = nn.Linear(3, 4)
    assert not torch.equal(one.weight, elsewhere.weight)
    with InitialValues(2):
        assert torch.equal(nn.Linear(3, 4).weight, elsewhere.weight)
