"""What is shipped is worth what its manifest says, and that is what the chapter promises."""

from __future__ import annotations

import pytest
import torch

from rnn_core.models.forecast import FORECASTERS
from rnn_core.tasks.forecast.baselines import BASELINES
from rnn_core.tasks.forecast.spec import PRICES, SEEDS, SHIPPED, ForecastSpec
from rnn_core.training.forecast import cases, fan_loss, held_out, learned, score
from rnn_core.training.forecast_rows import SHARES, WEATHER
from rnn_core.training.loop import fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin

LINES = WEATHER.manifest()["models"]


@pytest.mark.parametrize("name", LINES)
def test_each_seed_is_less_off_than_persistence_and_ridge_and_its_fan_holds(name: str) -> None:
    line, without = LINES[name], WEATHER.manifest()["baselines"]
    assert line["error"][0] <= 2.15
    assert line["error"][0] < min(without["persistence"][0], without["ridge"][0])
    assert line["gains"]["persistence"][0][0] > 0
    inside, of = (sum(column) for column in zip(*line["covered"], strict=True))
    assert 0.75 <= inside / of <= 0.85
    assert 0.75 <= line["covered"][0][0] / line["covered"][0][1] <= 0.85


def test_a_week_ahead_no_network_differs_clearly_from_the_calendar() -> None:
    for line in LINES.values():
        low, _, high = line["gains"]["calendar"][-1]
        assert low < 0 < high


def test_on_prices_no_seed_differs_clearly_from_persistence() -> None:
    for line in SHARES.manifest()["models"].values():
        low, _, high = line["gains"]["persistence"][0]
        assert low < 0 < high


@pytest.mark.parametrize("spec", [*SHIPPED, PRICES], ids=lambda spec: spec.name)
def test_the_manifests_numbers_are_those_that_are_measured(spec: ForecastSpec) -> None:
    line = (WEATHER if spec.task == "forecast" else SHARES).manifest()["models"][spec.name]
    found = score(FORECASTERS.load(spec), held_out(spec))
    assert found["error"] == pytest.approx(line["error"], abs=1e-4)
    assert found["near"][1] == line["near"][1]
    assert found["parameters"] == line["parameters"]
    assert set(found["gains"]) == set(line["gains"])


def test_every_baseline_and_seed_is_there() -> None:
    assert set(WEATHER.manifest()["baselines"]) == set(BASELINES)
    assert {spec.seed for spec in WEATHER.networks} == set(SEEDS)
    assert [len(case.series) for case in cases("forecast")] == [1461]


def test_training_lowers_the_loss_and_repeats_bitwise() -> None:
    spec, plan = SHIPPED[0], TrainSpec(epochs=3, batch=40, rate=0.02)
    data, found = learned(spec).take(torch.arange(80)), []
    for _ in range(2):
        events = fit(begin(FORECASTERS.fresh(spec), plan), fan_loss, data, plan)
        found.append([event.loss for event in events if hasattr(event, "loss")])
    assert found[0] == found[1]
    assert found[0][-1] < found[0][0]
