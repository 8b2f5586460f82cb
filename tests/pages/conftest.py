"""One page in this process: everything but the browser."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from pages._ui import failures
from pages._ui.contents import CHAPTERS
from rnn_core import runtime
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    Open = Callable[..., AppTest]


@pytest.fixture(scope="session")
def warm() -> None:
    """Everything imported, as on a server that has been running for a while."""
    runtime.warm_up()


@pytest.fixture(autouse=True)
def nothing_unforeseen(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """No page may ever come upon what nobody foresaw; a test that plants it clears `caplog`."""
    yield
    assert [record.getMessage() for record in caplog.get_records("call") if record.name == failures.LOG.name] == []


@pytest.fixture
def open_page(warm: None) -> Open:
    """Open an address of the app; no page may ever end in an exception."""

    def opened(locale: str = "ja-JP", page: str = "", **query: str | list[str]) -> AppTest:
        at = AppTest.from_file(str(ROOT / "app.py"), default_timeout=30)
        at.context["locale"] = locale
        for key, value in query.items():
            at.query_params[key] = value
        at.run()
        if page:
            at.switch_page(str(next(row.script for row in CHAPTERS if row.name == page))).run()
        assert not at.exception, at.exception
        return at

    return opened


@pytest.fixture
def offered(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """What a page gives to Streamlit for download, by file name."""
    given: dict[str, object] = {}

    def taken(label: str, data: object, file_name: str, *args: object, **options: object) -> bool:
        given[file_name] = data
        return False

    monkeypatch.setattr(st, "download_button", taken)
    return given
