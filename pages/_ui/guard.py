"""Who is answered, and with which headers: stands before everything that Streamlit serves.

Only what Kioku uses is open. Streamlit judges the origin of a WebSocket, too, but asks a service on the internet for
this machine's address to do so, in the event loop: what is judged here is therefore not shown to it.
"""

from __future__ import annotations

import re
from base64 import b64encode
from functools import cache
from hashlib import sha256
from ipaddress import ip_address
from pathlib import Path
from typing import TYPE_CHECKING

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from streamlit import config
from streamlit.file_util import get_static_dir
from streamlit.web.server.server_util import allow_all_cross_origin_requests, is_allowed_origin
from streamlit.web.server.starlette.starlette_websocket import is_host_allowed

from pages._ui import handover, uploads
from pages._ui.uploads import Refusal
from rnn_core.messages import LANGUAGES, text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

THIS_MACHINE = "localhost"
# What this cannot be stricter about: Streamlit styles its page while it runs ('unsafe-inline'), and a component's
# script comes over the WebSocket and is read from a blob. Nothing comes from or goes to another machine.
POLICY = {
    "default-src": "'none'",
    "script-src": "'self' blob:",  # and those that stand in Streamlit's page
    "style-src": "'self' 'unsafe-inline'",
    "img-src": "'self' data: blob:",
    "font-src": "'self' data:",
    "media-src": "'self' blob:",  # a sound that the page itself has made
    "connect-src": "'self' data: blob:",  # a chart that is saved, a voice that is recorded: read back by the page
    "base-uri": "'self'",
    "form-action": "'none'",
    "frame-ancestors": "'self'",
}
METHODS = ("GET", "HEAD", "OPTIONS")
# Below /_stcore/. The last is there only where whoever runs the server has asked Streamlit for it.
OPEN = ("stream", "health", "host-config", "metrics", "script-health-check")
UNUSED = ("component", "auth", "oauth2callback")  # components in frames, and logging in
HOST = re.compile(r"(?:\[([0-9a-f:.]+)\]|([^\[\]:@/?#\\\s]+))(?::\d+)?", re.IGNORECASE)


@cache
def headers() -> Mapping[str, str]:
    """What every answer says of how a page may be used."""
    page = Path(get_static_dir(), "index.html").read_text(encoding="utf-8")
    digests = [sha256(script.encode()).digest() for script in re.findall("<script>(.*?)</script>", page, re.DOTALL)]
    inline = "".join(f" 'sha256-{b64encode(digest).decode()}'" for digest in digests)
    policy = POLICY | {"script-src": POLICY["script-src"] + inline}
    return {
        "Content-Security-Policy": "; ".join(f"{name} {sources}" for name, sources in policy.items()),
        "Referrer-Policy": "same-origin",
        "X-Content-Type-Options": "nosniff",
        "X-Frame-Options": "SAMEORIGIN",
    }


class Guard:
    """ASGI middleware: refuses what nobody needs before a byte of its body is read, and says how pages may be used."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request or WebSocket."""
        if scope["type"] not in ("http", "websocket"):
            await self.app(scope, receive, send)
            return
        refusal = refused(scope)
        if scope["type"] == "websocket":
            if refusal:
                await send({"type": "websocket.close", "code": 1008})
            else:
                await self.app({**scope, "headers": _judged(scope)}, _after_runs(receive), send)
            return

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message).update(headers())
            await send(message)

        if refusal:
            await _answer(refusal)(scope, receive, with_headers)
            return
        with uploads.coming(scope, uploads.place(scope["path"])):
            await self.app(scope, receive, with_headers)


def _after_runs(receive: Receive) -> Receive:
    """A reader's messages, each handled after all that runs have told until then."""

    async def received() -> Message:
        message = await receive()
        handover.catch_up()
        return message

    return received


def refused(scope: Scope) -> Refusal | None:
    """Why this request is refused, or None."""
    asked = Headers(scope=scope)
    host, origin = asked.get("host", ""), asked.get("origin")
    if not is_ours(host):
        return Refusal(403, "serving.host")
    if origin is not None and not is_from_here(origin, host):
        return Refusal(403, "serving.origin")
    if scope["type"] == "http" and (place := uploads.place(scope["path"])):
        return uploads.refused(scope, place)
    if scope["type"] == "http" and scope["method"] not in METHODS:
        return Refusal(405, "serving.unused")
    if not is_open(scope["path"], _name(host), scope.get("client")):
        return Refusal(404, "serving.unused")
    return None


def is_ours(host: str) -> bool:
    """Whether a Host header names us, as far as `server.allowedHosts` says who we are.

    A page of somebody else's can let its own name point to this machine, but never an address: where this machine is
    among those allowed, so is every address of it.
    """
    allowed = config.get_option("server.allowedHosts")
    return not allowed or is_host_allowed(host) or (THIS_MACHINE in allowed and _is_address(_name(host)))


def is_from_here(origin: str, host: str) -> bool:
    """Whether a page of this origin may talk to us: one of ours, or one that the configuration allows."""
    same = origin in (f"http://{host}", f"https://{host}")
    return same or is_allowed_origin(origin) or allow_all_cross_origin_requests()


def is_open(path: str, name: str, client: tuple[str, int] | None) -> bool:
    """Whether there is anything for this client at this path.

    Example:
        >>> [is_open(path, "localhost", ("127.0.0.1", 1)) for path in ("/cell", "/_stcore/stream", "/_stcore/metrics")]
        [True, True, True]
        >>> is_open("/_stcore/metrics", "192.168.0.7", ("192.168.0.9", 1))
        False
        >>> [is_open(path, "localhost", None) for path in ("/_stcore/upload_file/a/b", "/_stcore/agent/mcp")]
        [False, False]
    """
    first, _, _ = path.lstrip("/").partition("/")
    _, core, route = path.partition("/_stcore/")
    if route == "metrics":  # behind a proxy on this machine, every client looks like this machine: hence the name
        return (name == THIS_MACHINE or _is_loopback(name)) and client is not None and _is_loopback(client[0])
    return route in OPEN if core else first not in UNUSED


def _judged(scope: Scope) -> list[tuple[bytes, bytes]]:
    """The headers of a WebSocket for Streamlit, which would judge its origin and its host again."""
    kept = [(name, value) for name, value in scope["headers"] if name != b"origin"]
    if is_host_allowed(Headers(scope=scope).get("host")):
        return kept
    return [(name, THIS_MACHINE.encode() if name == b"host" else value) for name, value in kept]


def _answer(refusal: Refusal) -> PlainTextResponse:
    """What a refused client reads. The connection ends with it, and so does whatever it was still sending."""
    told = "\n".join(text(refusal.reason, lang) for lang in LANGUAGES)
    return PlainTextResponse(f"{told}\n", refusal.status, {"Connection": "close"})


def _name(host: str) -> str:
    """The name or address in a Host header, without the port; nothing where it is none."""
    match = HOST.fullmatch(host)
    return (match[1] or match[2]).lower().rstrip(".") if match else ""


def _is_address(name: str) -> bool:
    try:
        return bool(ip_address(name))
    except ValueError:
        return False


def _is_loopback(name: str) -> bool:
    return _is_address(name) and ip_address(name).is_loopback
