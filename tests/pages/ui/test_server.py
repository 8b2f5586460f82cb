"""Both ways of starting, as real processes whose only way out is a trap."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
import websockets

from bench.server import SERVE, Server
from bench.ws_load import Found, Load, Session, resident
from pages._ui import server as launcher
from pages._ui.opening import FILES, own_address, own_names
from tests.pages.ui.trapped import (
    PATIENCE,
    PLAIN,
    Trapped,
    answers_beside_its_pages,
    charts,
    drawn,
    get,
    session,
    trapped,
)

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.pages.conftest import Open

BLOCK = b"10000\r\n" + b"x" * 0x10000 + b"\r\n"


@pytest.fixture(scope="module", params=[SERVE, PLAIN], ids=["make serve", "streamlit run"])
def app(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trapped]:
    everywhere = {"STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    with trapped(tmp_path_factory.mktemp("app"), request.param, files=(256, FILES), **everywhere) as it:
        yield it


def test_the_trap_hears(tmp_path: Path) -> None:
    """Streamlit as it is by itself asks for the address of this machine."""
    talkative = {"STREAMLIT_LOGGER_HIDE_WELCOME_MESSAGE": "false", "STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    with trapped(tmp_path, PLAIN, **talkative) as it:
        deadline = time.monotonic() + 60
        while not it.heard() and time.monotonic() < deadline:
            time.sleep(0.1)
        assert "192.0.2.7" in it.heard()


def test_nothing_leaves_this_machine_whoever_knocks(app: Trapped) -> None:
    origins = [f"http://{name}" for name in ("evil.example", "192.0.2.1", "localhost:1", "a.b:8501", "teacher-pc")]
    met = [asyncio.run(session(app.server, origin)) for origin in (*origins, "null")]
    assert met == ["403"] * 6
    assert get(app.server, "/_stcore/health", Origin="http://evil.example").status == 403
    for host in ("127.0.0.1", "10.1.2.3", own_address(), own_names()[1]):
        assert asyncio.run(session(app.server, f"http://{host}:{app.server.port}", host)) == "open"
    found = Found()
    reader = Session(
        Load(app.server.url, page="cell", query="lang=en", sync=True, seconds=0, widget="hidden"), 0, found
    )
    asyncio.run(reader.run(time.perf_counter()))
    assert found.errors == []
    assert app.heard() == ""


def test_it_says_where_it_is(app: Trapped) -> None:
    said = app.output()
    assert f"http://localhost:{app.server.port}/" in said
    assert f"http://{own_address()}:{app.server.port}/" in said
    assert "ulimit" not in said
    assert "INFO" not in said  # who connects from where is nobody's business


def test_it_may_have_enough_files_open(app: Trapped) -> None:
    soft, _ = resource.prlimit(app.server.pid, resource.RLIMIT_NOFILE)
    assert soft == FILES


def test_an_upload_is_refused_before_it_fills_the_memory(app: Trapped) -> None:
    before = resident(app.server.pid)
    for path, status in (("/_stcore/upload_file/a/b", " 404 "), ("/", " 405 ")):
        for body in ("Transfer-Encoding: chunked", f"Content-Length: {2**31}"):
            assert status in refused_while_sending(app.server, path, body)
    assert resident(app.server.pid) - before < 16


def test_a_message_that_no_page_would_send_ends_its_session(app: Trapped) -> None:
    async def flooded() -> int | None:
        url = f"{app.server.url.replace('http', 'ws')}/_stcore/stream"
        async with websockets.connect(url, proxy=None, compression=None) as socket:
            with suppress(websockets.ConnectionClosed):
                await socket.send(bytes(11 * 2**20))
            await socket.wait_closed()
            return socket.close_code

    assert asyncio.run(flooded()) == 1009


def refused_while_sending(server: Server, path: str, body: str, most: int = 64 * 2**20) -> str:
    """The first line of the answer to a body that does not end; the server hangs up long before `most` of it."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=10) as wire:
        wire.sendall(f"PUT {path} HTTP/1.1\r\nHost: localhost\r\n{body}\r\n\r\n".encode())
        first = wire.recv(4096).partition(b"\r\n")[0].decode()
        for _ in range(most // len(BLOCK)):
            try:
                wire.sendall(BLOCK)
            except ConnectionError:
                return first
    pytest.fail(f"{most} bytes were taken")


def test_make_serve_knows_its_names_and_plain_streamlit_takes_any(app: Trapped) -> None:
    foreign = 403 if app.server.process.args[2] == SERVE[0] else 200
    assert get(app.server, Host="evil.example").status == foreign
    assert asyncio.run(session(app.server, None, "evil.example")) == ("403" if foreign == 403 else "open")
    for name in (*own_names(), "127.0.0.1", own_address()):
        assert get(app.server, Host=f"{name}:{app.server.port}").status == 200


def test_the_metrics_are_for_this_machine(app: Trapped) -> None:
    assert get(app.server, "/_stcore/metrics", Host="localhost").status == 200
    assert get(app.server, "/_stcore/metrics", Host=own_address()).status == 404
    assert get(app.server, "/_stcore/metrics", Host="localhost", **{"X-Forwarded-For": "192.168.0.9"}).status == 404
    assert get(app.server, "/_stcore/agent/openapi.json").status == 404


def test_it_answers_a_drawing_beside_its_pages(app: Trapped) -> None:
    answers_beside_its_pages(app)


def test_numbers_are_those_of_any_process_to_the_last_bit(app: Trapped, open_page: Open) -> None:
    assert charts(app.server) == drawn(open_page)


def test_it_ends_at_once_and_well_while_everybody_computes(app: Trapped) -> None:
    async def interrupted(server: Server) -> None:
        options = {"query": "lang=en&weights=fresh&hidden=64", "period": 0.05, "seconds": 60.0, "sync": True}
        load, found, start = Load(server.url, page="cell", widget="hidden", **options), Found(), time.perf_counter()
        tasks = [asyncio.create_task(Session(load, number, found).run(start)) for number in range(4)]
        while len(found.rerun) < 8 and time.perf_counter() - start < 60:
            await asyncio.sleep(0.05)
        assert len(found.rerun) >= 8, found.errors
        os.kill(server.pid, signal.SIGINT)
        await asyncio.gather(*tasks)

    asyncio.run(interrupted(app.server))
    assert app.server.process.wait(PATIENCE) == 0
    assert "Traceback" not in app.output()


def test_the_names_that_an_administrator_gives_hold(tmp_path: Path) -> None:
    allowed = {"STREAMLIT_SERVER_ALLOWED_HOSTS": "kioku.school.example localhost"}
    with trapped(tmp_path, SERVE, files=(256, 256), **allowed) as it:
        assert get(it.server, Host="kioku.school.example").status == 200
        assert get(it.server, Host=own_names()[1]).status == 403
        assert "ulimit" in it.output()
        assert f"http://{own_address()}" not in it.output()  # it listens on this machine only
        assert it.heard() == ""
        it.server.process.terminate()
        assert it.server.process.wait(PATIENCE) == 0


@pytest.fixture
def machine(monkeypatch: pytest.MonkeyPatch) -> dict[str, object]:
    """Linux with four cores and nginx; what is put in here is what Streamlit is configured with."""
    settings: dict[str, object] = {}
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1, 2, 3}, raising=False)
    monkeypatch.setattr(launcher.proxy, "program", lambda: "/usr/sbin/nginx")
    monkeypatch.setattr(launcher.config, "get_option", settings.get)
    monkeypatch.setattr(launcher.config, "is_manually_set", lambda name: name in settings)
    return settings


def test_there_is_a_process_for_each_core_unless_another_number_is_asked_for(machine: dict[str, object]) -> None:
    assert launcher.shares(None) == (4, "serving.processes")
    assert launcher.shares(2) == (2, "serving.processes")
    assert launcher.shares(1) == launcher.shares(-1) == (1, "serving.one")


def test_there_is_one_process_where_there_cannot_be_several(
    machine: dict[str, object], monkeypatch: pytest.MonkeyPatch
) -> None:
    machine["server.sslCertFile"] = "kioku.pem"
    assert launcher.shares(None) == (1, "serving.one.certificate")
    machine.clear()
    monkeypatch.setattr(launcher.proxy, "program", lambda: None)
    assert launcher.shares(4) == (1, "serving.one.nginx")
    monkeypatch.setattr(sys, "platform", "darwin")
    assert launcher.shares(4) == (1, "serving.one.system")


def test_a_port_that_is_asked_for_is_taken_or_nothing(machine: dict[str, object]) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        machine |= {"server.address": "127.0.0.1", "server.port": taken.getsockname()[1]}
        with pytest.raises(SystemExit, match=str(taken.getsockname()[1])):
            launcher.free_port()
    assert launcher.free_port() == machine["server.port"]


def test_else_the_next_that_is_free_is_taken(machine: dict[str, object], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(launcher.config, "is_manually_set", lambda _: False)
    with socket.create_server(("127.0.0.1", 0)) as taken:
        machine |= {"server.address": "127.0.0.1", "server.port": taken.getsockname()[1]}
        assert launcher.free_port() > taken.getsockname()[1]


def test_one_process_says_so_and_is_plain_streamlit(
    machine: dict[str, object], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(launcher, "streamlit", lambda args, **_: given.append(args))
    monkeypatch.setattr(launcher, "load_config_options", lambda options: given.append([*options]))
    monkeypatch.setattr(launcher, "terminal_language", lambda: "en")
    monkeypatch.setattr(sys, "argv", ["server", "serve"])
    monkeypatch.setattr(os, "environ", {"KIOKU_PROCESSES": "1"})
    launcher.main()
    assert {"server_address", "server_port"} <= set(given[0])
    assert given[1] == ["run", str(launcher.APP)]
    assert capsys.readouterr().out == "  One process does all the work.\n"


def test_the_environment_holds(monkeypatch: pytest.MonkeyPatch) -> None:
    given: list[list[str]] = []
    monkeypatch.setattr(launcher, "streamlit", lambda args, **_: given.append(args))
    monkeypatch.setattr(sys, "argv", ["server", "run"])
    monkeypatch.setattr(os, "environ", {"STREAMLIT_SERVER_ADDRESS": "127.0.0.1"})
    launcher.main()
    assert given == [["run", str(launcher.APP)]]
    assert os.environ["STREAMLIT_SERVER_ADDRESS"] == "127.0.0.1"
    assert os.environ["STREAMLIT_SERVER_HEADLESS"] == "false"
    told = "import warnings; warnings.warn('resource_tracker: There appear to be 12 leaked semaphore objects')"
    said = subprocess.run([sys.executable, "-c", told], env=os.environ, capture_output=True, text=True, check=True)
    assert said.stderr == ""  # what Python says of workers whose server has ended is no news to a teacher
    assert os.environ["STREAMLIT_SERVER_ALLOWED_HOSTS"].split() == own_names()
