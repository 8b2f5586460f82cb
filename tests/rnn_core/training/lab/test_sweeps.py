from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest

from rnn_core.training.lab import limits
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.sweeps import AXES, DRAWN, SWEPT, Progress, Sweep
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import LOST, SOLVED, spec, train

if TYPE_CHECKING:
    from pathlib import Path

BASE = TrainSpec(task="adding", length=20, seed=5)


@pytest.mark.parametrize("count", range(1, AXES + 1))
@pytest.mark.parametrize("drawn", [False, True])
def test_a_visitor_may_have_all_runs_of_any_sweep(count: int, drawn: bool) -> None:
    for axes in combinations(SWEPT, count):
        if {"cell", "forget_bias"} <= {*axes}:
            continue  # only one of the cells has it
        sweep = Sweep(BASE, axes, drawn=drawn)
        trainings = [one for point in sweep.points for one in sweep.specs(point)]
        assert len({one.id for one in trainings}) == len(trainings) == len(sweep.points) * sweep.repeats
        assert len(trainings) <= limits.MINE
        assert not drawn or len(sweep.points) <= DRAWN


def test_a_point_differs_from_the_base_in_what_is_swept_and_its_runs_in_the_seed() -> None:
    sweep = Sweep(BASE, ("lr", "cell"), 2)
    first, second = sweep.specs((1, 2))
    assert first == TrainSpec(task="adding", length=20, seed=5, lr=0.005, cell="gru")
    assert second.model_dump() == first.model_dump() | {"seed": 6}


def test_equal_sweeps_draw_equal_points_and_other_seeds_others() -> None:
    axes = ("lr", "length", "hidden")
    drawn = Sweep(BASE, axes, drawn=True).points
    assert (
        drawn
        == Sweep(BASE, axes, drawn=True).points
        != Sweep(TrainSpec(task="adding", length=20), axes, drawn=True).points
    )


def test_progress_is_read_on_from_where_it_was(tmp_path: Path) -> None:
    asked = spec()
    store = Runs(tmp_path)
    store.submit(asked, "one")
    folder, progress = store.folder(asked.id), Progress(asked.steps)
    progress.read(folder)
    assert (progress.phase, progress.part) == ("waiting", 0.0)
    events = list(train(asked))
    with writing(folder) as writer:
        for event in events[:20]:
            writer.write(event)
        progress.read(folder)
        assert (progress.phase, 0 < progress.part < 1, progress.solved) == ("training", True, None)
        for event in events[20:]:
            writer.write(event)
    progress.read(folder)
    assert (progress.phase, progress.part, progress.solved, progress.diverged) == ("done", 1.0, SOLVED, False)
    assert len(progress.curve) == len(asked.records)
    progress.read(folder)
    assert len(progress.curve) == len(asked.records)


def test_a_training_that_diverged_is_done(tmp_path: Path) -> None:
    asked = spec(clip=None)
    store = Runs(tmp_path)
    store.submit(asked, "one")
    with writing(store.folder(asked.id)) as writer:
        for event in train(asked):
            writer.write(event)
    progress = Progress(asked.steps)
    progress.read(store.folder(asked.id))
    assert (progress.phase, progress.diverged, progress.step) == ("done", True, LOST - 1)
