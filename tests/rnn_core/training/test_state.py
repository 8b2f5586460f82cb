"""A training that is broken off and gone on with is the training that was not."""

from __future__ import annotations

import pytest
import torch
from torch import Tensor, nn

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.training.loop import Evaluated, fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin, resume


class Numbers:
    def __len__(self) -> int:
        return 20

    def take(self, which: Tensor) -> Tensor:
        return which


def noisy_loss(model: nn.Module, which: Tensor, _spec: TrainSpec, generator: torch.Generator) -> Tensor:
    x = which[:, None] / 10.0
    return ((model(x) - 3 * x + torch.rand(len(which), 1, generator=generator)) ** 2).mean()


def model() -> nn.Sequential:
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(0)
        return nn.Sequential(nn.Linear(1, 4), nn.Tanh(), nn.Linear(4, 1))


@pytest.mark.parametrize("optimizer", ["adam", "sgd", "rmsprop"])
@pytest.mark.parametrize("broken_off", [0, 1, 3, 4, 11, 12])
def test_what_is_gone_on_with_is_the_same_to_the_last_bit(optimizer: str, broken_off: int) -> None:
    spec = TrainSpec(epochs=4, batch=8, rate=0.05, optimizer=optimizer)
    whole = begin(model(), spec)
    events = list(fit(whole, noisy_loss, Numbers(), spec, lambda: {"one": 1.0}))
    state = begin(model(), spec)
    first = []
    running = fit(state, noisy_loss, Numbers(), spec, lambda: {"one": 1.0})
    while state.step < broken_off:
        first.append(next(running))
    kept = state.to_bytes()
    assert state.to_bytes() == kept
    again = resume(model(), spec, kept)
    rest = list(fit(again, noisy_loss, Numbers(), spec, lambda: {"one": 1.0}))
    steps = [[event for event in all_of if not isinstance(event, Evaluated)] for all_of in ([*first, *rest], events)]
    assert steps[0] == steps[1]
    for name, weight in whole.model.state_dict().items():
        assert torch.equal(weight, again.model.state_dict()[name])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("harm", [lambda _: b"", lambda kept: kept[:50], lambda _: b"\x00" * 100])
def test_what_is_no_state_is_refused(harm, lang: str) -> None:
    spec = TrainSpec(epochs=1, rate=0.1)
    with pytest.raises(KiokuError) as caught:
        resume(model(), spec, harm(begin(model(), spec).to_bytes()))
    assert "Sequential" in caught.value.text(lang)


def test_the_state_of_another_model_is_refused() -> None:
    spec = TrainSpec(epochs=1, rate=0.1)
    with pytest.raises(KiokuError) as caught:
        resume(nn.Linear(1, 2), spec, begin(model(), spec).to_bytes())
    assert caught.value.code == "train_state"
