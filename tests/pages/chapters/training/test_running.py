from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from pages._chapters.training import CHAPTER, running
from pages._ui import controls, visitor
from pages._ui.address import controls_of, parse
from pages._ui.components.training_map import Guess
from rnn_core.training.lab.spec import TrainSpec
from tests.pages.trained import runs

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs

__all__ = ["runs"]


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch, runs: Runs) -> dict[str, object]:
    """The chapter's controls as it opens, and whatever is put into them."""
    opens, _ = parse({}, controls_of(CHAPTER))
    session: dict[str, object] = dict(opens)
    monkeypatch.setattr(running, "st", SimpleNamespace(session_state=session))
    monkeypatch.setattr(controls, "take", session.update)
    monkeypatch.setattr(visitor, "token", lambda: "me")
    return session


def test_what_was_changed_just_before_is_trained(state: dict[str, object], runs: Runs) -> None:
    running.act("train", {"cell": "gru", "steps": "300"}, Guess("solves", 200))
    spec = runs.spec(str(state["run"]))
    assert spec == TrainSpec(task="adding", length=50, cell="gru", steps=300)
    assert state["guess"] == "solves_200"


def test_without_a_guess_it_is_skipped(state: dict[str, object]) -> None:
    running.act("skip", {}, Guess("stuck"))
    assert state["guess"] == "skip"
    running.act("train", {}, Guess())
    assert state["guess"] == "skip"


def test_a_run_is_cancelled_and_goes_on(state: dict[str, object], runs: Runs) -> None:
    running.act("train", {}, Guess())
    name = str(state["run"])
    running.act("cancel", {}, Guess())
    assert runs.status(name).state == "cancelled"
    running.act("continue", {}, Guess())
    assert runs.status(name).state == "queued"
    assert state["run"] == name


def test_with_other_settings_there_is_no_run_and_no_place_in_it(state: dict[str, object]) -> None:
    running.act("train", {}, Guess())
    state["update"] = 60
    running.change({"hidden": "64"})
    assert (state["hidden"], state["run"], state["update"]) == (64, "", None)


def test_clipping_is_set_and_asked_about_anew(state: dict[str, object]) -> None:
    state["limit"] = "none"
    running.act("clip", {}, Guess("solves", 600))
    assert (state["limit"], state["guess"], state["run"]) == (running.CLIP, None, "")


def test_what_cannot_be_computed_is_refused_and_nothing_changes(state: dict[str, object]) -> None:
    running.change({"length": "200", "hidden": "128", "batch": "128", "steps": "10000", "layers": "3"})
    assert state["hidden"] == 32
    assert state[running.REFUSED].code == "lab_too_long"


def test_another_s_run_is_not_cancelled(state: dict[str, object], runs: Runs) -> None:
    state["run"] = runs.submit(TrainSpec(task="adding", length=50), "somebody")
    running.act("cancel", {}, Guess())
    assert state[running.REFUSED].code == "lab_not_yours"
    assert runs.status(str(state["run"])).state == "queued"


def test_what_a_browser_makes_up_does_nothing(state: dict[str, object]) -> None:
    before = dict(state)
    running.act("explode", {}, Guess())
    assert state == before
