import math
from collections.abc import Iterator

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor, nn

from rnn_core.training.loop import (
    Diverged,
    Evaluated,
    Event,
    Finished,
    Step,
    clip,
    fit,
    gradient_norm,
    trained,
)
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin

INPUTS = torch.linspace(-1, 1, 20)[:, None]
TARGETS = 3 * INPUTS - 1


def line() -> nn.Linear:
    model = nn.Linear(1, 1)
    with torch.no_grad():
        model.weight.fill_(0.5)
        model.bias.fill_(0.0)
    return model


def run(model: nn.Module, evaluate: bool = False, **changes: object) -> Iterator[Event]:
    spec = TrainSpec(**({"epochs": 4, "batch": 8, "rate": 0.1} | changes))
    scores = (lambda: {"training": float(model.training)}) if evaluate else None
    return fit(begin(model, spec), noisy_loss, Numbers(), spec, scores)


class Numbers:
    """Examples that are taken as their numbers."""

    def __init__(self, count: int = len(INPUTS)) -> None:
        self.count = count

    def __len__(self) -> int:
        return self.count

    def take(self, which: Tensor) -> Tensor:
        return which


def noisy_loss(model: nn.Module, which: Tensor, spec: TrainSpec, generator: torch.Generator) -> Tensor:
    noise = torch.rand(len(which), 1, generator=generator)
    return ((model(INPUTS[which]) - TARGETS[which] + 0.1 * noise) ** 2).mean()


def test_every_step_and_epoch_is_reported_and_the_end_comes_last() -> None:
    events = list(run(line(), evaluate=True))
    assert [event.step for event in events if isinstance(event, Step)] == list(range(1, 13))
    assert [(event.step, event.epoch) for event in events if isinstance(event, Evaluated)] == [
        (3, 1), (6, 2), (9, 3), (12, 4),
    ]  # fmt: skip
    assert events[-1] == Finished(12)


def test_evaluation_happens_outside_the_training_mode_and_training_inside_it() -> None:
    model = line()
    modes = []
    for event in run(model, evaluate=True):
        if isinstance(event, Step):
            modes.append(model.training)
        if isinstance(event, Evaluated):
            assert event.scores == {"training": 0.0}
    assert all(modes)


def test_trained_to_the_end_it_is_the_same_model_and_out_of_training() -> None:
    one, other, spec = line(), line(), TrainSpec(epochs=3, batch=8, rate=0.1)

    list(fit(begin(one, spec), noisy_loss, Numbers(), spec))
    assert trained(other, noisy_loss, Numbers(), spec) is other
    assert torch.equal(one.weight, other.weight)
    assert other.weight != 0.5
    assert not other.training
    assert torch.get_num_threads() == 1


def test_the_line_is_learned() -> None:
    model = line()
    steps = [event for event in run(model, epochs=200) if isinstance(event, Step)]
    assert steps[-1].loss < 0.01 < steps[0].loss
    torch.testing.assert_close(model.weight, torch.tensor([[3.0]]), atol=0.1, rtol=0)


def test_equal_specs_give_bit_equal_weights_and_events_and_leave_the_global_chance_alone() -> None:
    models = line(), line()
    before = torch.get_rng_state()
    first, second = (list(run(model)) for model in models)
    assert first == second
    assert all(torch.equal(a, b) for a, b in zip(*(model.parameters() for model in models), strict=True))
    assert torch.equal(before, torch.get_rng_state())


def test_another_seed_takes_another_way() -> None:
    assert list(run(line())) != list(run(line(), seed=1))


def test_each_epoch_sees_every_example_once() -> None:
    model, seen = line(), []

    def loss(model: nn.Module, which: Tensor, _spec: TrainSpec, _generator: torch.Generator) -> Tensor:
        seen.append(which)
        return model(INPUTS[which]).sum()

    spec = TrainSpec(epochs=2, batch=8, rate=0.1)
    list(fit(begin(model, spec), loss, Numbers(), spec))
    assert [len(batch) for batch in seen] == [8, 8, 4, 8, 8, 4]
    assert sorted(torch.cat(seen[:3]).tolist()) == list(range(20))
    assert torch.cat(seen[:3]).tolist() != torch.cat(seen[3:]).tolist()


def test_a_plain_step_of_descent_is_w_minus_rate_times_gradient() -> None:
    model = line()

    def loss(model: nn.Module, which: Tensor, _spec: TrainSpec, _generator: torch.Generator) -> Tensor:
        return 3 * model.weight.sum() - 4 * model.bias.sum()

    spec = TrainSpec(epochs=1, batch=1, optimizer="sgd", rate=0.01, clip="none")
    step = next(fit(begin(model, spec), loss, Numbers(1), spec))
    assert isinstance(step, Step)
    assert (step.step, step.loss, step.rate) == (1, pytest.approx(1.5), 0.01)
    assert (step.gradient_norm, step.clipped_norm) == (pytest.approx(5.0), pytest.approx(5.0))
    assert (model.weight.item(), model.bias.item()) == (pytest.approx(0.47), pytest.approx(0.04))


def test_each_update_is_made_from_its_own_gradient_at_its_own_rate() -> None:
    model = line()

    def loss(model: nn.Module, which: Tensor, _spec: TrainSpec, _generator: torch.Generator) -> Tensor:
        return 3 * model.weight.sum()

    spec = TrainSpec(epochs=1, batch=1, optimizer="sgd", rate=0.01, clip="none")
    list(fit(begin(model, spec), loss, Numbers(4), spec))
    assert model.weight.item() == pytest.approx(0.5 - 3 * (0.01 + 0.0075 + 0.005 + 0.0025))


def test_the_rate_falls_to_zero_in_a_line_or_stays() -> None:
    falling = [event.rate for event in run(line()) if isinstance(event, Step)]
    assert falling == pytest.approx([0.1 * (1 - step / 12) for step in range(12)])
    assert {event.rate for event in run(line(), decay="none") if isinstance(event, Step)} == {0.1}


@settings(deadline=None, max_examples=20)
@given(threshold=st.floats(1e-3, 10), kind=st.sampled_from(["norm", "value"]))
def test_the_update_keeps_below_the_threshold_and_both_norms_are_reported(threshold: float, kind: str) -> None:
    for event in run(line(), clip=kind, threshold=threshold):
        if isinstance(event, Step):
            assert event.clipped_norm <= threshold * (1 if kind == "norm" else math.sqrt(2)) * (1 + 1e-6)
            assert event.clipped_norm <= event.gradient_norm * (1 + 1e-6)


def test_without_clipping_the_norm_stays_as_it_came() -> None:
    steps = [event for event in run(line(), clip="none", threshold=1e-3) if isinstance(event, Step)]
    assert all(event.clipped_norm == event.gradient_norm > 1e-3 for event in steps)


def test_clipping_by_norm_keeps_the_direction_and_by_value_does_not() -> None:
    came = torch.tensor([[3.0]]), torch.tensor([-0.4])
    clipped = {}
    for kind in ("norm", "value"):
        model = line()
        model.weight.grad, model.bias.grad = (gradient.clone() for gradient in came)
        clip(model, TrainSpec(epochs=1, rate=0.1, clip=kind, threshold=0.5))
        clipped[kind] = model.weight.grad.item(), model.bias.grad.item()
        assert gradient_norm(model) == pytest.approx(math.hypot(*clipped[kind]))
    size = math.hypot(3.0, 0.4)
    assert clipped["norm"] == (pytest.approx(1.5 / size), pytest.approx(-0.2 / size))
    assert clipped["value"] == (0.5, pytest.approx(-0.4))


def test_a_run_that_diverges_says_so_at_its_step_and_stops_with_finite_weights() -> None:
    model = line()
    events = list(run(model, optimizer="sgd", rate=1e6, clip="none", epochs=50, decay="none"))
    assert isinstance(events[-1], Diverged)
    assert not math.isfinite(events[-1].gradient_norm)
    assert [event.step for event in events] == list(range(1, len(events) + 1))
    assert all(torch.isfinite(weight).all() for weight in model.parameters())


def test_a_gradient_that_is_not_a_number_is_divergence_though_the_loss_is_finite() -> None:
    model = line()

    def loss(model: nn.Module, which: Tensor, _spec: TrainSpec, _generator: torch.Generator) -> Tensor:
        return torch.sqrt(model.weight.sum() * 0.0)

    spec = TrainSpec(epochs=3, rate=0.1)
    (event,) = fit(begin(model, spec), loss, Numbers(1), spec)
    assert isinstance(event, Diverged)
    assert (event.step, event.loss) == (1, 0.0)
    assert math.isnan(event.gradient_norm)
