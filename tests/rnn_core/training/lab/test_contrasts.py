"""The prepared contrasts hold: each side ends as it was found to end, within the updates that are tried here."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.training.lab.contrasts import CONTRASTS
from rnn_core.training.lab.events import Diverged, Event, Point, Solved
from rnn_core.training.lab.limits import RECORDS
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.tasks import TASKS

if TYPE_CHECKING:
    from rnn_core.training.lab.spec import TrainSpec

PAIRS = [
    ("cell_rnn", "cell_lstm", {"cell"}),
    ("bias_1", "bias_3", {"forget_bias"}),
    ("relu_free", "relu_clip", {"clip"}),
    ("rate_high", "rate_low", {"lr"}),
]
SELDOM = 5  # times as many updates from one record to the next


def seldom(spec: TrainSpec) -> TrainSpec:
    """The same updates, and fewer of the same records: to look at a run costs more than an update."""
    return spec.model_copy(update={"steps": SELDOM * RECORDS * spec.every})


def tried(spec: TrainSpec, updates: int) -> list[Event]:
    """What is told up to so many updates, or up to the goal."""
    found = []
    for event in train(spec):
        found.append(event)
        if isinstance(event, Solved) or (event.n and event.step >= updates):
            break
    return found


@pytest.mark.parametrize(("one", "other", "by"), PAIRS)
def test_one_setting_tells_them_apart(one: str, other: str, by: set[str]) -> None:
    sides = [CONTRASTS[name].model_dump() for name in (one, other)]
    assert {field for field in sides[0] if sides[0][field] != sides[1][field]} == by


@pytest.mark.parametrize(
    ("name", "updates"), [("cell_lstm", 700), ("bias_3", 200), ("rate_low", 600), ("relu_clip", 2500)]
)
def test_this_side_reaches_the_goal(name: str, updates: int) -> None:
    assert isinstance(tried(CONTRASTS[name], updates)[-1], Solved)


@pytest.mark.parametrize(("name", "updates"), [("cell_rnn", 400), ("bias_1", 300), ("rate_high", 300)])
def test_this_side_stays_at_the_baseline(name: str, updates: int) -> None:
    points = [event for event in tried(seldom(CONTRASTS[name]), updates) if isinstance(event, Point)]
    assert points[-1].step >= updates
    assert points[-1].loss > 0.85 * TASKS[CONTRASTS[name].task].baseline()


@pytest.mark.parametrize(("name", "first"), [("relu_free", 300), ("late", 600)])
def test_without_clipping_the_numbers_blow_up_but_not_at_once(name: str, first: int) -> None:
    told = tried(seldom(CONTRASTS[name]), CONTRASTS[name].steps)
    assert isinstance(told[-1], Diverged)
    assert first < told[-1].step < CONTRASTS[name].steps
