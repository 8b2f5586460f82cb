"""The forecaster against torch itself: its fan is monotone, its states are the layer's, its influence is exact."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis.strategies import floats, integers

from rnn_core.models.forecast import FORECASTERS, INPUTS, MIDDLE, Forecaster, forecast_series, influence
from rnn_core.quantities import CELLS
from rnn_core.tasks.forecast.spec import QUANTILES, ForecastSpec
from rnn_core.tasks.forecast.split import AHEAD, Split, prepare
from tests.rnn_core.tasks.forecast.cases import wave

SERIES = wave(60)
PREPARED = prepare(SERIES, Split.shares(60))


def fresh(cell: str, seed: int = 0) -> Forecaster:
    torch.manual_seed(seed)
    return Forecaster(cell, PREPARED.inputs.shape[1], 5)  # type: ignore[arg-type]  # one of the cells


@given(integers(0, 50), floats(-1e3, 1e3))
def test_the_fan_never_crosses(seed: int, size: float) -> None:
    model = fresh("gru", seed)
    with torch.no_grad():
        model.readout.weight.mul_(size)
        said = model(torch.randn(2, 6, 3))
    assert said.shape == (2, 6, AHEAD, len(QUANTILES))
    assert (said.diff(dim=-1) >= 0).all()


@pytest.mark.parametrize("cell", CELLS)
def test_what_it_says_is_what_the_module_computes(cell: str) -> None:
    model = fresh(cell)
    found = forecast_series(model, SERIES, PREPARED)
    with torch.no_grad():
        changes = model(torch.from_numpy(PREPARED.inputs).float()[None])[0].double().numpy()
    want = SERIES.values[:, None, None] + PREPARED.scale * changes
    np.testing.assert_allclose(found.fan, want, atol=1e-5)
    np.testing.assert_array_equal(found.middle, found.fan[..., MIDDLE])
    assert found.parity < 1e-6
    assert found.states["hidden_state"].shape == (60, 5)


@pytest.mark.parametrize("cell", CELLS)
def test_the_influence_is_the_derivative_of_the_forecast(cell: str) -> None:
    model = fresh(cell)
    step, ahead, back, by = 30, 3, 5, 1e-4
    found = influence(model, PREPARED, step, ahead, back)
    exact = deepcopy(model).double()

    def said(inputs: np.ndarray, now: float) -> float:
        with torch.no_grad():
            change = exact(torch.from_numpy(inputs[: step + 1])[None])[0, -1, ahead - 1, MIDDLE]
        return now + PREPARED.scale * float(change)

    for before in range(back):
        up, down = PREPARED.inputs.copy(), PREPARED.inputs.copy()
        up[step - before, 0] += by / PREPARED.spread
        down[step - before, 0] -= by / PREPARED.spread
        now = by if before == 0 else 0.0
        assert found[before] == pytest.approx((said(up, now) - said(down, -now)) / (2 * by), abs=1e-4)
    assert len(influence(model, PREPARED, 2, 1, 9)) == 9


def test_what_comes_later_changes_no_forecast() -> None:
    model, split = fresh("lstm"), Split.shares(60)
    later = SERIES.altered(50)
    one, other = (forecast_series(model, series, prepare(series, split)) for series in (SERIES, later))
    np.testing.assert_array_equal(one.fan[:50], other.fan[:50])


def test_each_task_has_its_inputs() -> None:
    for task, width in INPUTS.items():
        spec = ForecastSpec(cell="gru", task=task, weights="fresh")
        assert FORECASTERS.fresh(spec).recurrent.input_size == width
