from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.training import charts
from pages._chapters.training.running import Run
from rnn_core.training.lab import folder
from tests.pages.trained import runs, trained
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    import pytest

    from rnn_core.training.lab.store import Runs

__all__ = ["runs"]


def test_all_that_a_run_has_told_is_read_however_much_it_is(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = spec()
    run = Run(trained(runs, asked), asked, runs.status(runs.of_visitor("somebody")[0]), mine=False)
    monkeypatch.setattr(folder.Folder.read, "__defaults__", (0, 1000, None))  # a few at a time
    assert [event.n for event in charts.events(run)] == [event.n for event in train(asked)]
