from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

import pytest

from bench import handles

if TYPE_CHECKING:
    from collections.abc import AsyncIterator


@asynccontextmanager
async def answering(answer: bytes) -> AsyncIterator[str]:
    """A server that answers each client once with this, and hangs up when it does; a bad answer ends at once."""
    served: list[asyncio.Task[None]] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"\r\n\r\n")
        writer.write(answer)
        await writer.drain()
        if b"200 OK" in answer and b"short" not in answer:
            await reader.read()
        writer.close()
        await writer.wait_closed()

    def connected(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        served.append(asyncio.create_task(serve(reader, writer)))

    server = await asyncio.start_server(connected, "127.0.0.1", 0)
    try:
        yield f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}"
    finally:
        await asyncio.gather(*served)
        server.close()
        await server.wait_closed()


async def fetched(answer: bytes) -> int:
    open_ones: list[asyncio.StreamWriter] = []
    async with answering(answer) as url:
        try:
            await handles.fetch(url, "/", open_ones)
            return sum(not writer.is_closing() for writer in open_ones)
        finally:
            for writer in open_ones:
                writer.close()
                await writer.wait_closed()


def test_a_file_that_came_leaves_its_connection_open() -> None:
    assert asyncio.run(fetched(b"HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfour")) == 1


@pytest.mark.parametrize(
    "answer", [b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n", b"HTTP/1.1 200 OK\r\nX: y\r\n\r\n"]
)
def test_another_answer_is_a_failure(answer: bytes) -> None:
    with pytest.raises(ConnectionError, match=r"HTTP/1\.1"):
        asyncio.run(fetched(answer))


def test_a_file_that_ends_too_early_is_a_failure() -> None:
    with pytest.raises(asyncio.IncompleteReadError):
        asyncio.run(fetched(b"HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nshort"))


def test_every_pupil_who_meets_a_failure_counts_once() -> None:
    async def reloaded() -> handles.Class:
        async with answering(b"HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n") as url:
            here = handles.Class(url, 1, pupils=3)
            here.watch = lambda: asyncio.sleep(0)  # type: ignore[method-assign]
            await here.reload(2)
            return here

    here = asyncio.run(reloaded())
    assert (here.loads, len(here.failures)) == (6, 6)


def test_the_report_says_both(monkeypatch: pytest.MonkeyPatch) -> None:
    def attended(limit: int, pupils: int, times: int) -> tuple[handles.Class, bool]:
        few = limit == handles.FEW
        return handles.Class("", 1, pupils, pupils * times, ["failed"] * 7 * few, limit), few

    monkeypatch.setattr(handles, "attended", attended)
    rows = handles.section(3, 2).splitlines()[-2:]
    assert rows == ["| 256 | 4096 | 6 | 0 | 0 | 4096 | no |", "| 256 | 256 | 6 | 7 |  | 256 | yes |"]
