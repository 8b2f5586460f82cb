from __future__ import annotations

import asyncio
import resource
import socket
from typing import TYPE_CHECKING

import pytest
from streamlit import config
from streamlit.runtime.pages_manager import PagesManager

from pages._ui import opening

if TYPE_CHECKING:
    from collections.abc import Callable

UNLIMITED = resource.RLIM_INFINITY


@pytest.fixture
def limits(monkeypatch: pytest.MonkeyPatch) -> Callable[..., list[tuple[int, int]]]:
    """A system with these limits; what it is asked to set."""

    def given(soft: int, hard: int, honest: bool = True) -> list[tuple[int, int]]:
        asked: list[tuple[int, int]] = []

        def set_to(_: int, pair: tuple[int, int]) -> None:
            if not honest:
                raise ValueError("not allowed to raise maximum limit")
            asked.append(pair)

        monkeypatch.setattr(resource, "getrlimit", lambda _: (soft, hard))
        monkeypatch.setattr(resource, "setrlimit", set_to)
        return asked

    return given


@pytest.mark.parametrize(
    ("soft", "hard", "asked", "files"),
    [
        (256, UNLIMITED, [(4096, UNLIMITED)], 4096),  # macOS
        (1024, 524288, [(4096, 524288)], 4096),  # Linux
        (256, 1024, [(1024, 1024)], 1024),
        (256, 256, [], 256),
        (20000, 20000, [], 20000),
        (UNLIMITED, UNLIMITED, [], 4096),
    ],
)
def test_as_many_files_as_are_needed_and_as_there_may_be(
    limits: Callable[..., list[tuple[int, int]]], soft: int, hard: int, asked: list[tuple[int, int]], files: int
) -> None:
    sets = limits(soft, hard)
    assert opening.more_files(4096) == files
    assert sets == asked


def test_a_limit_that_is_not_meant_is_no_error(limits: Callable[..., list[tuple[int, int]]]) -> None:
    limits(256, UNLIMITED, honest=False)
    assert opening.more_files(4096) == 256


def test_this_machine_has_its_names(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(socket, "gethostname", lambda: "Teacher-PC.school.example")
    assert opening.own_names() == ["localhost", "teacher-pc.school.example", "teacher-pc", "teacher-pc.local"]
    monkeypatch.setattr(socket, "gethostname", lambda: "vm")
    assert opening.own_names() == ["localhost", "vm", "vm.local"]


@pytest.mark.parametrize(("name", "lang"), [("ja_JP", "ja"), ("Japanese_Japan", "ja"), ("de_DE", "en"), (None, "en")])
def test_the_terminal_speaks_the_language_of_its_system(
    monkeypatch: pytest.MonkeyPatch, name: str | None, lang: str
) -> None:
    monkeypatch.setattr("locale.getlocale", lambda: (name, "UTF-8"))
    assert opening.terminal_language() == lang


@pytest.mark.parametrize("lang", ["ja", "en"])
@pytest.mark.parametrize(("address", "addresses"), [("localhost", 1), ("0.0.0.0", 2), (None, 2)])
def test_a_class_is_told_where_to_go(
    monkeypatch: pytest.MonkeyPatch, address: str | None, addresses: int, lang: str
) -> None:
    said = {"server.address": address, "server.port": 8600, "server.baseUrlPath": "/kioku/"}
    monkeypatch.setattr(config, "get_option", said.get)
    monkeypatch.setattr(opening, "own_address", lambda: "192.168.0.7")
    told = [line.partition("http")[2] for line in opening.where(lang)]
    assert told == [*["://localhost:8600/kioku", "://192.168.0.7:8600/kioku"][:addresses], ""]


def test_it_is_said_once_also_for_processes_that_are_forked_later(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    opened: list[str] = []
    monkeypatch.setattr(config, "get_option", {"server.port": 8600, "server.baseUrlPath": ""}.get)
    monkeypatch.setattr(opening, "open_browser", opened.append)
    monkeypatch.setattr(opening, "more_files", lambda: 64)
    opening.announce.cache_clear()
    try:
        opening.announce()
        opening.announce()
    finally:
        opening.announce.cache_clear()
    said = capsys.readouterr().out
    assert said.count("http://localhost:8600/") == said.count("ulimit") == 1
    assert opened == ["http://localhost:8600/"]


def test_the_address_of_a_machine_without_a_network_is_its_own(monkeypatch: pytest.MonkeyPatch) -> None:
    def unreachable(*_: object) -> None:
        raise OSError("Network is unreachable")

    class Probe(socket.socket):
        connect = unreachable

    monkeypatch.setattr(socket, "socket", Probe)
    assert opening.own_address() == "127.0.0.1"


@pytest.mark.parametrize(
    ("url", "listens", "own", "others"),
    [
        ("http://localhost:8501/cell?t=1", "0.0.0.0", "192.168.0.7", "http://192.168.0.7:8501/cell?t=1"),
        ("http://127.0.0.1/", None, "192.168.0.7", "http://192.168.0.7/"),
        ("http://[::1]:8501/", "::", "192.168.0.7", "http://192.168.0.7:8501/"),
        ("http://localhost:8501/", "localhost", "192.168.0.7", None),  # nobody else reaches it
        ("http://localhost:8501/", "0.0.0.0", "127.0.0.1", None),  # there is no network
        ("https://kioku.school.example/cell", "127.0.0.1", "192.168.0.7", "https://kioku.school.example/cell"),
    ],
)
def test_an_address_for_others_is_one_that_they_reach(
    monkeypatch: pytest.MonkeyPatch, url: str, listens: str | None, own: str, others: str | None
) -> None:
    monkeypatch.setattr(config, "get_option", {"server.address": listens}.get)
    monkeypatch.setattr(opening, "own_address", lambda: own)
    assert opening.for_others(url) == others


def test_the_first_visitor_finds_an_address_that_no_file_is_called_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PagesManager, "uses_pages_directory", None)
    for name in ("stop_at_once", "announce"):
        monkeypatch.setattr(opening, name, lambda: None)

    async def starts() -> None:
        async with opening.opened(None):  # type: ignore[arg-type]  # it is not asked
            assert PagesManager.uses_pages_directory is False

    asyncio.run(starts())
