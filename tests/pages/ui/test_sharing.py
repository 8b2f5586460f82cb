"""Several processes behind one port, as `make serve` starts them where nginx is installed."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import subprocess
from typing import TYPE_CHECKING

import pytest

from bench.phones import measure
from bench.server import SERVE, Server, healthy
from pages._ui import proxy, server, visitor
from pages._ui.classroom.rooms import WHERE, Rooms
from pages._ui.opening import own_address
from tests.pages.ui.classroom.cases import ballot
from tests.pages.ui.test_processes import alive, soon
from tests.pages.ui.trapped import (
    PATIENCE,
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

    from tests.pages.conftest import Open

pytestmark = pytest.mark.skipif(proxy.program() is None, reason="nginx is not installed")


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Trapped]:
    folder = tmp_path_factory.mktemp("shared")
    settings = {"KIOKU_PROCESSES": "2", "STREAMLIT_SERVER_ADDRESS": "0.0.0.0", WHERE: str(folder / "rooms")}
    with pytest.MonkeyPatch.context() as patch:
        for name in server.ONE_THREAD:
            patch.delenv(name, raising=False)
        with trapped(folder, SERVE, **settings) as it:
            yield it


def parts(of: Server) -> list[int]:
    """The processes that it has started: nginx and those that it parts the work among."""
    run = subprocess.run(["ps", "-o", "pid=", "--ppid", str(of.pid)], capture_output=True, text=True, check=False)
    return [int(pid) for pid in run.stdout.split()]


def test_it_says_that_they_are_several(shared: Trapped) -> None:
    said = shared.output()
    assert said.startswith("  2 processes share the work")
    assert said.count(f"http://localhost:{shared.server.port}/") == 1
    assert f"http://{own_address()}:{shared.server.port}/" in said
    assert len(parts(shared.server)) == 3


def test_they_were_forked_from_one_thread(shared: Trapped) -> None:
    assert len(os.listdir(f"/proc/{shared.server.pid}/task")) == 1


def test_numbers_are_those_of_any_process_to_the_last_bit(shared: Trapped, open_page: Open) -> None:
    assert [charts(shared.server, f"kioku={number}") for number in range(2)] == [drawn(open_page)] * 2


def test_a_drawing_is_answered_beside_the_pages_whoever_answers(shared: Trapped) -> None:
    answers_beside_its_pages(shared)


def test_phones_of_two_processes_are_in_one_room(shared: Trapped) -> None:
    rooms = Rooms(str(shared.trap.with_name("rooms")))
    room = rooms.open_room("teacher", "a", ballot())
    found = asyncio.run(measure(shared.server.url, room.code, phones=12, seconds=1.0))
    assert (found["errors"], found["error_samples"]) == (0, [])
    (counts,) = rooms.counts(room)
    rooms.close()
    assert sum(counts) == 12
    assert found["cast"] == list(counts)[: len(found["cast"])]
    assert found["votes"] >= 12
    missed = asyncio.run(measure(shared.server.url, "AAAAA", phones=2, seconds=0.1))
    assert (missed["errors"], missed["cast"]) == (2, [])
    assert missed["error_samples"] == ["OSError: /room?code=AAAAA: 404"]


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
