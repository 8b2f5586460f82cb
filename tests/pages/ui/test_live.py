"""What a drawing polls; how the running app answers it is in test_server and test_sharing."""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import Request
from streamlit import config

from pages._ui import live
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.training.lab.engine import find_engine
from rnn_core.training.lab.events import from_line
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from pathlib import Path

ALL = list(train(spec()))


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setenv("KIOKU_DATA_DIR", str(tmp_path))
    return find_engine().runs


def write(runs: Runs, until: int = len(ALL)) -> None:
    with writing(runs.folder(spec().id)) as writer:
        for event in ALL[:until]:
            writer.write(event)


def asked(run: str, query: str = "") -> tuple[int, dict[str, Any]]:
    scope = {"type": "http", "method": "GET", "query_string": query.encode(), "path_params": {"run": run}}
    answer = asyncio.run(live.answer(Request(scope | {"headers": []})))
    assert answer.headers["cache-control"] == "no-store"
    return answer.status_code, json.loads(bytes(answer.body))


def test_the_events_from_a_number_on_are_told(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    status, told = asked(run)
    assert (status, told["state"], told["events"], told["next"], told["before"]) == (200, "queued", [], 0, 0)
    runs.index.take()
    write(runs, 5)
    status, told = asked(run, "from=2")
    assert (status, told["state"], told["next"], told["more"], told["why"]) == (200, "running", 5, False, None)
    assert [from_line(json.dumps(event)).n for event in told["events"]] == [2, 3, 4]
    assert asked(run, "from=5")[1]["events"] == []


def test_who_slept_for_an_hour_has_all_in_bounded_answers(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    run = runs.submit(spec(), "one")
    runs.index.take()
    write(runs)
    runs.turns.ended(spec().id, "finished")
    monkeypatch.setattr("rnn_core.training.lab.folder.MOST_BYTES", 3000)
    events: list[Any] = []
    told: dict[str, Any] = {"more": True, "next": 0}
    while told["more"]:
        _, told = asked(run, f"from={told['next']}")
        events += told["events"]
    assert [event["n"] for event in events] == list(range(len(ALL)))
    assert told["state"] == "finished"


def test_a_run_that_is_not_there_is_told_in_both_languages(runs: Runs) -> None:
    for name in ("none", "..", "%2e%2e", "x" * 5000):
        status, told = asked(name)
        assert (status, told["state"], told["events"]) == (404, "unknown", [])
        assert set(told["why"]) == set(LANGUAGES)


@pytest.mark.parametrize("given", ["", "-1", "x", "1.5", "9" * 40, "１"])
def test_what_is_no_number_is_refused(runs: Runs, given: str) -> None:
    assert asked(runs.submit(spec(), "one"), f"from={given}")[0] == 400


def test_why_a_run_failed_is_told(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    runs.index.take()
    runs.folder(spec().id).fail(KiokuError("lab_died"))
    runs.turns.ended(spec().id, "failed")
    assert asked(run)[1]["why"] == {lang: KiokuError("lab_died").text(lang) for lang in LANGUAGES}


def test_a_store_that_can_t_be_read_is_told(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise KiokuError("lab_store", why="x")

    monkeypatch.setattr(Runs, "status", fail)
    assert asked("a")[0] == 503


def test_it_stands_below_the_server_s_path(monkeypatch: pytest.MonkeyPatch) -> None:
    assert live.address("a") == "/live/a"
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: "/kioku/" if name == "server.baseUrlPath" else real(name))
    assert live.address("a") == "/kioku/live/a"
    assert live.route().path == "/kioku/live/{run}"
