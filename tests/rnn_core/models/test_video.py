"""The predictor against torch itself: what it says, what it rolls out, and its gradient in float64."""

from __future__ import annotations

from copy import deepcopy

import numpy as np
import pytest
import torch

from rnn_core.models.initial_values import InitialValues
from rnn_core.models.video import PREDICTORS, FramePredictor, roll_out, surprise_gradient, watch
from rnn_core.quantities import CELLS
from rnn_core.tasks.video.clips import make_clip
from rnn_core.tasks.video.spec import SHIPPED

FILM = np.random.default_rng(0).random((6, 12)).astype(np.float32)


def fresh(cell: str, *, changes: bool = False) -> FramePredictor:
    with InitialValues(0):
        return FramePredictor(cell, 12, 5, changes=changes)  # type: ignore[arg-type]  # one of the cells


@pytest.mark.parametrize("cell", CELLS)
def test_what_it_says_is_what_the_module_computes(cell: str) -> None:
    model = fresh(cell)
    found = watch(model, FILM)
    with torch.no_grad():
        want = model(torch.from_numpy(FILM)[None])[0, :-1].numpy()
    np.testing.assert_allclose(found.said, want, atol=1e-6)
    np.testing.assert_allclose(found.surprise, ((want - FILM[1:]) ** 2).mean(1), atol=1e-6)
    assert found.parity < 1e-6
    assert found.states["hidden_state"].shape == (6, 5)


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("changes", [False, True])
def test_a_roll_out_is_the_whole_film_read_again_with_each_prediction(cell: str, changes: bool) -> None:
    model = fresh(cell, changes=changes)
    if changes:
        torch.nn.init.constant_(model.readout.weight, 0.05)
    rolled, film = roll_out(model, FILM[:3], 4), torch.from_numpy(FILM[:3])
    with torch.no_grad():
        for frame in rolled:
            said = model(film[None])[0, -1]
            np.testing.assert_allclose(frame, said.numpy(), atol=1e-5)
            film = torch.cat([film, said[None]])


@pytest.mark.parametrize("cell", CELLS)
@pytest.mark.parametrize("step", [1, 5])
def test_the_gradient_is_torchs_in_float64_and_that_of_differences(cell: str, step: int) -> None:
    model, film = fresh(cell).double(), FILM.astype(np.float64)
    found = surprise_gradient(model, film, step)
    inputs = torch.from_numpy(film[:step]).requires_grad_()
    error = torch.nn.functional.mse_loss(model(inputs[None])[0, -1], torch.from_numpy(film[step]))
    np.testing.assert_allclose(found, torch.autograd.grad(error, inputs)[0].numpy(), atol=1e-15)
    for row, column in ((0, 0), (step - 1, 7)):
        ends = []
        for by in (1e-6, -1e-6):
            moved = film.copy()
            moved[row, column] += by
            ends.append(float(watch_in_double(model, moved, step)))
        assert found[row, column] == pytest.approx((ends[0] - ends[1]) / 2e-6, abs=1e-8)


def watch_in_double(model: FramePredictor, film: np.ndarray, step: int) -> torch.Tensor:
    """The error at a step, the frame that is predicted as it was."""
    with torch.no_grad():
        said = model(torch.from_numpy(film[None, :step]))[0, -1]
    return (said - torch.from_numpy(FILM[step].astype(np.float64))).square().mean()


def test_a_network_that_reads_changes_copies_until_it_is_trained() -> None:
    model = fresh("gru", changes=True)
    np.testing.assert_array_equal(watch(model, FILM).said, FILM[:-1])


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.cell)
def test_the_module_stays_as_it_was(spec: object) -> None:
    model = PREDICTORS.load(spec)  # type: ignore[arg-type]  # one of its specs
    before = deepcopy(model.state_dict())
    pixels = make_clip("bounce", 3).pixels
    surprise_gradient(model, pixels, 4)
    roll_out(model, pixels, 2)
    assert all(torch.equal(before[name], now) for name, now in model.state_dict().items())
    assert all(one.grad is None for one in model.parameters())
