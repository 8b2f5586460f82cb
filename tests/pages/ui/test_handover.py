"""What threads tell an event loop arrives whole, in order and together; settings are read without a lock."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar
from typing import Any

import pytest
from streamlit import config

from pages._ui import handover

HERE: ContextVar[str] = ContextVar("here", default="")


@pytest.fixture(autouse=True)
def lock(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(config, "_config_lock", config._config_lock)  # as it was, afterwards


def told(tell: Any) -> list[object]:
    """What has happened in a loop to which several threads tell numbers by `tell(loop, arrived, number)`."""

    async def listen() -> list[object]:
        loop, arrived, woken = asyncio.get_running_loop(), [], []
        wake = loop.call_soon_threadsafe
        loop.call_soon_threadsafe = lambda *told: (woken.append(1), wake(*told))[1]
        handover.gather(loop)
        threads = [
            threading.Thread(target=lambda k=k: [tell(loop, arrived, (k, n)) for n in range(50)]) for k in range(4)
        ]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            await asyncio.sleep(0)
        await asyncio.sleep(5 * handover.PAUSE)
        return [len(woken), *arrived]

    return asyncio.run(listen())


def test_everything_arrives_in_the_order_of_each_thread_and_wakes_the_loop_rarely() -> None:
    woken, *arrived = told(lambda loop, arrived, number: loop.call_soon_threadsafe(arrived.append, number))
    assert sorted(arrived) == [(k, n) for k in range(4) for n in range(50)]
    assert all([n for thread, n in arrived if thread == k] == list(range(50)) for k in range(4))
    assert 1 <= woken < 40


def test_what_was_cancelled_in_the_meantime_does_not_happen() -> None:
    def tell(loop: Any, arrived: list[object], number: object) -> None:
        loop.call_soon_threadsafe(arrived.append, number).cancel()

    assert told(tell)[1:] == []


def test_it_happens_within_the_context_of_who_told_it() -> None:
    def tell(loop: Any, arrived: list[object], number: tuple[int, int]) -> None:
        HERE.set(str(number))
        loop.call_soon_threadsafe(lambda: arrived.append(HERE.get()))

    assert sorted(told(tell)[1:]) == sorted(str((k, n)) for k in range(4) for n in range(50))


def test_what_waits_for_another_thread_goes_on() -> None:
    async def wait() -> int:
        handover.gather(asyncio.get_running_loop())
        return await asyncio.to_thread(lambda: 7)

    assert asyncio.run(wait()) == 7


def test_a_closed_loop_says_so() -> None:
    loop = asyncio.new_event_loop()
    handover.gather(loop)
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon_threadsafe(print)


def test_settings_are_read_while_somebody_holds_their_lock() -> None:
    async def answer() -> object:
        with config._config_lock:  # held by this thread; another one would wait
            handover.fewer(asyncio.get_running_loop())
            return await asyncio.wait_for(asyncio.to_thread(config.get_option, "server.port"), 5)

    assert asyncio.run(answer()) == config.get_option("server.port")
