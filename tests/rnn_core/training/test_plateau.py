from __future__ import annotations

from collections.abc import Iterator, Sequence

import pytest
import torch

from rnn_core import KiokuError
from rnn_core.training import plateau
from rnn_core.training.loop import Step
from rnn_core.training.plateau import Plateau, PlateauSpec, fit_to_plateau
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import TrainState, begin
from tests.rnn_core.training.test_loop import Numbers, line, noisy_loss

AN_EPOCH = 3  # updates


def planned(**changes: object) -> PlateauSpec:
    return PlateauSpec(**({"epochs": 20, "batch": 8, "rate": 0.1, "look_every": 2} | changes))


def ended(losses: Sequence[float], **changes: object) -> tuple[TrainState, Plateau, list[torch.Tensor]]:
    """A training whose held-out losses are these (the last for ever), how it ended, and the weight at each look."""
    spec, model, at, seen = planned(**changes), line(), iter(losses), []

    def held_out() -> float:
        seen.append(model.weight.detach().clone())
        return next(at, losses[-1])

    state = begin(model, spec)
    return state, fit_to_plateau(state, noisy_loss, Numbers(), spec, held_out), seen


def test_a_rate_is_given_up_after_so_many_looks_without_progress() -> None:
    state, found, seen = ended([1.0, 0.8, 0.6, 0.6, 0.6, 0.6], rates=1, patience=3)
    assert state.step == 2 * 5
    assert found == {"best": 4, "loss": 0.6, "settled": True}
    assert len(seen) == 6


def test_progress_that_is_too_small_does_not_count_but_its_weights_are_kept() -> None:
    state, found, seen = ended([1.0, 0.9, 0.89, 0.88, 0.87], rates=1, patience=3, least=0.05)
    assert found == {"best": 8, "loss": 0.87, "settled": True}
    assert torch.equal(state.model.weight, seen[4])


def test_small_steps_add_up_to_progress() -> None:
    _, found, _ = ended([1.0, 0.98, 0.96, 0.94, 0.92, 0.90, 0.90], rates=1, patience=3, least=0.05)
    assert found["best"] == 10


def test_the_model_gets_the_weights_of_the_lowest_loss() -> None:
    state, found, seen = ended([1.0, 0.5, 0.7, 0.8, 0.9], rates=1, patience=3)
    assert found == {"best": 2, "loss": 0.5, "settled": True}
    assert torch.equal(state.model.weight, seen[1])
    assert not torch.equal(seen[1], seen[-1])
    assert not state.model.training


def test_the_first_weights_are_kept_where_training_makes_it_worse() -> None:
    state, found, _ = ended([1.0, 2.0], rates=2)
    assert found == {"best": 0, "loss": 1.0, "settled": True}
    assert torch.equal(state.model.weight, line().weight)


def test_the_second_rate_is_a_tenth_and_goes_on_from_the_best(monkeypatch: pytest.MonkeyPatch) -> None:
    rates: list[float] = []
    real = plateau.fit

    def watched(*given: object) -> Iterator[object]:
        for event in real(*given):
            if isinstance(event, Step):
                rates.append(event.rate)
            yield event

    monkeypatch.setattr(plateau, "fit", watched)
    state, found, _ = ended([1.0, 0.5, 0.7, 0.7, 0.7, 0.4, 0.4], patience=3)
    assert found["settled"]
    assert rates == pytest.approx([0.1] * 8 + [0.01] * 8)
    assert (state.step, found["best"]) == (16, 10)


def test_what_the_epochs_cut_off_has_not_settled() -> None:
    falling = [1 / (number + 1) for number in range(100)]
    state, found, _ = ended(falling, epochs=4, least=0.0)
    assert state.step == 4 * AN_EPOCH
    assert found == {"best": 12, "loss": falling[6], "settled": False}


def test_a_rate_that_was_cut_off_is_not_made_up_for_by_the_next() -> None:
    falling = [1 / (number + 1) for number in range(4)]  # six updates, three looks
    _, found, _ = ended([*falling, 0.25], epochs=10, rates=2, patience=1)
    assert found["settled"]
    state, found, _ = ended([*falling, 0.25], epochs=4, rates=2, patience=1)
    assert state.step < 4 * AN_EPOCH  # the second was given up, the first was not
    assert not found["settled"]


def test_the_epochs_are_shared_by_the_rates_and_more_of_them_change_nothing_that_settled() -> None:
    losses = [1.0, 0.5, 0.5, 0.5, 0.5, 0.4, 0.4]
    state, found, _ = ended(losses)
    more, again, _ = ended(losses, epochs=200)
    assert found["settled"]
    assert found == again
    assert torch.equal(state.model.weight, more.model.weight)


def no_number(model: torch.nn.Module, *_: object) -> torch.Tensor:
    return sum(weight.sum() for weight in model.parameters()) * torch.nan


def test_a_training_that_diverges_keeps_what_was_best() -> None:
    model, spec = line(), planned()
    found = fit_to_plateau(begin(model, spec), no_number, Numbers(), spec, lambda: 1.0)
    assert found == {"best": 0, "loss": 1.0, "settled": False}
    assert torch.equal(model.weight, line().weight)


def test_it_is_looked_at_as_it_is_used() -> None:
    model, spec, modes = line(), planned(epochs=2), []

    def held_out() -> float:
        modes.append(model.training)
        return 1.0

    fit_to_plateau(begin(model, spec), noisy_loss, Numbers(), spec, held_out)
    assert not any(modes[1:])


def test_a_plan_is_a_training_plan_with_bounds() -> None:
    assert isinstance(planned(), TrainSpec)
    for wrong in ({"look_every": 0}, {"patience": 0}, {"rates": 0}, {"least": -1.0}, {"least": float("nan")}):
        with pytest.raises(KiokuError):
            planned(**wrong)
