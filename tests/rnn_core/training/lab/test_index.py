from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

import pytest

from rnn_core.training.lab.index import Index, Row, rows, set_state

if TYPE_CHECKING:
    from pathlib import Path

RUNS = [
    Row(1, "a", "t1", "anna", 1, "running", None, False),
    Row(2, "b", "t2", "anna", 2, "queued", None, True),
    Row(3, "c", "t1", "ben", 1, "running", None, False),
    Row(4, "d", "t3", "ben", 1, "queued", None, False),
    Row(5, "e", "t2", "ben", 3, "queued", None, False),
    Row(6, "f", "t4", "cleo", 1, "finished", 7, False),
]
TRAININGS = [("t1", 5.0, 10), ("t2", 7.0, 0), ("t3", 11.0, 0), ("t4", 1.0, 99)]


@pytest.fixture
def index(tmp_path: Path) -> Index:
    made = Index(tmp_path / "index.sqlite")
    made.renew(RUNS, TRAININGS)
    return made


def test_what_is_put_in_is_found(index: Index) -> None:
    assert index.select("where true order by seq") == RUNS
    assert (index.one("f"), index.one("none")) == (RUNS[-1], None)
    assert index.number("select sum(bytes) from trainings") == 109
    assert index.number("select value from counted where name = 'none'") == 0


def test_turns_go_before_the_order_of_coming(index: Index) -> None:
    taken = [index.take() for _ in range(3)]
    assert taken == ["t3", "t2", None]
    assert {row.id for row in index.select("where state = 'running'")} == {"a", "b", "c", "d", "e"}
    assert index.number("select value from counted where name = 'turn'") == 2


def test_what_waits_before_a_run_is_known(index: Index) -> None:
    named = {row.id: row for row in RUNS}
    assert index.before(named["d"]) == (0.0, 0)
    assert index.before(named["b"]) == (11.0, 1)
    assert index.before(named["e"]) == (11.0, 1)  # its own training counts as nothing before it


def test_only_what_is_over_and_not_pinned_makes_room(index: Index) -> None:
    assert index.oldest() == [("t4", ["f"])]
    with index.change() as connection:
        for training in ("t1", "t2", "t3"):
            set_state(connection, training, "finished")
    assert index.oldest() == [("t1", ["a", "c"]), ("t3", ["d"]), ("t4", ["f"])]


def test_a_change_that_fails_is_none(index: Index) -> None:
    def fail() -> None:
        with index.change() as connection:
            connection.execute("delete from runs")
            assert rows(connection, "") == []
            raise KeyError

    with pytest.raises(KeyError):
        fail()
    assert len(index.select("")) == len(RUNS)


def test_two_processes_see_the_same(index: Index) -> None:
    other = Index(index.path)
    with index.change() as connection:
        connection.execute("delete from runs where id = 'a'")
        assert other.one("a") is not None  # and does not wait
    assert other.one("a") is None


@pytest.mark.parametrize("harm", ["gone", "empty", "damaged"])
def test_what_is_damaged_or_gone_is_noticed_and_made_anew(index: Index, harm: str) -> None:
    assert index.one("a") is not None
    if harm == "damaged":
        index.close()
        index.path.write_bytes(b"no database" * 1000)
    else:
        index.path.unlink()
        if harm == "empty":
            index.path.touch()
    for ask in (lambda: index.one("a"), lambda: index.change().__enter__()):
        with pytest.raises(sqlite3.DatabaseError) as caught:
            ask()
        assert not isinstance(caught.value, sqlite3.OperationalError)
    index.renew(RUNS[:2], TRAININGS)
    assert index.select("") == RUNS[:2]
