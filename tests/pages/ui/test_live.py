"""What a drawing polls, asked as a browser asks it."""

from __future__ import annotations

import asyncio
import json
from http.client import HTTPConnection
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import Request
from streamlit import config

from bench.server import SERVE, serving
from pages._ui import live, proxy
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES
from rnn_core.training.lab.engine import find_engine
from rnn_core.training.lab.events import from_line
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from bench.server import Server

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


@pytest.fixture(scope="module", params=["one", "two behind nginx"])
def server(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Path]]:
    if request.param != "one" and proxy.program() is None:
        pytest.skip("there is no nginx")
    store = tmp_path_factory.mktemp("store")
    settings = {"KIOKU_DATA_DIR": str(store), "KIOKU_PROCESSES": "1" if request.param == "one" else "2"}
    with serving(command=SERVE, settings=settings) as it:
        yield it, store


def get(server: Server, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
    connection = HTTPConnection("127.0.0.1", server.port, timeout=30)
    connection.request("GET", path, headers=headers)
    answer = connection.getresponse()
    headers = {name.lower(): ", ".join(answer.headers.get_all(name, [])) for name in answer.headers}
    found = answer.status, headers, answer.read()
    connection.close()
    return found


def test_the_app_answers_it_beside_its_pages(server: tuple[Server, Path]) -> None:
    it, store = server
    runs = Runs(store)
    run = runs.submit(spec(), "one")
    status, headers, body = get(it, f"/live/{run}?from=0")
    assert (status, headers["content-type"], json.loads(body)["state"]) == (200, "application/json", "queued")
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "kioku_visitor" not in headers.get("set-cookie", "")
    status, headers, body = get(it, "/live/none")
    assert (status, json.loads(body)["state"]) == (404, "unknown")
    assert get(it, f"/live/{run}", Origin="http://evil.example")[0] == 403
    for page in ("/", "/gradients", "/live"):  # the shell's, a deep link, and one that there is not
        status, headers, body = get(it, page)
        assert (status, b"<html" in body) == (200, True)
        assert "kioku_visitor=" in headers["set-cookie"]
        assert "HttpOnly" in headers["set-cookie"]
