"""A clock that jumps changes nothing: nobody in the lab asks what time it is, only how much has passed."""

from __future__ import annotations

import ast
import os
from typing import TYPE_CHECKING

import pytest

from rnn_core.training.lab.files import write_whole
from rnn_core.training.lab.store import Runs
from tests.reading import ROOT, sources, tree
from tests.rnn_core.training.lab.jumping_clock import CLOCK
from tests.rnn_core.training.lab.standin import spec
from tests.rnn_core.training.lab.test_engine import content, start_app, undisturbed, until

if TYPE_CHECKING:
    from pathlib import Path

JUMPS = {"time.time", "time.time_ns", "datetime.now", "datetime.utcnow", "date.today", "time.localtime", "time.gmtime"}
DAY = 86_400


def test_nobody_asks_what_time_it_is() -> None:
    files = sources(ROOT, ("rnn_core/training/lab",))
    assert files
    found = [
        (path.name, name)
        for path in files
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Attribute) and (name := ast.unparse(node)) in JUMPS | {"datetime.datetime.now"}
    ]
    assert found == []
    assert not any("st_mtime" in path.read_text(encoding="utf-8") for path in files)


def test_trainings_go_on_and_turns_are_kept_while_the_clock_jumps(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    runs, clock = Runs(tmp_path / "store"), tmp_path / "clock"
    write_whole(clock, b"0")
    monkeypatch.setenv(CLOCK, str(clock))
    asked = [spec(steps=400, pause=0.01, seed=1), spec(seed=2), spec(seed=3)]
    first = runs.submit(asked[0], "one")
    with start_app(runs.root, "tests.rnn_core.training.lab.jumping_clock") as app:
        try:
            for jump in (DAY, -2 * DAY):
                seen = runs.status(first).events
                until(lambda seen=seen: runs.status(first).events > seen + 5, "events")
                write_whole(clock, str(jump).encode())
            others = runs.submit_all(asked[1:], "two")
            for run in (first, *others):
                until(lambda run=run: runs.status(run).state == "finished", "finished")
        finally:
            app.kill()
    for one in asked:
        assert content(runs.folder(one.id)) == undisturbed(one, tmp_path)


def test_room_is_made_by_the_order_of_coming_whatever_the_files_dates_say(tmp_path: Path) -> None:
    runs = Runs(tmp_path)
    names = []
    for seed in (1, 2, 3):
        names.append(runs.submit(spec(seed=seed), "one"))
        runs.index.take()
        runs.turns.ended(spec(seed=seed).id, "finished")
        for path in runs.folder(spec(seed=seed).id).path.rglob("*"):
            os.utime(path, (DAY * (9 - seed), DAY * (9 - seed)))
    assert [run for _, (run,) in runs.index.oldest()] == names
