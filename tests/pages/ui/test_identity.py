from __future__ import annotations

from http.cookies import SimpleCookie
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from pages._ui.identity import COOKIE, TOKEN, cookie

HTML = "text/html; charset=utf-8"


def scope(sent: str | None = None, scheme: str = "http") -> dict[str, Any]:
    headers = [] if sent is None else [(b"cookie", sent.encode())]
    return {"type": "http", "headers": headers, "scheme": scheme}


def test_who_comes_first_gets_a_token_that_no_script_reads() -> None:
    told = {cookie(scope(), HTML) for _ in range(20)}
    assert len(told) == 20
    for one in told:
        morsel = SimpleCookie(one)[COOKIE]
        assert TOKEN.fullmatch(morsel.value)
        assert (morsel["httponly"], morsel["samesite"], morsel["path"]) == (True, "Lax", "/")
        assert not morsel["secure"]
    assert SimpleCookie(cookie(scope(scheme="https"), HTML))[COOKIE]["secure"]


def test_who_has_one_keeps_it() -> None:
    token = SimpleCookie(cookie(scope(), HTML))[COOKIE].value
    assert cookie(scope(f"other=1; {COOKIE}={token}"), HTML) is None


@pytest.mark.parametrize("sent", ["", f"{COOKIE}=", f"{COOKIE}=short", f"{COOKIE}={'é' * 43}", f"{COOKIE}={'a' * 44}"])
def test_what_is_no_token_is_replaced(sent: str) -> None:
    told = scope()
    told["headers"] = [(b"cookie", sent.encode("utf-8"))]
    assert cookie(told, HTML) is not None


def test_only_pages_bring_one() -> None:
    assert [cookie(scope(), kind) for kind in ("application/json", "text/css", "")] == [None] * 3


def test_without_a_cookie_it_is_the_session_s() -> None:
    def script() -> None:
        import streamlit as st

        from pages._ui.identity import visitor_token

        st.text(visitor_token())
        st.text(visitor_token())

    first, second = (AppTest.from_function(script).run() for _ in range(2))
    said = [text.value for text in first.text]
    assert said[0] == said[1] == first.run().text[0].value != second.text[0].value
    assert TOKEN.fullmatch(said[0])
