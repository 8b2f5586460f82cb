"""What the page for a school's administrator says, tried: above all the reverse proxy, where nginx is installed."""

from __future__ import annotations

import asyncio
import re
import shutil
import socket
import ssl
import subprocess
import time
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPResponse, HTTPSConnection
from typing import TYPE_CHECKING

import pytest
import websockets

from bench.server import SERVE, free_port, serving
from bench.ws_load import Found, Load, Session
from pages._ui.guard import POLICY, headers
from pages._ui.uploads import largest
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

PAGES = [ROOT / "docs" / name for name in ("classroom.md", "classroom.ja.md")]
CONFIGURATION = ROOT / "docs" / "nginx.conf"
NGINX = shutil.which("nginx", path="/usr/sbin:/usr/local/sbin") or shutil.which("nginx")
NAME = "kioku.school.example"


@dataclass
class Proxy:
    """A running nginx with our configuration."""

    port: int
    plain: int
    trust: ssl.SSLContext

    @property
    def host(self) -> str:
        return f"{NAME}:{self.port}"

    def get(self, path: str, method: str = "GET", **headers: str) -> HTTPResponse:
        connection = HTTPSConnection("127.0.0.1", self.port, timeout=20, context=self.trust)
        connection.connect()
        connection.request(method, path, headers={"Host": self.host} | headers)
        response = connection.getresponse()
        response.read()
        connection.close()
        return response


def certificate(folder: Path) -> tuple[Path, Path]:
    paths = folder / "kioku.pem", folder / "kioku.key"
    options = ("-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", f"/CN={NAME}")
    names = ("-addext", f"subjectAltName=DNS:{NAME},IP:127.0.0.1")
    command = ["openssl", "req", "-x509", *options, *names, "-out", str(paths[0]), "-keyout", str(paths[1])]
    subprocess.run(command, check=True, capture_output=True)
    return paths


def configured(folder: Path, app: int, proxy: Proxy, paths: tuple[Path, Path]) -> Path:
    """Our configuration as nginx reads it here: other ports, this certificate, files of its own."""
    text = CONFIGURATION.read_text(encoding="utf-8")
    for old, new in {
        "listen 80;": f"listen 127.0.0.1:{proxy.plain};",
        "listen 443 ssl;": f"listen 127.0.0.1:{proxy.port} ssl;",
        "127.0.0.1:8501": f"127.0.0.1:{app}",
        "/etc/ssl/certs/kioku.pem": str(paths[0]),
        "/etc/ssl/private/kioku.key": str(paths[1]),
    }.items():
        assert text.count(old) == 1
        text = text.replace(old, new)
    own = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    path = folder / "nginx.conf"
    path.write_text(
        f"daemon off; master_process off; pid {folder}/pid; error_log {folder}/error.log;\n"
        f"events {{}}\nhttp {{ access_log off; {own}\n{text}\n}}\n",
        encoding="utf-8",
    )
    return path


def accepts(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def proxy(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    if NGINX is None:
        pytest.skip("nginx is not installed")
    folder = tmp_path_factory.mktemp("nginx")
    paths = certificate(folder)
    here = Proxy(free_port(), free_port(), ssl.create_default_context(cafile=str(paths[0])))
    with serving(command=SERVE, settings={"STREAMLIT_SERVER_ALLOWED_HOSTS": f"{NAME} localhost"}) as server:
        configuration = configured(folder, server.port, here, paths)
        process = subprocess.Popen([NGINX, "-p", str(folder), "-c", str(configuration), "-e", f"{folder}/error.log"])
        try:
            deadline = time.monotonic() + 60
            while not accepts(here.port):
                assert process.poll() is None, (folder / "error.log").read_text(encoding="utf-8")
                assert time.monotonic() < deadline
                time.sleep(0.05)
            yield here
        finally:
            process.terminate()
            process.wait(10)


def test_pages_come_over_tls_and_compressed(proxy: Proxy) -> None:
    page = proxy.get("/cell")
    assert page.status == 200
    assert page.headers["Content-Security-Policy"] == headers()["Content-Security-Policy"]
    index = HTTPConnection("127.0.0.1", proxy.plain, timeout=10)
    index.request("GET", "/cell?t=2", headers={"Host": NAME})
    moved = index.getresponse()
    assert (moved.status, moved.headers["Location"]) == (301, f"https://{NAME}/cell?t=2")
    index.close()


def test_what_a_browser_loads_most_of_is_compressed(proxy: Proxy) -> None:
    connection = HTTPSConnection("127.0.0.1", proxy.port, timeout=20, context=proxy.trust)
    connection.request("GET", "/", headers={"Host": proxy.host})
    script = re.search(r'src="\.(/static/js/[^"]+)"', connection.getresponse().read().decode())
    connection.close()
    assert script
    assert proxy.get(script[1], **{"Accept-Encoding": "gzip"}).headers["Content-Encoding"] == "gzip"


def test_a_session_runs_through_it_and_a_foreign_origin_does_not(proxy: Proxy) -> None:
    async def visited(origin: str, found: Found) -> None:
        async with websockets.connect(
            f"wss://{proxy.host}/_stcore/stream", origin=origin, host="127.0.0.1", port=proxy.port, ssl=proxy.trust,
            subprotocols=["streamlit"], max_size=None, proxy=None,
        ) as wire:  # fmt: skip
            reader = Session(Load(f"https://{proxy.host}", query="lang=en", timeout=60), 0, found)
            await reader.timed(wire, reader.request(), found.first)

    found = Found()
    asyncio.run(visited(f"https://{proxy.host}", found))
    assert (len(found.first), found.errors) == (1, [])
    with pytest.raises(websockets.InvalidStatus, match="403"):
        asyncio.run(visited("https://evil.example", found))


def test_it_opens_nothing_more_than_kioku_does(proxy: Proxy) -> None:
    assert proxy.get("/_stcore/metrics").status == 404
    assert proxy.get("/_stcore/upload_file/a/b", "PUT").status == 404  # there is no such visitor
    for path, most in (("/", 1024), ("/_stcore/upload_file/a/b", largest())):
        assert proxy.get(path, "PUT", **{"Content-Length": str(most + 1)}).status == 413
    assert proxy.get("/", Host="evil.example").status == 403


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.name)
def test_the_page_names_what_is_sent_and_read(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert CONFIGURATION.read_text(encoding="utf-8") in text
    assert [name for name in headers() if name not in text] == []
    unsafe = {word for sources in POLICY.values() for word in sources.split() if word in ("'unsafe-inline'", "blob:")}
    assert [word for word in unsafe if word not in text] == []


def test_the_pages_say_the_same() -> None:
    english, japanese = (path.read_text(encoding="utf-8") for path in PAGES)
    for pattern in (r"^#+ ", r"^- ", r"^```\w*$", r"`[^`\n]+`", r"\d{3,}"):
        found = [sorted(re.findall(pattern, text, re.MULTILINE)) for text in (english, japanese)]
        assert found[0] == found[1], pattern
