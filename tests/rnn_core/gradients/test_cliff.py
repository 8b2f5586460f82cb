from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import Tensor

from rnn_core.gradients import cliff


def by_hand(w: Tensor, b: Tensor) -> Tensor:
    """The loss, one step after the other, for autograd."""
    h = torch.full_like(w, cliff.START)
    for _ in range(cliff.STEPS):
        h = torch.tanh(w * h + b)
    return (h - cliff.TARGET) ** 2


def test_loss_and_slopes_are_autograds() -> None:
    draw = torch.Generator().manual_seed(0)
    w, b = (torch.empty(400, dtype=torch.float64).uniform_(-3, 3, generator=draw).requires_grad_() for _ in range(2))
    loss = by_hand(w, b)
    slopes = torch.autograd.grad(loss.sum(), [w, b])
    found = cliff.loss_and_slopes(w.detach().numpy(), b.detach().numpy())
    for mine, theirs in zip(found, (loss.detach(), *slopes), strict=True):
        np.testing.assert_allclose(mine, theirs.numpy(), rtol=1e-9, atol=1e-14)


def test_the_surface_holds_the_loss_of_a_place_at_its_row_and_column() -> None:
    surface = cliff.surface()
    assert (surface.w[0], surface.w[-1], surface.b[0], surface.b[-1]) == (1.3, 2.6, -0.85, 0.15)
    assert surface.loss.dtype == np.float64
    for row, column in ((0, 0), (100, 130), (35, 79)):
        w, b = (torch.tensor(axis[at], dtype=torch.float64) for axis, at in ((surface.w, column), (surface.b, row)))
        assert surface.loss[row, column] == pytest.approx(float(by_hand(w, b)), rel=1e-9)


@pytest.mark.parametrize("limit", [None, 0.5, 0.05])
def test_every_update_is_torchs_sgd_with_its_own_clipping(limit: float | None) -> None:
    found = cliff.descend(limit=limit)
    ways = np.stack([found.w, found.b], axis=1)
    assert len(ways) == cliff.UPDATES + 1
    for step in range(cliff.UPDATES):
        place = torch.tensor(ways[step], requires_grad=True)
        loss = by_hand(place[0], place[1])
        torch.autograd.backward(loss)
        assert found.loss[step] == pytest.approx(loss.item(), rel=1e-6, abs=1e-12)
        assert found.gradient[step] == pytest.approx(float(place.grad.norm()), rel=1e-6, abs=1e-12)
        if limit is not None:
            torch.nn.utils.clip_grad_norm_([place], limit)
        torch.optim.SGD([place], lr=cliff.RATE).step()
        # torch divides by the norm + 1e-6
        np.testing.assert_allclose(ways[step + 1], place.detach().numpy(), rtol=1e-6, atol=1e-6)


def test_the_cliff_throws_the_free_descent_away_and_not_the_clipped_one() -> None:
    free, clipped = cliff.descend(limit=None), cliff.descend()
    assert free.gradient.max() > 1000
    assert np.hypot(free.w, free.b).max() > 100
    assert clipped.loss[-1] < 1e-3 < free.loss[-1]
    moves = np.hypot(np.diff(clipped.w), np.diff(clipped.b))
    assert moves.max() <= cliff.RATE * cliff.LIMIT * (1 + 1e-9)


def test_a_descent_that_is_lost_ends_there() -> None:
    found = cliff.descend((2.0, 0.0), limit=None, rate=float("inf"))
    assert len(found.w) == 2
    assert not np.isfinite([found.w[-1], found.b[-1], found.loss[-1], found.gradient[-1]]).all()


def test_no_update_is_the_start_alone() -> None:
    found = cliff.descend((1.5, 0.1), updates=0)
    assert (found.w.tolist(), found.b.tolist()) == ([1.5], [0.1])


@pytest.mark.parametrize(
    ("start", "outcome"),
    [(cliff.FROM, "jumps"), ((1.5, 0.1), "arrives"), ((2.0, -0.8), "arrives"), ((3.0, 1.0), "stays")],
)
def test_what_becomes_of_a_descent_depends_on_its_start(start: tuple[float, float], outcome: str) -> None:
    way = cliff.descend(start, limit=None)
    assert cliff.outcome(way) == outcome
    assert (cliff.longest_update(way)[1] > cliff.FAR) == (outcome == "jumps")
    assert outcome == "jumps" or (way.loss[-1] < cliff.LOW) == (outcome == "arrives")


def test_one_place_and_a_place_that_is_lost_have_an_outcome_too() -> None:
    one = cliff.descend(limit=None, updates=0)
    assert (cliff.longest_update(one), cliff.outcome(one)) == ((0, 0.0), "stays")
    lost = cliff.descend(limit=None, rate=float("inf"))
    assert (cliff.longest_update(lost)[1], cliff.outcome(lost)) == (np.inf, "jumps")
