"""The reader's own runs on the page: kept, let go, opened, taken in from a file; and what is said of a bad one."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING

import pytest

from pages._chapters.training import running, stored
from pages._ui import visitor
from rnn_core import KiokuError
from rnn_core.messages import LANGUAGES, text
from rnn_core.training.lab.limits import PINS
from rnn_core.training.lab.loop import train
from rnn_core.training.lab.room import Usage
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.transfer import export_run
from tests.pages.reading import html
from tests.pages.trained import runs, trained
from tests.rnn_core.training.lab.standin import spec

if TYPE_CHECKING:
    from streamlit.testing.v1 import AppTest

    from rnn_core.training.lab.store import Runs
    from tests.pages.conftest import Open

__all__ = ["runs"]
ME = "me"
REAL = TrainSpec(task="parity", length=4, cell="gru", hidden=3, batch=4, steps=4)


@pytest.fixture(autouse=True)
def token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(visitor, "token", lambda: ME)


def unfolded(open_page: Open, **query: str) -> AppTest:
    at = open_page(page="training", **query)
    at.session_state["stored_runs"] = True
    return at.run()


def test_own_runs_are_named_opened_and_kept(open_page: Open, runs: Runs) -> None:
    name = trained(runs, spec(), ME)
    other = trained(runs, spec(seed=1), "another")
    at = unfolded(open_page, lang="en")
    keys = [button.key for button in at.button]
    assert f"open_{name}" in keys
    assert f"open_{other}" not in keys
    assert text("training.room_rule", "en", most=PINS) in html(at)
    assert stored.named("en", spec()) in html(at)  # it would go first
    at.button(key=f"pin_{name}").click().run()
    assert runs.status(name).pinned
    assert text("training.room_yours", "en", run="")[:10] not in html(at)
    assert at.button(key=f"pin_{name}").label == text("training.unpin", "en")
    at.button(key=f"pin_{name}").click().run()
    assert not runs.status(name).pinned
    at.button(key=f"open_{name}").click().run()
    assert name in at.query_params["run"]
    assert not at.exception


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_room_is_said_with_and_without_a_run_of_ones_own(lang: str) -> None:
    usage = Usage(3 << 20, 2 << 30, ("a", "b"))
    assert len(stored._room(lang, usage, {})) == 2
    (_, _, yours) = stored._room(lang, usage, {"b": spec()})
    assert stored.named(lang, spec()) in yours


def taken_in(monkeypatch: pytest.MonkeyPatch, content: bytes) -> dict[str, object]:
    """What the page takes over, or refuses, once a file is there."""
    found: dict[str, object] = {}
    monkeypatch.setattr(running.controls, "take", found.update)
    session: dict[str, object] = {"field": io.BytesIO(content)}
    for module in (stored, running):
        monkeypatch.setattr(module.st, "session_state", session)
    stored._given("field")
    assert session[stored.GIVEN] == 1
    return found | {"error": session.get(running.REFUSED)}


def test_a_run_comes_back_from_its_file(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    packed = export_run(runs, trained(runs, REAL, "another", train=train))
    found = taken_in(monkeypatch, packed)
    assert found["error"] is None
    assert runs.spec(str(found["run"])) == REAL
    assert runs.is_starter(str(found["run"]), ME)


def zipped(name: str, content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(name, content)
    return packed.getvalue()


@pytest.mark.parametrize(
    "content", [b"", b"no archive", zipped("../spec.json", b"{}"), zipped("run.pkl", b"\x80\x04.")]
)
def test_a_file_that_is_none_is_refused_in_a_sentence(
    runs: Runs, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    found = taken_in(monkeypatch, content)
    assert isinstance(found["error"], KiokuError)
    assert all(found["error"].text(lang) for lang in LANGUAGES)
    assert "run" not in found
    assert not runs.of_visitor(ME)
