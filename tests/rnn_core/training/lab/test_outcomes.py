"""How a training ends is read from its events; what is shipped of the prepared ones is of these very trainings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.training import manifests
from rnn_core.training.lab import outcomes
from rnn_core.training.lab.events import Diverged, Point
from rnn_core.training.lab.outcomes import PREPARED, Ending, find_ending, measure, prepared_endings
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS
from tests.rnn_core.training.lab.standin import LOST, SOLVED, spec, train

if TYPE_CHECKING:
    from pathlib import Path


def test_each_way_to_end_is_told_from_the_others() -> None:
    told = list(train(spec()))
    last = [event.loss for event in told if isinstance(event, Point)][-1]
    assert find_ending(told) == Ending("solved", SOLVED, last)
    assert find_ending(told[:-1]) is None
    assert find_ending(train(spec(steps=SOLVED - 1))).kind == "stuck"
    lost = list(train(spec(clip=None)))
    assert isinstance(lost[-1], Diverged)
    assert find_ending(lost) == Ending("diverged", LOST, next(e.loss for e in lost[::-1] if isinstance(e, Point)))


def test_every_prepared_training_has_an_ending_that_fits_its_task() -> None:
    found = prepared_endings()
    assert found.keys() == {one.id for one in PREPARED.values()}
    for one in PREPARED.values():
        ending, task = found[one.id], TASKS[one.task]
        assert 0 < ending.step <= one.steps
        assert ending.kind != "stuck" or (ending.step, ending.loss > task.goal) == (one.steps, True)


def test_the_sides_of_a_contrast_end_apart() -> None:
    found = prepared_endings()
    for one, other in (("cell_rnn", "cell_lstm"), ("bias_1", "bias_3"), ("relu_free", "relu_clip")):
        assert found[PREPARED[one].id].kind != found[PREPARED[other].id].kind


def test_what_is_shipped_is_what_the_trainings_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    tiny = TrainSpec(task="parity", length=4, cell="gru", hidden=4, batch=4, steps=3)
    monkeypatch.setattr(outcomes, "PREPARED", {"tiny": tiny})
    monkeypatch.setattr(manifests, "path_of", lambda name: tmp_path / f"{name}.json")
    prepared_endings.cache_clear()
    try:
        made = dict(measure())
        assert prepared_endings() == {tiny.id: made["tiny"]}
        assert made["tiny"].kind == "stuck"
    finally:
        prepared_endings.cache_clear()
