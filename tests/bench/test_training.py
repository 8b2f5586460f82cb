"""The loop that recording is measured against makes the very updates of the recorded one."""

from __future__ import annotations

from bench.training import linked, plain, recorded, typical
from rnn_core.training.lab.spec import TrainSpec


def test_both_make_the_same_updates() -> None:
    spec = TrainSpec(task="adding", length=6, hidden=3, batch=4, cell="gru", steps=40)
    assert list(plain(spec)) == list(recorded(spec)) == list(spec.records[1:])


def test_a_pause_of_the_machine_is_left_out_and_what_a_snapshot_costs_is_not() -> None:
    assert typical([[1.0, 1.0, 3.0], [1.0, 1.0, 3.0], [1.0, 9.0, 3.0]]) == 5.0


def test_the_link_is_the_training_that_is_measured() -> None:
    usual = {"task": "adding", "length": 100, "hidden": 32, "batch": 32, "lr": 0.01, "steps": 3000}
    assert linked("gru", 2) == TrainSpec(**usual, optimizer="adam", cell="gru", seed=2)
