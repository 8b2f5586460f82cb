from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from streamlit import config, net_util

from pages._ui import guard, handover

if TYPE_CHECKING:
    from collections.abc import Callable

    Say = Callable[..., None]

OWN = ["localhost", "teacher-pc", "teacher-pc.local"]
KINDS = {"'none'", "'self'", "data:", "blob:", "'unsafe-inline'"}  # of sources: none is another machine
HOST, LOOPBACK, PUPIL = "teacher-pc:8501", ("127.0.0.1", 40000), ("192.168.0.9", 40000)


@pytest.fixture
def says(monkeypatch: pytest.MonkeyPatch) -> Say:
    """Let the configuration say something else."""
    real, said = config.get_option, {"server.allowedHosts": OWN}
    monkeypatch.setattr(config, "get_option", lambda name: said.get(name, real(name)))
    return lambda **options: said.update({name.replace("_", "."): value for name, value in options.items()})


def request(
    kind: str = "http", path: str = "/", method: str = "GET", client: tuple[str, int] | None = PUPIL, **headers: str
) -> dict[str, Any]:
    pairs = [(name.encode(), value.encode()) for name, value in ({"host": HOST} | headers).items()]
    scope = {"type": kind, "path": path, "headers": pairs, "client": client}
    return scope | ({"method": method} if kind == "http" else {})


def answer(scope: dict[str, Any]) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """What the guard sends, and the requests that it lets through."""
    sent, passed = [], []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        passed.append(scope)
        if scope["type"] == "http":
            await send({"type": "http.response.start", "status": 200, "headers": [(b"x-frame-options", b"ALLOW")]})

    async def receive() -> Any:
        raise AssertionError("a byte of the body was read")

    async def send(message: dict[str, Any]) -> None:
        sent.append(message)

    asyncio.run(guard.Guard(app)(scope, receive, send))
    return sent, passed


@pytest.mark.parametrize("host", ["localhost", "LOCALHOST:8501", "teacher-pc", "teacher-pc.local:80", "teacher-pc."])
def test_the_names_of_this_machine_are_ours(says: Say, host: str) -> None:
    assert guard.is_ours(host)


@pytest.mark.parametrize("host", ["127.0.0.1:8501", "192.168.0.7", "[::1]:8501", "[fe80::1]"])
def test_every_address_is_ours_where_this_machine_is_named(says: Say, host: str) -> None:
    assert guard.is_ours(host)
    says(server_allowedHosts=["kioku.school.example"])
    assert not guard.is_ours(host)
    assert guard.is_ours("kioku.school.example:443")


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "evil.example:8501", "localhost.evil.example", "127.0.0.1.evil.example", "teacher-pc evil"),
        *("evil.example@127.0.0.1", "127.0.0.1/evil", "[::1", "::1", "127.0.0.1:x", "2130706433", ""),
    ],
)
def test_no_other_name_is_ours(says: Say, host: str) -> None:
    assert not guard.is_ours(host)
    sent, passed = answer(request(host=host))
    assert (sent[0]["status"], passed) == (403, [])


def test_without_a_list_every_name_is_ours(says: Say) -> None:
    """Hosted Streamlit gives names of its own."""
    says(server_allowedHosts=[])
    assert guard.is_ours("kioku.hosted.example")


@pytest.mark.parametrize("kind", ["http", "websocket"])
@pytest.mark.parametrize(
    "origin", ["http://evil.example", "http://teacher-pc", "http://localhost:3000", "null", "", "http://["]
)
def test_a_foreign_origin_is_refused_and_nobody_is_asked(
    says: Say, monkeypatch: pytest.MonkeyPatch, kind: str, origin: str
) -> None:
    monkeypatch.setattr(net_util, "_make_blocking_http_get", lambda *_, **__: pytest.fail("asked the internet"))
    sent, passed = answer(request(kind, "/_stcore/stream", origin=origin))
    assert passed == []
    assert sent[0] == {"type": "websocket.close", "code": 1008} or sent[0]["status"] == 403


def test_our_own_pages_and_those_that_are_allowed_may_talk_to_us(says: Say) -> None:
    assert guard.is_from_here(f"https://{HOST}", HOST)
    assert not guard.is_from_here("https://lessons.example", HOST)
    says(server_corsAllowedOrigins=["https://lessons.example"])
    assert guard.is_from_here("https://lessons.example", HOST)
    says(server_corsAllowedOrigins=[], server_enableCORS=False)
    assert guard.is_from_here("https://anybody.example", HOST)


def test_a_message_of_a_websocket_comes_after_all_that_runs_have_told(says: Say) -> None:
    done: list[str] = []

    async def app(scope: Any, receive: Any, send: Any) -> None:
        done.append(await receive())

    async def receive() -> str:
        asyncio.get_running_loop().call_soon_threadsafe(done.append, "told")
        return "message"

    async def listen() -> None:
        handover.gather(asyncio.get_running_loop())
        await guard.Guard(app)(request("websocket", "/_stcore/stream"), receive, receive)

    asyncio.run(listen())
    assert done == ["told", "message"]


def test_streamlit_has_nothing_left_to_judge_at_a_websocket(says: Say) -> None:
    headers = {"origin": "http://192.168.0.7", "cookie": "a=b"}
    _, [passed] = answer(request("websocket", "/_stcore/stream", host="192.168.0.7", **headers))
    assert passed["headers"] == [(b"host", b"localhost"), (b"cookie", b"a=b")]
    _, [passed] = answer(request("websocket", "/_stcore/stream", origin=f"http://{HOST}"))
    assert passed["headers"] == [(b"host", HOST.encode())]


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "BREW"])
@pytest.mark.parametrize("path", ["/", "/_stcore/upload_file/session", "/_stcore/agent/interact"])
def test_nothing_is_taken_in(says: Say, method: str, path: str) -> None:
    sent, passed = answer(request(path=path, method=method))
    assert (sent[0]["status"], passed) == (405, [])
    assert (b"connection", b"close") in sent[0]["headers"]


@pytest.mark.parametrize(
    "path",
    [
        *("/_stcore/upload_file/a/b/c", "/_stcore/agent/openapi.json", "/_stcore/bidi-components/a.js", "/_stcore/"),
        *("/component/a/index.html", "/auth/login", "/oauth2callback", "//auth/login", "/cell/_stcore/agent/mcp"),
    ],
)
def test_what_nothing_uses_is_closed(says: Say, path: str) -> None:
    sent, passed = answer(request(path=path))
    assert (sent[0]["status"], passed) == (404, [])


@pytest.mark.parametrize(
    "path",
    ["/", "/cell", "/_stcore/health", "/_stcore/host-config", "/cell/_stcore/health", "/media/a.svg", "/static/a"],
)
def test_what_a_page_needs_is_open(says: Say, path: str) -> None:
    assert answer(request(path=path))[1]


def test_a_file_for_nobody_is_refused_before_a_byte_of_it_is_read(says: Say) -> None:
    for method, status in (("PUT", 404), ("DELETE", 404), ("OPTIONS", 404), ("GET", 405), ("POST", 405)):
        sent, passed = answer(request(path="/_stcore/upload_file/a/b", method=method))
        assert (sent[0]["status"], passed) == (status, [])
        assert (b"connection", b"close") in sent[0]["headers"]
    sent, _ = answer(request(path="/_stcore/upload_file/a/b", method="PUT", origin="http://evil.example"))
    assert sent[0]["status"] == 403


@pytest.mark.parametrize(
    ("host", "client", "status"),
    [
        ("localhost:8501", LOOPBACK, 200),
        ("127.0.0.1", ("::1", 1), 200),
        (HOST, LOOPBACK, 404),  # as a proxy on this machine passes it on
        ("localhost", PUPIL, 404),
        ("localhost", None, 404),
    ],
)
def test_the_metrics_are_for_this_machine(says: Say, host: str, client: tuple[str, int] | None, status: int) -> None:
    sent, _ = answer(request(path="/_stcore/metrics", host=host, client=client))
    assert sent[0]["status"] == status


@pytest.mark.parametrize("path", ["/", "/auth/login"])
def test_every_answer_says_how_a_page_may_be_used(says: Say, path: str) -> None:
    sent, _ = answer(request(path=path))
    told = dict(sent[0]["headers"])
    assert told[b"x-content-type-options"] == b"nosniff"
    assert told[b"x-frame-options"] == b"SAMEORIGIN"  # once: what was there is replaced
    assert told[b"referrer-policy"] == b"same-origin"
    policy = dict(rule.split(" ", 1) for rule in told[b"content-security-policy"].decode().split("; "))
    assert policy["default-src"] == policy["form-action"] == "'none'"
    assert policy["frame-ancestors"] == "'self'"
    assert set(" ".join(policy.values()).split()) <= KINDS | set(policy["script-src"].split())
    assert "'unsafe-inline'" not in policy["script-src"]
    assert "'sha256-" in policy["script-src"]


def test_a_refusal_says_what_to_do_in_both_languages(says: Say) -> None:
    sent, _ = answer(request(host="evil.example"))
    said = sent[1]["body"].decode()
    assert "この Kioku は" in said
    assert "STREAMLIT_SERVER_ALLOWED_HOSTS" in said


def test_what_is_no_request_passes(says: Say) -> None:
    assert answer({"type": "lifespan"}) == ([], [{"type": "lifespan"}])
