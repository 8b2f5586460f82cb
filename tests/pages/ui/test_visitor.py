from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

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


def script() -> None:
    import streamlit as st

    from pages._ui import visitor

    st.text(visitor.token())


def test_a_visitor_stays_the_same_and_is_no_other() -> None:
    first, other = AppTest.from_function(script, default_timeout=60).run(), AppTest.from_function(script).run()
    said = first.text[0].value
    assert visitor.TOKEN.fullmatch(said)
    assert first.run().text[0].value == said != other.text[0].value


def test_a_place_is_a_name_from_which_no_address_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    def named(address: str | None) -> str:
        monkeypatch.setattr(visitor.st, "context", SimpleNamespace(ip_address=address))
        return visitor.place()

    assert "192.168.0.9" not in named("192.168.0.9")
    assert named("192.168.0.9") == named("192.168.0.9") != named("192.168.0.8") != named(None)


@pytest.mark.parametrize("given", ["", "short", "a" * 65, "a" * 21 + ";", "あ" * 22, "../" * 9])
def test_a_token_of_another_shape_is_none(given: str) -> None:
    assert visitor.known_token({visitor.COOKIE: given}) is None
    assert visitor.known_token({}) is None
    assert visitor.known_token({visitor.COOKIE: visitor.new_token()})


def told(kind: str = "text/html; charset=utf-8", scheme: str = "http", **headers: str) -> list[str]:
    """The cookies that come with an answer of this kind to a request with these headers."""
    sent: list[Any] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", kind.encode())]})

    async def send(message: Any) -> None:
        sent.append(message)

    async def receive() -> Any:
        raise AssertionError("a byte of the body was read")

    pairs = [(name.encode(), value.encode()) for name, value in headers.items()]
    asyncio.run(visitor.Known(app)({"type": "http", "scheme": scheme, "path": "/", "headers": pairs}, receive, send))
    return [value.decode() for name, value in sent[0]["headers"] if name == b"set-cookie"]


def test_whoever_opens_a_page_is_told_a_token_that_no_script_reads() -> None:
    (one,), (other,) = told(), told()
    name, _, rest = one.partition("=")
    value, _, limits = rest.partition("; ")
    assert (name, limits) == (visitor.COOKIE, f"Path=/; Max-Age={visitor.YEAR}; HttpOnly; SameSite=Lax")
    assert visitor.TOKEN.fullmatch(value)
    assert one != other
    assert told(scheme="https")[0].endswith("; Secure")
    assert told(cookie=f"{visitor.COOKIE}={value}") == told(kind="text/javascript") == []
    assert len(told(cookie=f"{visitor.COOKIE}=short; a=b")) == len(told(cookie="=; \x7f")) == 1
