"""What is waited for has been begun, and is over."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from bench import waiting
from rnn_core.training.lab.store import Runs

if TYPE_CHECKING:
    from pathlib import Path


def test_runs_are_awaited_in_the_order_in_which_they_begin(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    runs = Runs(tmp_path)
    names = runs.submit_all([waiting.short(seed) for seed in (1, 2)], "one")

    def look(_: float) -> None:
        """What an engine does meanwhile: one ends, and the next begins."""
        if training := runs.turns.index.take():
            runs.turns.ended(training, "finished", 0.5)

    monkeypatch.setattr(waiting.time, "sleep", look)
    assert [name for _, name in waiting.await_all(runs, names)] == names
    monkeypatch.setattr(waiting, "PATIENCE", -1.0)
    with pytest.raises(TimeoutError):
        waiting.await_all(runs, runs.submit_all([waiting.short(3)], "one"))
