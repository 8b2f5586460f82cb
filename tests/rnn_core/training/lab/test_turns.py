"""The line of runs, and that its index says nothing which the folders do not."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rnn_core.errors import KiokuError
from rnn_core.training.lab import limits
from rnn_core.training.lab.folder import RUNS, SPEC
from rnn_core.training.lab.store import Runs
from rnn_core.training.lab.turns import LETTERS, NAME, cost
from rnn_core.training.lab.writer import writing
from tests.rnn_core.training.lab.standin import spec, train

if TYPE_CHECKING:
    from pathlib import Path

    from rnn_core.training.lab.spec import TrainSpec


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


def compute(runs: Runs, asked: TrainSpec, state: str = "finished", how: Any = train) -> None:
    """Compute a training, as a worker and the engine do."""
    folder = runs.folder(asked.id)
    with writing(folder) as writer:
        for event in how(asked, folder.snapshot()):
            writer.write(event)
    runs.turns.ended(asked.id, state, 2.0)


def taken(runs: Runs) -> list[str]:
    return list(iter(runs.turns.take, None))


def test_visitors_take_turns(runs: Runs) -> None:
    """One has ten runs before all others come: nobody waits for more than the one that has begun."""
    greedy = [spec(seed=seed) for seed in range(10)]
    runs.submit_all(greedy, "greedy")
    order = [runs.index.take()]
    others = [spec(seed=100 + seed) for seed in range(5)]
    for number, other in enumerate(others):
        runs.submit(other, f"visitor {number}")
    order += taken(runs)
    assert order[0] == greedy[0].id
    assert set(order[1:7]) == {greedy[1].id, *(other.id for other in others)}
    assert order[7:] == [one.id for one in greedy[2:]]


def test_nobody_s_first_run_begins_after_somebody_s_third(runs: Runs) -> None:
    for visitor in range(30):
        runs.submit_all([spec(seed=1000 * visitor + number) for number in range(3)], f"visitor {visitor}")
    order = [runs.spec_of(training).seed for training in taken(runs)]
    first = [order.index(1000 * visitor) for visitor in range(30)]
    third = [order.index(1000 * visitor + 2) for visitor in range(30)]
    assert max(first) < min(third)


def test_who_deletes_what_has_begun_gains_no_turn(runs: Runs) -> None:
    for seed in range(6):
        run = runs.submit(spec(seed=seed), "one")
        assert runs.index.take() is not None
        runs.cancel(run, "one")
        runs.delete(run, "one")
    runs.submit(spec(seed=50), "two")
    runs.submit(spec(seed=51), "one")
    assert taken(runs) == [spec(seed=50).id, spec(seed=51).id]


def test_equal_specs_are_one_training(runs: Runs) -> None:
    first, second = (runs.submit(spec(), visitor) for visitor in ("one", "two"))
    assert first != second
    assert runs.submit(spec(), "one") == first
    assert taken(runs) == [spec().id]
    third = runs.submit(spec(), "three")
    assert [runs.status(run).state for run in (first, second, third)] == ["running"] * 3
    compute(runs, spec())
    fourth = runs.submit(spec(), "four")
    assert [runs.status(run).state for run in (first, second, third, fourth)] == ["finished"] * 4
    assert runs.events_since(first) == runs.events_since(fourth)
    assert taken(runs) == []


def test_a_training_goes_on_while_one_run_waits_for_it(runs: Runs) -> None:
    first, second = (runs.submit(spec(), visitor) for visitor in ("one", "two"))
    taken(runs)
    folder = runs.folder(spec().id)
    with writing(folder) as writer:
        for event in list(train(spec()))[:5]:
            writer.write(event)
    runs.cancel(first, "one")
    assert folder.wanted
    compute(runs, spec())
    assert (runs.status(first).state, runs.status(second).state) == ("cancelled", "finished")
    assert runs.events_since(first) == runs.folder(spec().id).read(until=5)
    assert runs.status(first).events == 5
    runs.go_on(first, "one")
    assert runs.status(first).state == "finished"
    assert runs.events_since(first) == runs.events_since(second)
    runs.delete(second, "two")
    assert folder.path.exists()
    runs.delete(first, "one")
    assert not folder.path.exists()


def test_the_last_to_cancel_ends_it_and_it_can_go_on(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    taken(runs)
    runs.cancel(run, "one")
    runs.cancel(run, "one")
    assert not runs.folder(spec().id).wanted
    runs.go_on(run, "one")
    assert runs.folder(spec().id).wanted
    assert runs.status(run).state == "queued"
    runs.cancel(run, "one")
    assert runs.submit(spec(), "one") == run
    assert taken(runs) == [spec().id]


def test_what_failed_can_be_tried_again(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    taken(runs)
    runs.folder(spec().id).fail(KiokuError("lab_disk"))
    runs.turns.ended(spec().id, "failed")
    failure = runs.status(run).failure
    assert (runs.status(run).state, failure and failure.code) == ("failed", "lab_disk")
    runs.go_on(run, "one")
    assert (runs.status(run).state, runs.status(run).failure) == ("queued", None)
    assert runs.folder(spec().id).failure() is None


def test_what_failed_for_one_goes_on_for_all(runs: Runs) -> None:
    first, second = (runs.submit(spec(), visitor) for visitor in ("one", "two"))
    taken(runs)
    runs.turns.ended(spec().id, "failed")
    runs.go_on(first, "one")
    assert (runs.status(first).state, runs.status(second).state) == ("queued", "failed")
    taken(runs)
    assert (runs.status(first).state, runs.status(second).state) == ("running", "running")
    compute(runs, spec())
    assert (runs.status(first).state, runs.status(second).state) == ("finished", "finished")


def test_what_waits_is_wanted_whatever_a_fall_has_left(runs: Runs) -> None:
    runs.submit(spec(), "one")
    runs.folder(spec().id).want(False)
    assert taken(runs) == [spec().id]
    assert runs.folder(spec().id).wanted
    runs.submit(spec(seed=1), "one")
    runs.folder(spec(seed=1).id).remove()
    assert taken(runs) == [spec(seed=1).id]  # and the engine says that it is damaged


def test_the_line_is_bounded(runs: Runs, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MINE", 3)
    monkeypatch.setattr(limits, "QUEUE", 5)
    runs.submit_all([spec(seed=seed) for seed in range(3)], "one")
    with pytest.raises(KiokuError) as caught:
        runs.submit(spec(seed=9), "one")
    assert caught.value.code == "lab_mine"
    with pytest.raises(KiokuError) as caught:
        runs.submit_all([spec(seed=seed) for seed in range(10, 13)], "two")
    assert caught.value.code == "lab_queue"
    assert runs.of_visitor("two") == []
    assert len(taken(runs)) == 3
    runs.turns.renew()
    assert runs.of_visitor("two") == []  # nothing of it was told either


def test_a_name_is_not_guessed(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    assert len(run) == NAME
    assert set(run) <= set(LETTERS)
    assert len(LETTERS) ** NAME > 10**29


@settings(max_examples=25)
@given(moves=st.lists(st.tuples(st.integers(0, 6), st.integers(0, 3), st.integers(0, 2)), max_size=25))
def test_the_index_says_what_the_folders_say(tmp_path_factory: pytest.TempPathFactory, moves: list) -> None:
    runs = Runs(tmp_path_factory.mktemp("runs"))
    for kind, seed, visitor in moves:
        asked, who = spec(steps=4, seed=seed), f"visitor {visitor}"
        mine = [run for run in runs.of_visitor(who) if runs.spec(run) == asked]
        if kind == 0:
            runs.submit(asked, who)
        elif kind == 1:
            runs.index.take()
        elif kind == 2 and any(row.state == "running" for row in runs.index.select("where training = ?", (asked.id,))):
            compute(runs, asked)
        elif mine and kind > 2:
            {3: runs.cancel, 4: runs.go_on, 5: runs.delete, 6: lambda *run: runs.pin(*run, True)}[kind](mine[0], who)
    before = {row.id: row for row in runs.index.select("")}
    runs.turns.renew()
    after = {row.id: row for row in runs.index.select("")}
    assert before.keys() == after.keys()
    for run, row in after.items():
        was = before[run]
        state = "queued" if was.state == "running" else was.state  # nothing is computed after a fall
        assert (row.seq, row.training, row.who, row.state, row.seen, row.pinned) == (
            *(was.seq, was.training, was.who, state, was.seen, was.pinned),
        )
        assert row.turn == was.turn or row.state != "queued"


def test_damaged_words_of_a_run_are_no_end(runs: Runs) -> None:
    run = runs.submit(spec(), "one")
    path = runs.folder(spec().id).path
    with (path / RUNS).open("a") as file:
        file.write("\n" + json.dumps({"id": "other", "seq": "x"}) + '\n[1]\n{"id": 3}\n{"id"')
    runs.turns.renew()
    assert [row.id for row in runs.index.select("where state = 'queued' order by seq desc")] == [run]
    (path / SPEC).write_bytes(b"")
    runs.turns.renew()
    assert cost(None) == cost("{}") == 0.0
    with pytest.raises(KiokuError) as caught:
        runs.spec(run)
    assert caught.value.code == "lab_damaged"
