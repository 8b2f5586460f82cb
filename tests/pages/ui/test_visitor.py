from __future__ import annotations

from types import SimpleNamespace

import pytest

from pages._ui import visitor


def test_without_a_server_a_visitor_is_always_there() -> None:
    assert visitor.presence()()


def test_a_visitor_is_there_as_long_as_the_browser_is_connected(monkeypatch: pytest.MonkeyPatch) -> None:
    connected = {"one"}
    server = SimpleNamespace(is_active_session=lambda session: session in connected)
    monkeypatch.setattr(visitor.runtime, "exists", lambda: True)
    monkeypatch.setattr(visitor.runtime, "get_instance", lambda: server)
    monkeypatch.setattr(visitor, "get_script_run_ctx", lambda **_: SimpleNamespace(session_id="one"))
    here = visitor.presence()
    assert here()
    connected.clear()
    assert not here()
