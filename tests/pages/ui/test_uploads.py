from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Any

import pytest
from starlette.requests import Request
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec
from streamlit.testing.v1 import AppTest

from pages._ui import uploads

if TYPE_CHECKING:
    from collections.abc import Iterator

SESSIONS = ("visit", "other")
BOUNDS = {"VISITOR": 100, "FILES": 4, "ALL": 250}


class Running:
    """A server that knows two visitors, with Streamlit's own store."""

    def __init__(self) -> None:
        self.uploaded_file_mgr = MemoryUploadedFileManager("/_stcore/upload_file")
        self.fields: dict[str, uploads.Fields] = {}

    def is_active_session(self, session: str) -> bool:
        return session in SESSIONS

    def store(self, session: str, file: str, size: int) -> None:
        self.uploaded_file_mgr.add_file(session, UploadedFileRec(file, "a.wav", "audio/wav", bytes(size)))

    def held(self, session: str) -> list[str]:
        return list(self.uploaded_file_mgr.file_storage.get(session, {}))


@pytest.fixture
def running(monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    server = Running()
    monkeypatch.setattr(runtime, "exists", lambda: True)
    monkeypatch.setattr(runtime, "get_instance", lambda: server)
    for name, bound in BOUNDS.items():
        monkeypatch.setattr(uploads, name, bound)
    server.fields = {one: uploads.Fields() for one in SESSIONS}
    for one in server.fields.values():
        one.most = uploads.largest()
    monkeypatch.setattr(uploads, "_fields", server.fields)
    yield server
    assert uploads._coming == {}


def asked(size: int | str | None, method: str = "PUT") -> dict[str, Any]:
    headers = [] if size is None else [(b"content-length", str(size).encode())]
    return {"type": "http", "method": method, "headers": headers}


def status(size: int | str | None, session: str = "visit", file: str = "new", method: str = "PUT") -> int:
    refusal = uploads.refused(asked(size, method), uploads.Place(session, file))
    return refusal.status if refusal else 200


@pytest.mark.parametrize("path", ["/_stcore/upload_file/a", "/x/_stcore/upload_file/a/b", "/_stcore/upload_file/a/ß"])
def test_other_paths_take_no_file(path: str) -> None:
    assert uploads.place(path) is None


def test_only_a_visitor_hands_something_in(running: Running) -> None:
    assert [status(10, one) for one in (*SESSIONS, "nobody")] == [200, 200, 404]
    assert [status(None, method=method) for method in ("DELETE", "OPTIONS", "GET", "POST")] == [200, 200, 405, 405]


def test_nothing_is_taken_where_no_field_is_and_nothing_larger_than_a_field_says(
    running: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    running.fields["visit"].most, running.fields["other"].most = 60, 0
    monkeypatch.setattr(uploads, "FORM", 5)
    assert [status(65), status(66), status(1, "other")] == [200, 413, 404]
    assert status(None, "other", method="DELETE") == 200


def test_a_page_takes_what_its_fields_say_until_it_has_none(monkeypatch: pytest.MonkeyPatch) -> None:
    def script() -> None:
        import streamlit as st

        from pages._ui import uploads

        with uploads.page_drawn():
            for most in st.session_state["fields"]:
                uploads.take(most)

    fields: dict[str, uploads.Fields] = {}
    monkeypatch.setattr(uploads, "_fields", fields)
    at = AppTest.from_function(script)
    for drawn in ((), (3, 1), (1,), ()):
        at.session_state["fields"] = drawn
        assert not at.run().exception
        assert [one.most for one in fields.values()] == [max(drawn, default=0) * uploads.MIB] * len(fields)
    assert fields


@pytest.mark.parametrize("length", [None, "", "-1", "1e3", "٣", "9" * 400])
def test_a_length_that_is_none_is_refused(running: Running, length: str | None) -> None:
    assert status(length) == (413 if length == "9" * 400 else 411)


def test_the_oldest_files_of_a_visitor_give_way(running: Running) -> None:
    running.store("other", "o", 90)
    for number in range(4):
        running.store("visit", str(number), 20)
    assert status(30) == 200
    assert running.held("visit") == ["1", "2", "3"]  # four files are the most, and three leave room for thirty bytes
    assert status(70) == 200
    assert running.held("visit") == ["3"]
    assert running.held("other") == ["o"]


def test_all_visitors_have_a_bound_together(running: Running) -> None:
    running.store("other", "o", 200)
    assert [status(50), status(51)] == [200, 503]
    with uploads.coming(asked(50), uploads.Place("visit", "one")):
        assert [status(1), status(0)] == [503, 200]


def test_few_files_come_at_once_and_none_twice(running: Running) -> None:
    with uploads.coming(asked(1), uploads.Place("visit", "one")):
        assert [status(1, file="one"), status(1, file="two")] == [503, 200]
        with uploads.coming(asked(1), uploads.Place("visit", "two")):
            assert [status(1, file="three"), status(1, "other")] == [503, 200]


def test_what_breaks_off_is_no_longer_counted(running: Running) -> None:
    with pytest.raises(OSError, match="gone"), uploads.coming(asked(9), uploads.Place("visit", "one")):
        raise OSError("gone")
    with uploads.coming(asked(None, "DELETE"), uploads.Place("visit", "one")), uploads.coming(asked(None), None):
        assert uploads._coming == {}


def test_a_file_on_its_way_stays_in_memory() -> None:
    uploads.keep_in_memory()
    content = bytes(3 * 2**20)
    body = b'--x\r\nContent-Disposition: form-data; name="f"; filename="f"\r\n\r\n' + content + b"\r\n--x--\r\n"
    headers = [(b"content-type", b"multipart/form-data; boundary=x")]

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": body, "more_body": False}

    async def rolled() -> bool:
        async with Request({"type": "http", "headers": headers}, receive).form() as form:
            return bool(form["f"].file._rolled)  # type: ignore[union-attr]

    assert not asyncio.run(rolled())
