"""A small class against a real server of two processes, whose rooms this test looks into."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING

import pytest

from bench.phones import measure
from bench.server import serving
from pages._ui import proxy
from pages._ui.classroom.rooms import WHERE, Rooms
from tests.pages.ui.classroom.cases import ballot

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bench.server import Server

pytestmark = pytest.mark.skipif(proxy.program() is None, reason="nginx is not installed")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Server, Rooms]]:
    path = tmp_path_factory.mktemp("rooms") / "rooms"
    with serving(settings={"KIOKU_PROCESSES": "2", WHERE: str(path)}) as server:
        rooms = Rooms(str(path))
        yield server, rooms
        rooms.close()


def test_phones_of_two_processes_are_in_one_room(site: tuple[Server, Rooms]) -> None:
    server, rooms = site
    room = rooms.open_room("teacher", "a", ballot())
    found = asyncio.run(measure(server.url, room.code, phones=12, seconds=1.0))
    assert (found["errors"], found["error_samples"]) == (0, [])
    (counts,) = rooms.counts(room)
    assert sum(counts) == 12
    assert found["cast"] == list(counts)[: len(found["cast"])]
    assert found["votes"] >= 12


def test_what_goes_wrong_is_counted(site: tuple[Server, Rooms]) -> None:
    found = asyncio.run(measure(site[0].url, "AAAAA", phones=2, seconds=0.1))
    assert (found["errors"], found["cast"]) == (2, [])
    assert found["error_samples"] == ["OSError: /room?code=AAAAA: 404"]
