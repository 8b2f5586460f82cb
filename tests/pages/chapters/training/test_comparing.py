from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.training import comparing
from pages._ui import controls, visitor
from rnn_core.messages import LANGUAGES
from tests.pages.reading import drawing
from tests.pages.trained import runs, trained
from tests.rnn_core.training.lab.standin import spec

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]


def test_without_a_choice_the_newest_runs_of_the_task_are_compared(
    open_page: Open, runs: Runs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(visitor, "token", lambda: "me")
    mine = [trained(runs, spec(seed=seed), "me") for seed in range(6)]
    trained(runs, spec(task="parity"), "me")
    trained(runs, spec(seed=9), "somebody")
    drawn = drawing(open_page(page="training", mode="compare"), "run_comparison")
    assert [run["id"] for run in drawn["runs"]] == mine[:1:-1]
    assert {one["id"] for one in drawn["stored"]} == set(mine)


def test_a_run_is_opened_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    put: dict[str, object] = {}
    monkeypatch.setattr(controls, "take", put.update)
    comparing.open_run("abc")
    assert put == {"mode": "run", "run": "abc", "guess": "skip", "update": None}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_runs_are_compared_by_what_differs(open_page: Open, runs: Runs, lang: str) -> None:
    names = [trained(runs, spec()), trained(runs, spec(clip=None)), trained(runs, spec(seed=3))]
    at = open_page(page="training", lang=lang, mode="compare", runs=".".join([*names, "nowhere"]))
    drawn = drawing(at, "run_comparison")
    assert [run["id"] for run in drawn["runs"]] == names
    assert [len(run["own"]) for run in drawn["runs"]] == [0, 1, 1]
    assert len(at.warning) == 1
    assert not at.error


def test_with_nothing_to_compare_the_page_says_so(open_page: Open, runs: Runs) -> None:
    drawn = drawing(open_page(page="training", mode="compare"), "run_comparison")
    assert (drawn["runs"], drawn["stored"]) == ([], [])
