"""Whose run is whose: a random token in a cookie of the browser, which says nothing else and which no script reads."""

from __future__ import annotations

import re
import secrets
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import Headers
from starlette.requests import cookie_parser

if TYPE_CHECKING:
    from starlette.types import Scope

COOKIE = "kioku_visitor"
TOKEN = re.compile(r"[\w-]{43}", re.ASCII)
YEAR = 365 * 24 * 3600  # seconds


def cookie(scope: Scope, kind: str) -> str | None:
    """The cookie that comes with a page to whoever has none yet.

    Args:
        scope: of the request.
        kind: the answer's content type.
    """
    known = cookie_parser(Headers(scope=scope).get("cookie", "")).get(COOKIE, "")
    if TOKEN.fullmatch(known) or not kind.startswith("text/html"):
        return None
    secure = "; Secure" if scope.get("scheme") == "https" else ""
    return f"{COOKIE}={secrets.token_urlsafe(32)}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"


def visitor_token() -> str:
    """The token of the browser of this page's run; without a cookie it is this session's only."""
    known = st.context.cookies.get(COOKIE, "")
    if isinstance(known, str) and TOKEN.fullmatch(known):
        return known
    if COOKIE not in st.session_state:
        st.session_state[COOKIE] = secrets.token_urlsafe(32)
    return str(st.session_state[COOKIE])
