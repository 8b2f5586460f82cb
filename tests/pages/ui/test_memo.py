"""Equal arguments give the same object; anything else is made anew; and all together have their bound in bytes."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from time import sleep

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from pages._ui import memo, turns
from pages._ui.memo import STORE, Store, cached, memoized
from rnn_core import KiokuError

KIB = 1024


def listed(*args: object, **style: object) -> list[object]:
    return [args, style]


def test_equal_arguments_give_the_very_same() -> None:
    values = np.arange(3)
    one, other = (memoized(listed, values, {"rnn": values}, ("今日",), lang="ja") for _ in range(2))
    assert one is other


def test_equal_arrays_are_told_apart_by_which_they_are() -> None:
    first, second = np.arange(3), np.arange(3)
    assert memoized(listed, first) is not memoized(listed, second)
    assert memoized(listed, {"rnn": first}) is not memoized(listed, {"rnn": second})


def test_a_kept_array_cannot_be_taken_for_a_later_one() -> None:
    made = [memoized(listed, np.arange(3)) for _ in range(10)]  # each would be freed, and its place taken by the next
    assert len({id(args[0][0]) for args in made}) == 10  # type: ignore[index]  # a list of tuples


def test_numbers_of_another_kind_are_other_arguments() -> None:
    assert memoized(listed, 1)[0] == (1,)
    assert type(memoized(listed, True)[0][0]) is bool  # type: ignore[index]  # a list of tuples
    assert type(memoized(listed, 1.0)[0][0]) is float  # type: ignore[index]  # a list of tuples


def test_a_default_and_a_name_make_no_other_question() -> None:
    @cached()
    def asked(one: int, other: int = 2) -> object:
        return object()

    assert asked(1) is asked(1, 2) is asked(one=1) is asked(other=2, one=1)
    assert asked(1) is not asked(1, 3)


@given(st.lists(st.integers(1, 40), min_size=1, max_size=60))
def test_no_more_bytes_are_kept_than_the_budget_has(sizes: list[int]) -> None:
    store = Store(64 * KIB)
    for key, size in enumerate(sizes):
        store.get(key, lambda size=size: np.zeros(size * KIB, np.uint8))
        assert store.bytes <= 64 * KIB
    assert sizes[-1] > 60 or len(sizes) - 1 in store
    store.clear()
    assert store.bytes == 0


def test_what_was_used_last_stays() -> None:
    store = Store(100 * KIB)
    for key in (1, 2, 3, 1, 4):
        store.get(key, lambda: np.zeros(30 * KIB, np.uint8))
    assert [key in store for key in (1, 2, 3, 4)] == [True, False, True, True]


def test_what_is_there_is_had_while_somebody_puts_something() -> None:
    store = Store(KIB)
    store.get("key", lambda: "found")
    with store._lock, ThreadPoolExecutor(1) as pool:
        assert pool.submit(store.get, "key", lambda: "made anew").result(5) == "found"


def test_a_buffer_that_many_share_counts_once_and_until_the_last_is_gone() -> None:
    store, shared = Store(200 * KIB), np.zeros(100 * KIB, np.uint8)
    for key in range(20):
        store.get(key, lambda: shared[:9])
    assert len(store) == 20
    assert 100 * KIB < store.bytes < 120 * KIB
    store.get("large", lambda: np.zeros(190 * KIB, np.uint8))
    assert len(store) == 1
    assert store.bytes < 192 * KIB


def test_what_is_larger_than_the_budget_is_given_and_not_kept() -> None:
    store = Store(KIB)
    assert len(store.get(1, lambda: np.zeros(2 * KIB, np.uint8))) == 2 * KIB  # type: ignore[arg-type]  # an array
    assert (len(store), store.bytes) == (0, 0)


def test_what_the_arguments_keep_alive_counts_too() -> None:
    store = Store(64 * KIB)
    store.get(1, lambda: 1, holds=np.zeros(30 * KIB, np.uint8))
    assert store.bytes > 30 * KIB


def test_equal_questions_at_one_time_are_answered_once() -> None:
    store, asked, gate = Store(KIB), [], threading.Barrier(8)

    def ask(_: int) -> object:
        gate.wait()
        return store.get("key", lambda: (asked.append(1), sleep(0.05), object())[2])

    with ThreadPoolExecutor(8) as pool:
        assert len({id(found) for found in pool.map(ask, range(8))}) == 1
    assert len(asked) == 1


def test_while_one_waits_for_what_another_makes_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "PATIENCE", 60)
    store, made, asked = Store(KIB), threading.Event(), threading.Event()

    def make() -> object:
        asked.set()
        assert made.wait(5)
        return "made"

    def light() -> None:
        with turns.one_by_one():
            made.set()

    with ThreadPoolExecutor(2) as pool:
        pool.submit(store.get, "key", make)
        assert asked.wait(5)
        with turns.one_by_one():
            pool.submit(light)
            assert store.get("key", make) == "made"


def test_an_error_is_nobody_elses_and_is_not_kept() -> None:
    store, asked = Store(KIB), []

    def fails_once() -> object:
        asked.append(1)
        sleep(0.05)
        if len(asked) == 1:
            raise KiokuError("empty_text")
        return "found"

    with ThreadPoolExecutor(2) as pool:
        first = pool.submit(store.get, "key", fails_once)
        while not asked:
            sleep(0.001)
        assert pool.submit(store.get, "key", fails_once).result() == "found"
        with pytest.raises(KiokuError):
            first.result()


def test_a_heavy_call_takes_a_turn_and_its_result_none() -> None:
    took: list[str] = []

    @cached(heavy=lambda words: words > 9)
    def asked(words: int) -> int:
        took.append("in turn" if turns.LINE.busy else "at once")
        return words

    assert [asked(3), asked(10), asked(10)] == [3, 10, 10]
    assert took == ["at once", "in turn"]
    assert not turns.LINE.busy


def test_a_heavy_call_within_a_light_one_is_an_error_of_ours() -> None:
    @cached(heavy=lambda words: words > 3)
    def heavy(words: int) -> int:
        return words

    with pytest.raises(RuntimeError, match="heavy computation within a light one"):
        memoized(heavy, 4)


def test_a_call_of_a_long_run_takes_a_turn_unless_it_was_made_before(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turns, "FREE", -1.0)
    memoized(listed, "made")
    with turns.run(lambda _state: None):
        memoized(listed, "made")
        assert not turns.LINE.busy
        memoized(listed, "new")
        assert turns.LINE.busy


def test_one_store_serves_all() -> None:
    STORE.clear()
    memoized(listed, 1)
    assert len(STORE) == 1


def test_what_is_made_of_a_readers_own_file_is_kept_in_the_readers_session_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    session: dict[str, Store] = {}
    monkeypatch.setattr(memo.st, "session_state", session)
    own, pinned = {"weights": "file:" + "1" * 64}, {"pin": "cell~weights.file:" + "1" * 64, "t": None}
    before, kept = len(STORE), np.arange(3)
    for state in (own, pinned):
        with memo.kept_for(state):
            one, again = (memoized(listed, kept, "own") for _ in range(2))
    assert (one is again, len(STORE), [len(store) for store in session.values()]) == (True, before, [1])
    with memo.kept_for({"weights": "file:silero"}):
        assert memoized(listed, kept, "own") is not one
    assert len(STORE) == before + 1
