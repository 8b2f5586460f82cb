"""What threads tell an event loop arrives whole, in order and together; settings are read without a lock."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar
from typing import Any

import pytest
from streamlit import config
from streamlit.runtime import app_session

from pages._ui import handover

HERE: ContextVar[str] = ContextVar("here", default="")


@pytest.fixture(autouse=True)
def lock(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("_config_lock", "get_options_for_section"):
        monkeypatch.setattr(config, name, getattr(config, name))  # as it was, afterwards
    monkeypatch.setattr(app_session, "to_snake_case", app_session.to_snake_case)


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


def test_a_reader_s_message_is_handled_after_all_that_was_told_before_it() -> None:
    async def listen() -> list[str]:
        loop, done = asyncio.get_running_loop(), list[str]()
        handover.gather(loop)
        thread = threading.Thread(target=lambda: [loop.call_soon_threadsafe(done.append, str(n)) for n in range(20)])
        thread.start()
        thread.join()  # the loop stands still meanwhile, as it does where others compute
        handover.catch_up()
        done.append("message")
        await asyncio.sleep(5 * handover.PAUSE)
        return done

    assert asyncio.run(listen()) == [*map(str, range(20)), "message"]


def test_messages_are_read_between_those_who_tell_and_nothing_is_lost_or_doubled() -> None:
    async def listen() -> list[tuple[int, int]]:
        loop, arrived = asyncio.get_running_loop(), list[tuple[int, int]]()
        handover.gather(loop)

        def tell(k: int) -> None:
            for n in range(500):
                loop.call_soon_threadsafe(arrived.append, (k, n))

        threads = [threading.Thread(target=tell, args=(k,)) for k in range(8)]
        for thread in threads:
            thread.start()
        while any(thread.is_alive() for thread in threads):
            handover.catch_up()
            await asyncio.sleep(0)
        await asyncio.sleep(5 * handover.PAUSE)
        return arrived

    arrived = asyncio.run(listen())
    assert len(arrived) == len(set(arrived)) == 4000
    assert all([n for thread, n in arrived if thread == k] == list(range(500)) for k in range(8))


def test_what_fails_is_reported_and_the_rest_still_happens() -> None:
    async def listen() -> tuple[list[object], list[object]]:
        loop, done, failed = asyncio.get_running_loop(), list[object](), list[object]()
        loop.set_exception_handler(lambda _loop, context: failed.append(str(context["exception"])))
        handover.gather(loop)
        for one in (lambda: done.append(1), lambda: done.append([][1]), lambda: done.append(2)):
            loop.call_soon_threadsafe(one)
        await asyncio.sleep(5 * handover.PAUSE)
        return done, failed

    assert asyncio.run(listen()) == ([1, 2], ["list index out of range"])


def test_a_loop_that_nobody_has_changed_has_nothing_to_catch_up_with() -> None:
    async def listen() -> None:
        handover.catch_up()

    asyncio.run(listen())


def test_a_closed_loop_says_so() -> None:
    loop = asyncio.new_event_loop()
    handover.gather(loop)
    loop.close()
    with pytest.raises(RuntimeError, match="closed"):
        loop.call_soon_threadsafe(print)


def test_where_files_are_watched_settings_keep_their_lock(monkeypatch: pytest.MonkeyPatch) -> None:
    real = config.get_option
    monkeypatch.setattr(config, "get_option", lambda name: "auto" if name == "server.fileWatcherType" else real(name))

    async def begin() -> None:
        handover.fewer(asyncio.get_running_loop())

    before = config._config_lock, config.get_options_for_section
    asyncio.run(begin())
    assert (config._config_lock, config.get_options_for_section) == before


def test_settings_are_read_while_somebody_holds_their_lock() -> None:
    async def answer() -> object:
        with config._config_lock:  # held by this thread; another one would wait
            handover.fewer(asyncio.get_running_loop())
            return await asyncio.wait_for(asyncio.to_thread(config.get_option, "server.port"), 5)

    assert asyncio.run(answer()) == config.get_option("server.port")


def test_the_settings_of_a_section_are_looked_for_once(monkeypatch: pytest.MonkeyPatch) -> None:
    sought: list[str] = []
    find = config.get_options_for_section
    monkeypatch.setattr(config, "get_options_for_section", lambda section: (sought.append(section), find(section))[1])

    async def begin() -> None:
        handover.fewer(asyncio.get_running_loop())

    asyncio.run(begin())
    said = [config.get_options_for_section("theme.dark") for _ in range(3)]
    assert sought == ["theme.dark"]
    assert all(one == find("theme.dark") for one in said)
