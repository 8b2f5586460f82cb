"""One page in this process: everything but the browser."""

from __future__ import annotations

import logging
from functools import cache
from typing import TYPE_CHECKING

import pytest
import streamlit as st
from streamlit.components.v2 import manifest_scanner
from streamlit.runtime.pages_manager import PagesManager
from streamlit.testing.v1 import app_test, local_script_runner

from pages._ui import failures
from rnn_core import runtime
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from streamlit.testing.v1 import AppTest

    Open = Callable[..., AppTest]


@pytest.fixture(scope="session", autouse=True)
def one_server() -> Iterator[None]:
    """What a server has once for all its readers, and AppTest makes anew for every run or page that is opened.

    That is which installed packages bring components, what it has compiled, itself, and that the pages are those that
    the app names (`opening.opened`). And a run's end is waited for: AppTest looks for it every millisecond, and each
    look takes the run's turn from it.
    """
    looked_for = local_script_runner.require_widgets_deltas

    def waited_for(runner: local_script_runner.LocalScriptRunner, timeout: float = 3) -> None:
        runner._script_thread.join(timeout)
        looked_for(runner, 0 if runner._script_thread.is_alive() else timeout)

    once = {"ScriptCache": cache(app_test.ScriptCache), "MagicMock": cache(app_test.MagicMock)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(manifest_scanner, "scan_component_manifests", cache(manifest_scanner.scan_component_manifests))
        patch.setattr(app_test, "MagicMock", once["MagicMock"])
        for module in (app_test, local_script_runner):
            patch.setattr(module, "ScriptCache", once["ScriptCache"])
        patch.setattr(local_script_runner, "require_widgets_deltas", waited_for)
        patch.setattr(PagesManager, "uses_pages_directory", False)
        # AppTest forgets it, of the class that it knows by this name
        patch.setattr(app_test, "PagesManager", type("Named", (PagesManager,), {}))
        yield


@pytest.fixture(scope="session", autouse=True)
def data(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """No page writes into the data of whoever runs the tests."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIOKU_DATA_DIR", str(tmp_path_factory.mktemp("data")))
        yield


@pytest.fixture(scope="session", autouse=True)
def warm() -> None:
    """Everything imported, as on a server that has been running for a while: also where readers' networks come from."""
    import pages._ui.network  # noqa: F401

    runtime.warm_up()


@pytest.fixture(autouse=True)
def unforeseen() -> Iterator[list[str]]:
    """What nobody foresaw, as it is logged: no page may ever come upon it. A test that plants it clears it."""
    logged = list[str]()
    handler = logging.Handler()
    handler.emit = lambda record: logged.append(handler.format(record))
    failures.LOG.addHandler(handler)
    yield logged
    failures.LOG.removeHandler(handler)
    assert logged == []


@pytest.fixture
def open_page(warm: None) -> Open:
    """Open an address of the app; no page may ever end in an exception."""

    def opened(locale: str = "ja-JP", page: str = "", **query: str | list[str]) -> AppTest:
        at = at_address(page, query)
        at.context["locale"] = locale
        at.run()
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
