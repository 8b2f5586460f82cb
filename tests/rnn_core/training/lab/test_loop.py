"""The loop of the lab."""

from __future__ import annotations

from rnn_core.training.lab.loop import never


def test_nothing_stops_a_run_by_itself() -> None:
    assert not never()
