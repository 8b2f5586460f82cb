from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING

import pytest

from pages._chapters.training import running, sweeping
from pages._ui import controls, visitor
from pages._ui.components.run_sweep import Choice
from rnn_core.messages import LANGUAGES
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.sweeps import Sweep
from tests.pages.reading import drawing
from tests.pages.trained import runs, trained
from tests.pages.trying import changes

if TYPE_CHECKING:
    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]
SWEEP = Sweep(TrainSpec(task="adding", length=20, hidden=2, steps=60), ("lr",), 1)
SPECS = [spec for point in SWEEP.points for spec in SWEEP.specs(point)]
LINK = {
    **{"page": "training", "mode": "sweep", "sweep": "lr", "repeat": "1"},
    **{"task": "adding", "length": "20", "hidden": "2", "steps": "60"},
}


@pytest.fixture
def state(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    session: dict[str, object] = {}
    for module in (running, sweeping):
        monkeypatch.setattr(module, "st", SimpleNamespace(session_state=session))
    monkeypatch.setattr(controls, "take", session.update)
    monkeypatch.setattr(visitor, "token", lambda: "me")
    return session


def test_a_sweep_is_started_and_cancelled_as_a_whole(state: dict[str, object], runs: Runs) -> None:
    other = runs.submit(TrainSpec(task="parity", length=5), "me")
    sweeping._act("sweep", SPECS)
    names = [name for name in runs.of_visitor("me") if name != other]
    assert {runs.spec(name).id for name in names} == {spec.id for spec in SPECS}
    sweeping._act("cancel", SPECS)
    assert {runs.status(name).state for name in names} == {"cancelled"}
    assert runs.status(other).state == "queued"


def test_a_training_of_it_is_opened_as_a_run_and_not_computed_again(state: dict[str, object], runs: Runs) -> None:
    trained(runs, SPECS[1], "somebody")
    sweeping._open(SPECS[1])
    assert runs.status(str(state["run"])).state == "finished"
    assert (state["mode"], runs.is_starter(str(state["run"]), "me")) == ("run", True)


def test_what_is_swept_is_in_the_address(state: dict[str, object]) -> None:
    sweeping._choose(Choice(("lr", "cell"), 2, drawn=True))
    assert state == {"sweep": "lr.cell", "repeat": 2, "points": "random", sweeping.TOLD: True}


def test_the_page_shows_what_anybody_has_computed(open_page: Open, runs: Runs) -> None:
    trained(runs, SPECS[2], "somebody")
    drawn = drawing(open_page(**LINK), "run_sweep")
    phases = [point["runs"][0]["phase"] for point in drawn["points"]]
    assert phases == ["waiting", "waiting", "done", "waiting", "waiting"]


def test_what_cannot_be_swept_is_left_out(open_page: Open, runs: Runs) -> None:
    for said, axes in (("cell.forget_bias.lr", ["cell", "lr"]), ("seed.<b>", ["lr"]), ("", ["lr"])):
        drawn = drawing(open_page(**{**LINK, "sweep": said}), "run_sweep")
        assert [axis["field"] for axis in drawn["axes"]] == axes


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_sweep_shows_what_is_known_of_each_of_its_trainings(open_page: Open, runs: Runs, lang: str) -> None:
    at = open_page(**{**LINK, "lang": lang, "sweep": "lr.hidden", "repeat": "2"})
    drawn = drawing(at, "run_sweep")
    assert (len(drawn["points"]), next(len(point["runs"]) for point in drawn["points"])) == (16, 2)
    assert {run["phase"] for point in drawn["points"] for run in point["runs"]} == {"waiting"}
    assert not drawn["going"]
    assert not at.error


@pytest.mark.parametrize(
    ("key", "value"), [("sweep", "hidden"), ("repeat", "1"), ("points", "random"), ("seed", "4"), ("mode", "compare")]
)
def test_every_control_of_a_sweep_changes_it(open_page: Open, runs: Runs, key: str, value: str) -> None:
    base = {"page": "training", "mode": "sweep", "sweep": "lr.hidden.length"}
    changes(open_page, base, key, value, read=lambda at: str([one.proto.json for one in at.get("bidi_component")]))
