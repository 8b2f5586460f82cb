"""Real nginx, where it is installed, before servers that say who they are and what reached them."""

from __future__ import annotations

import json
import subprocess
import threading
import time
from contextlib import ExitStack, contextmanager
from http.client import HTTPConnection, HTTPResponse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING, Any

import pytest

from bench.server import free_port
from pages._ui import proxy

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

pytestmark = pytest.mark.skipif(proxy.program() is None, reason="nginx is not installed")


@contextmanager
def named(number: int) -> Iterator[str]:
    """A server that answers with its number and the headers that it got."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            body = json.dumps({"number": number, "path": self.path, **dict(self.headers)}).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_PUT(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.02,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


@pytest.fixture(scope="module")
def port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    """nginx before two of them."""
    folder, port = tmp_path_factory.mktemp("proxy"), free_port()
    with ExitStack() as stack:
        names = [stack.enter_context(named(number)) for number in range(2)]
        configured = proxy.configuration("127.0.0.1", port, names, folder, 256)
        process = subprocess.Popen(proxy.command(str(proxy.program()), folder, configured))
        try:
            deadline = time.monotonic() + 20
            while not (folder / "pid").exists():
                assert process.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.02)
            yield port
        finally:
            process.terminate()
            assert process.wait(20) == 0


def ask(port: int, path: str = "/", body: bytes | None = None, **headers: str) -> tuple[HTTPResponse, dict[str, Any]]:
    connection = HTTPConnection("127.0.0.1", port, timeout=20)
    connection.request(
        "PUT" if body else "GET",
        path,
        body=body,
        headers={name.replace("_", "-"): one for name, one in headers.items()},
    )
    response = connection.getresponse()
    said = response.read()
    connection.close()
    return response, json.loads(said) if response.status == 200 else {}


def test_who_has_a_cookie_meets_the_same_process(port: int) -> None:
    for number in (0, 1, 1, 0, 0):
        response, said = ask(port, Cookie=f"a=b; kioku={number}")
        assert said["number"] == number
        assert response.headers["Set-Cookie"] is None


@pytest.mark.parametrize("cookies", [{}, {"Cookie": "kioku=7"}, {"Cookie": "kioku=0;kioku=x"}])
def test_others_are_told_whom_they_met(port: int, cookies: dict[str, str]) -> None:
    for _ in range(4):
        response, said = ask(port, **cookies)
        told = response.headers["Set-Cookie"]
        if told is not None:
            assert told == f"kioku={said['number']}; Path=/; HttpOnly; SameSite=Lax"
        else:
            assert "kioku=0" in cookies["Cookie"]


def test_newcomers_go_to_one_after_the_other(port: int) -> None:
    met = []
    for _ in range(6):
        met.append(ask(port)[1]["number"])
        ask(port, Cookie="kioku=0")
    assert met in ([0, 1] * 3, [1, 0] * 3)


def test_the_app_learns_whom_it_talks_to(port: int) -> None:
    _, said = ask(port, "/a%2Fb?text=%E7%A7%81&t=1", Host="kioku.example:81", X_Forwarded_For="10.0.0.7", Upgrade="x")
    assert said["path"] == "/a%2Fb?text=%E7%A7%81&t=1"
    assert said["Host"] == "kioku.example:81"
    assert said["X-Forwarded-For"] == "10.0.0.7, 127.0.0.1"
    assert (said["Upgrade"], said["Connection"]) == ("x", "upgrade")
    assert ask(port)[1]["Connection"] == "close"


def test_a_long_address_gets_through_and_a_file_only_where_one_is_asked_for(port: int) -> None:
    path = f"/cell?text={'a' * 30_000}"
    assert ask(port, path)[1]["path"] == path
    assert ask(port, body=b"x" * 2000)[0].status == 413
    _, said = ask(port, "/_stcore/upload_file/a/b", body=b"x" * 200_000, Cookie="kioku=1")
    assert (said["number"], said["Content-Length"]) == (1, "200000")


def test_it_writes_in_its_folder_only(tmp_path: Path) -> None:
    configured = proxy.configuration("::", 8501, ["127.0.0.1:1"], tmp_path, 64)
    paths = [line.split()[-1].rstrip(";") for line in configured.splitlines() if "_path" in line or "pid " in line]
    assert len(paths) == 1 + len(proxy.WRITES)
    assert [path for path in paths if not path.startswith(f"{tmp_path}/")] == []
    assert "listen [::]:8501 ipv6only=off;" in configured
    assert "access_log off;" in configured
    assert "proxy_request_buffering off;" in configured
