from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest
from starlette.requests import Request
from starlette.routing import Match
from streamlit import config
from streamlit.testing.v1 import AppTest

from pages._ui import head_start, turns

if TYPE_CHECKING:
    from collections.abc import Iterator


def waiting() -> None:
    """A page whose first chart waits."""
    from time import perf_counter

    import streamlit as st

    from pages._ui import head_start, turns

    st.text(head_start.told_at())
    began = perf_counter()
    with turns.one_by_one():
        head_start.wait()
    st.text(str(perf_counter() - began))


def tell(path: str) -> int:
    """What the app answers with, once it is told there."""
    route = head_start.route()
    scope = {"type": "http", "method": "GET", "path": path, "headers": [], "query_string": b""}
    found, more = route.matches(scope)
    assert found == Match.FULL
    return int(asyncio.run(route.endpoint(Request(scope | more))).status_code)


@pytest.fixture
def below() -> Iterator[None]:
    config.set_option("server.baseUrlPath", "kioku")
    yield
    config.set_option("server.baseUrlPath", "")


def opened(url: str | None) -> AppTest:
    """The page, before its first run."""
    at = AppTest.from_function(waiting)
    at.context["url"] = url
    return at


def test_a_visit_waits_for_its_drawing_once_and_no_longer_than_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_start, "LONGEST", 0.2)
    at = opened("http://localhost:8501/").run()
    address, waited = (one.value for one in at.text)
    assert 0.2 <= float(waited) < 5
    again, waited = (one.value for one in at.run().text)
    assert again == address
    assert float(waited) < 0.2


def test_who_has_told_waits_no_more(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head_start, "told_at", lambda told_at=head_start.told_at: tell(told_at()))
    at = opened("http://localhost:8501/").run()
    status, waited = (one.value for one in at.text)
    assert status == "204"
    assert float(waited) < head_start.LONGEST


def test_others_go_on_meanwhile(monkeypatch: pytest.MonkeyPatch) -> None:
    found = []
    monkeypatch.setattr(head_start.Drawn, "wait", lambda _drawn, _seconds: found.append(turns.LIGHT.busy))
    opened("http://localhost:8501/").run()
    assert found == [False]


def test_where_no_browser_looks_nobody_waits() -> None:
    assert float(opened(None).run().text[1].value) < head_start.LONGEST


@pytest.mark.usefixtures("below")
def test_below_a_path_of_its_own_it_is_told_there_and_of_a_visit_that_nobody_makes_nothing_is_learned() -> None:
    assert head_start.address("a") == "/kioku/drawn/a"
    assert tell("/kioku/drawn/a") == 204
    assert "a" not in head_start._awaited
