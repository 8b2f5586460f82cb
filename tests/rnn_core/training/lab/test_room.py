from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.room import most
from rnn_core.training.lab.store import Runs
from tests.rnn_core.training.lab.standin import spec
from tests.rnn_core.training.lab.test_turns import compute

if TYPE_CHECKING:
    from pathlib import Path

ROOM = 1_400_000  # bytes: two runs of the stand-in, and not three


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    monkeypatch.setenv("KIOKU_STORE_BYTES", str(ROOM))
    return Runs(tmp_path)


def finish(runs: Runs, seed: int) -> str:
    run = runs.submit(spec(seed=seed), "one")
    runs.index.take()
    compute(runs, spec(seed=seed))
    return run


def there(runs: Runs, names: list[str]) -> list[bool]:
    return [runs.index.one(name) is not None for name in names]


def test_the_oldest_goes_first_and_it_is_said_beforehand(runs: Runs) -> None:
    names = [finish(runs, 0), finish(runs, 1)]
    usage = runs.room.usage()
    assert usage.most == ROOM
    assert ROOM / 3 < usage.used < ROOM
    assert usage.next == (names[0],)
    names.append(finish(runs, 2))  # it was begun while there was room
    names.append(runs.submit(spec(seed=3), "one"))
    assert there(runs, names) == [False, True, True, True]
    assert not runs.folder(spec(seed=0).id).path.exists()
    assert runs.room.usage().next == (names[1],)


def test_what_is_pinned_or_under_way_stays(runs: Runs) -> None:
    names = [finish(runs, 0), finish(runs, 1)]
    runs.pin(names[0], "one", True)
    assert runs.room.usage().next == (names[1],)
    names.append(finish(runs, 2))
    for name in names:
        runs.pin(name, "one", True)
    assert runs.room.usage().next == ()
    with pytest.raises(KiokuError) as caught:
        runs.submit(spec(seed=3), "one")
    assert caught.value.code == "lab_room"
    assert there(runs, names) == [True] * 3
    runs.pin(names[2], "one", False)
    runs.submit(spec(seed=3), "one")
    assert there(runs, names) == [True, True, False]


def test_pins_are_counted(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "PINS", 1)
    first, second = (runs.submit(spec(seed=seed), "one") for seed in range(2))
    runs.pin(first, "one", True)
    runs.pin(first, "one", True)
    with pytest.raises(KiokuError) as caught:
        runs.pin(second, "one", True)
    assert caught.value.code == "lab_pins"
    assert runs.status(first).pinned
    assert not runs.status(second).pinned


def test_how_much_there_is_may_be_configured(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("KIOKU_STORE_BYTES", raising=False)
    assert most() == limits.STORE
