"""The visitor of this page: whether they are still there, and by what they are known to be the same as before."""

from __future__ import annotations

import hmac
import re
import secrets
from http.cookies import CookieError, SimpleCookie
from typing import TYPE_CHECKING

import streamlit as st
from starlette.datastructures import Headers, MutableHeaders
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

COOKIE = "kioku_visitor"
TOKEN = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
YEAR = 365 * 24 * 3600  # seconds


def presence() -> Callable[[], bool]:
    """Ask it in any thread whether the browser of this run is still connected; without a server it always is."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None or not runtime.exists():
        return lambda: True
    server, session = runtime.get_instance(), context.session_id
    return lambda: server.is_active_session(session)


def token() -> str:
    """What tells the visitor of this run from all others, also after a reload; without a cookie for this visit only."""
    known = known_token(st.context.cookies)
    return known or str(st.session_state.setdefault(COOKIE, new_token()))


def new_token() -> str:
    """A token that nobody can guess."""
    return secrets.token_urlsafe(32)


def known_token(cookies: Mapping[str, str]) -> str | None:
    """The token among a browser's cookies; None where it has none, or none of ours."""
    found = str(cookies.get(COOKIE, ""))
    return found if TOKEN.fullmatch(found) else None


def asking(scope: Scope) -> str | None:
    """The token of whoever sends this request."""
    try:
        cookies = SimpleCookie(Headers(scope=scope).get("cookie", ""))
    except CookieError:
        return None
    return known_token({name: one.value for name, one in cookies.items()})


def place() -> str:
    """A name for the address that the visitor of this run comes from, from which the address can't be read."""
    address = str(st.context.ip_address or "")
    secret = str(config.get_option("server.cookieSecret"))
    return hmac.digest(secret.encode(), address.encode(), "sha256").hex()


class Known:
    """ASGI middleware: gives a browser that opens a page a token, which no script and no other site's page can read."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http" or asking(scope):
            await self.app(scope, receive, send)
            return

        async def telling(message: Message) -> None:
            if message["type"] == "http.response.start":
                sent = MutableHeaders(scope=message)
                if sent.get("content-type", "").startswith("text/html"):
                    secure = "; Secure" if scope.get("scheme") == "https" else ""
                    value = f"{COOKIE}={new_token()}; Path=/; Max-Age={YEAR}; HttpOnly; SameSite=Lax{secure}"
                    sent.append("Set-Cookie", value)
            await send(message)

        await self.app(scope, receive, telling)
