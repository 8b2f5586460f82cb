"""Several processes behind one port, as `make serve` starts them where nginx is installed."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
import websockets

from bench.server import SERVE, Server, healthy, serving
from bench.ws_load import Found, Load, Session
from pages._ui import proxy, server, visitor
from pages._ui.opening import own_address
from tests.pages.ui.test_processes import alive, soon
from tests.pages.ui.test_server import PATIENCE, Trapped, get, session, trapped
from tests.reading import ROOT

if TYPE_CHECKING:
    from collections.abc import Iterator

    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

pytestmark = pytest.mark.skipif(proxy.program() is None, reason="nginx is not installed")
QUERY = "lang=en&text=猫が魚を食べた。&weights=fresh&hidden=64&seed=3"


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trapped]:
    settings = {"KIOKU_PROCESSES": "2", "STREAMLIT_SERVER_ADDRESS": "0.0.0.0"}
    with trapped(tmp_path_factory.mktemp("shared"), SERVE, **settings) as it:
        yield it


def parts(of: Server) -> list[int]:
    """The processes that it has started: nginx and those that it parts the work among."""
    run = subprocess.run(["ps", "-o", "pid=", "--ppid", str(of.pid)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in run.stdout.split()]


class Reader(Session):
    """A reader who keeps the charts."""

    def see(self, message: ForwardMsg) -> None:
        super().see(message)
        element = message.delta.new_element
        if element.WhichOneof("type") == "plotly_chart":
            self.charts.append(element.plotly_chart.spec)

    async def visit(self, cookie: str) -> None:
        self.charts: list[str] = []
        url, headers = f"{self.load.url.replace('http', 'ws')}/_stcore/stream", {"Cookie": cookie} if cookie else {}
        async with websockets.connect(
            url, subprotocols=["streamlit"], origin=self.load.url, max_size=None, additional_headers=headers, proxy=None
        ) as wire:
            await self.timed(wire, self.request(), self.found.first)


def charts(of: Server, cookie: str = "") -> list[str]:
    """What a reader with this cookie is shown."""
    found = Found()
    reader = Reader(Load(of.url, page="cell", query=QUERY, timeout=60), 0, found)
    asyncio.run(reader.visit(cookie))
    assert found.errors == []
    assert reader.charts
    return reader.charts


def test_it_says_that_they_are_several(shared: Trapped) -> None:
    said = shared.output()
    assert said.startswith("  2 processes share the work")
    assert said.count(f"http://localhost:{shared.server.port}/") == 1
    assert f"http://{own_address()}:{shared.server.port}/" in said
    assert len(parts(shared.server)) == 3


def test_numbers_are_the_same_to_the_last_bit_whoever_computes_them(shared: Trapped) -> None:
    ours = [charts(shared.server, f"kioku={number}") for number in range(2)]
    with serving(command=SERVE) as alone:
        assert ours == [charts(alone)] * 2


def cookies(of: Server, **headers: str) -> list[str]:
    return [value.partition(";")[0] for value in get(of, **headers).headers.get_all("Set-Cookie") or ()]


def test_a_browser_is_told_its_process_once(shared: Trapped) -> None:
    told = [one for _ in range(4) for one in cookies(shared.server) if one.startswith(f"{proxy.COOKIE}=")]
    assert sorted(told) == ["kioku=0", "kioku=0", "kioku=1", "kioku=1"]
    assert all(one.startswith(f"{visitor.COOKIE}=") for one in cookies(shared.server, Cookie=told[0]))
    assert cookies(shared.server, Cookie=f"{told[0]}; {visitor.COOKIE}={visitor.new_token()}") == []


def test_the_guard_sees_who_is_there(shared: Trapped) -> None:
    here = shared.server
    assert get(here, "/_stcore/metrics", Host="localhost").status == 200
    assert get(here, "/_stcore/metrics", Host=own_address()).status == 404
    for forged in ("192.168.0.9", "127.0.0.1, 192.168.0.9", "192.168.0.9, 127.0.0.1"):
        assert get(here, "/_stcore/metrics", Host="localhost", **{"X-Forwarded-For": forged}).status == 404
    assert get(here, Host="evil.example").status == 403
    assert get(here, "/_stcore/health", Origin="http://evil.example").status == 403
    assert asyncio.run(session(here, "http://evil.example")) == "403"
    assert asyncio.run(session(here, f"http://127.0.0.1:{here.port}")) == "open"
    assert shared.heard() == ""


def test_one_that_is_killed_comes_back_where_it_was(shared: Trapped) -> None:
    before = parts(shared.server)
    for pid in before[1:]:
        os.kill(pid, signal.SIGKILL)
    assert [get(shared.server, Cookie=f"kioku={number}").status for number in range(2)] == [200, 200]
    assert charts(shared.server, "kioku=0") == charts(shared.server, "kioku=1")
    after = parts(shared.server)
    assert after[0] == before[0]
    assert len(after) == 3
    assert not set(before[1:]) & set(after)


def test_it_ends_well_and_with_all_of_them(shared: Trapped) -> None:
    pids = parts(shared.server)
    folder = re.search(r"-p (\S+)", subprocess.check_output(["ps", "-o", "args=", str(pids[0])], text=True))[1]
    assert os.path.exists(folder)
    shared.server.process.terminate()
    assert shared.server.process.wait(PATIENCE) == 0
    assert soon(lambda: not any(map(alive, pids)))
    assert not healthy(shared.server.port)
    assert not os.path.exists(folder)
    assert "Traceback" not in shared.output()


def test_there_is_one_thread_when_they_are_forked() -> None:
    code = "import os\nfrom pages._ui import server\nserver.load()\nprint(len(os.listdir('/proc/self/task')))"
    environment = {name: value for name, value in os.environ.items() if name not in server.ONE_THREAD}
    run = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True)
    assert (run.stdout, run.stderr) == ("1\n", "")
