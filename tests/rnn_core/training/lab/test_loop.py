"""A run is the plain loop and nothing else; broken off anywhere it is the run that was not, to the last bit."""

from __future__ import annotations

import itertools
import math

import pytest
import torch
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.training.lab import loop
from rnn_core.training.lab.events import (
    Cancelled,
    Diverged,
    Event,
    Finished,
    Point,
    Snapshot,
    Solved,
    Started,
    from_line,
    to_line,
)
from rnn_core.training.lab.limits import LENGTHS
from rnn_core.training.lab.loop import never, train
from rnn_core.training.lab.network import build_network
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, draw_batch, held_out


def tiny(**values: object) -> TrainSpec:
    return TrainSpec(
        **({"task": "adding", "length": 6, "cell": "gru", "hidden": 4, "batch": 8, "steps": 30, "lr": 0.02} | values)
    )


def lines(events: list[Event]) -> list[str]:
    return [to_line(event) for event in events]


def of_kind(events: list[Event], kind: type) -> list:
    return [event for event in events if isinstance(event, kind)]


@pytest.mark.parametrize("cell", ["rnn", "lstm", "gru"])
@pytest.mark.parametrize("clip", [None, 0.1])
def test_it_is_the_plain_loop(cell: str, clip: float | None) -> None:
    spec = tiny(cell=cell, clip=clip)
    network = build_network(spec)
    optimizer, losses, norms = torch.optim.Adam(network.parameters(), lr=spec.lr), [], []
    for step in range(spec.steps):
        batch = draw_batch(spec, step)
        loss = nn.functional.mse_loss(network(batch.inputs)[..., 0], batch.targets)
        optimizer.zero_grad()
        loss.backward()
        norms.append(nn.utils.clip_grad_norm_(network.parameters(), clip or math.inf).item())
        optimizer.step()
        losses.append(loss.item())
    points = of_kind(told := list(train(spec)), Point)
    assert [point.step for point in points] == list(range(31))
    assert [point.train for point in points[1:]] == losses
    assert [point.before for point in points[1:]] == pytest.approx(norms, rel=1e-6)
    assert [point.after for point in points[1:]] == pytest.approx([min(n, clip or math.inf) for n in norms], rel=1e-6)
    held = held_out("adding", 6)
    assert points[-1].loss == pytest.approx(((network(held.inputs)[..., 0] - held.targets) ** 2).mean().item())
    last = of_kind(told, Snapshot)[-1]
    state = loop.begin_run(spec)
    state.restore(last.kept)
    assert all(torch.equal(a, b) for a, b in zip(network.parameters(), state.model.parameters(), strict=True))


def test_a_record_stands_for_all_updates_since_the_one_before() -> None:
    fine, coarse = tiny(steps=120), tiny(steps=360)
    assert (fine.every, coarse.every) == (1, 3)
    each = of_kind(list(itertools.islice(train(fine), 80)), Point)[1:]
    points = of_kind(list(itertools.islice(train(coarse), 30)), Point)
    for number in (1, 2, 20):
        since = each[3 * number - 3 : 3 * number]
        assert points[number].train == pytest.approx(sum(point.train for point in since) / 3)
        assert points[number].before == max(point.before for point in since)
        assert (points[number].loss, points[number].reach) == (since[-1].loss, since[-1].reach)


def test_events_are_numbered_and_end() -> None:
    told = list(train(tiny(steps=240)))
    assert [event.n for event in told] == list(range(len(told)))
    assert isinstance(told[0], Started)
    assert isinstance(told[-1], Finished)
    assert len(of_kind(told, Point)) == 121
    assert [event.step for event in of_kind(told, Snapshot)] == list(tiny(steps=240).snapshots)
    assert all(to_line(from_line(to_line(event))) == to_line(event) for event in told)


# Each task, and each optimizer and cell more than once. What follows the first snapshot is trained again from there.
@pytest.mark.parametrize(("task", "optimizer"), [*zip(sorted(TASKS), itertools.cycle(["adam", "sgd", "rmsprop"]))])
def test_from_any_snapshot_it_goes_on_to_the_same_bits(task: str, optimizer: str) -> None:
    cell = {"adam": "lstm", "sgd": "rnn", "rmsprop": "gru"}[optimizer]
    length = int(min(max(6, LENGTHS[task].low), LENGTHS[task].high))
    spec = tiny(task=task, length=length, cell=cell, optimizer=optimizer, steps=9, layers=2, bidirectional=True)
    whole = list(train(spec))
    begins = next(number for number, event in enumerate(whole) if isinstance(event, Snapshot)) + 1
    assert lines(whole[:begins]) == lines(list(itertools.islice(train(spec), begins)))
    for number, event in enumerate(whole):
        if isinstance(event, Snapshot) and event.step in (0, 6, 9):
            rest = list(train(spec, event.kept))
            assert lines(rest) == lines(whole[number + 1 :])
            assert [e.kept for e in of_kind(rest, Snapshot)] == [e.kept for e in of_kind(whole[number + 1 :], Snapshot)]


def test_the_goal_is_told_once_also_of_a_run_that_was_broken_off() -> None:
    spec = tiny(task="parity", length=2, steps=122, lr=0.05)
    whole = list(train(spec))
    (solved,) = of_kind(whole, Solved)
    first = next(point for point in of_kind(whole, Point) if point.loss < TASKS["parity"].goal)
    assert (solved.step, solved.loss, solved.n) == (first.step, first.loss, first.n + 1)
    later = [event for event in of_kind(whole, Snapshot) if event.step > solved.step]
    assert of_kind(list(train(spec, later[0].kept)), Solved) == []


def test_it_is_stopped_after_the_update_and_can_go_on() -> None:
    spec = tiny(steps=60)
    asked = iter(range(100))
    told = list(train(spec, stop=lambda: next(asked) == 24))
    assert told[-1] == Cancelled(told[-2].n, 25)
    whole = list(train(spec))
    assert lines(told[:-1]) == lines(whole[: len(told) - 1])
    rest = list(train(spec, of_kind(told, Snapshot)[-1].kept))
    new = [event for event in rest if event.n > told[-1].n]
    assert lines(told[:-1] + new) == lines(whole)


def test_a_run_that_has_ended_is_not_stopped() -> None:
    told = list(train(tiny(steps=3), stop=lambda: False))
    asked = iter([False, False, True])
    assert lines(list(train(tiny(steps=3), stop=lambda: next(asked)))) == lines(told)
    assert not never()


def test_too_high_a_rate_ends_in_no_number_and_the_pictures_go_up_to_it() -> None:
    spec = tiny(cell="rnn", activation="relu", optimizer="sgd", lr=10.0, clip=None, steps=100, length=20)
    told = list(train(spec))
    assert isinstance(told[-1], Diverged)
    assert not (math.isfinite(told[-1].loss) and math.isfinite(told[-1].norm))
    points = of_kind(told, Point)
    assert [point.step for point in points] == list(range(told[-1].step + 1))[: len(points)]
    assert all(math.isfinite(point.loss) for point in points)
    assert [event.n for event in told] == list(range(len(told)))
    for event in of_kind(told, Snapshot):
        assert lines(list(train(spec, event.kept))) == lines(told[event.n + 1 :])


@pytest.mark.parametrize("value", [math.inf, math.nan])
@pytest.mark.parametrize("update", [0, 1, 7])
def test_a_loss_that_is_no_number_ends_the_run_where_it_is(monkeypatch, value: float, update: int) -> None:
    def poisoned(spec: TrainSpec, step: int):
        batch = draw_batch(spec, step)
        if step == update:
            batch.targets[0] = value
        return batch

    monkeypatch.setattr(loop, "draw_batch", poisoned)
    told = list(train(tiny()))
    assert isinstance(told[-1], Diverged)
    assert told[-1].step == update
    assert (told[-1].before is None) == (told[-1].step in tiny().records)
    assert [point.step for point in of_kind(told, Point)] == list(range(update + 1))


def test_weights_that_are_no_number_end_the_run_though_the_loss_is_one(monkeypatch) -> None:
    spec = tiny(cell="rnn", activation="relu", steps=10)
    step = torch.optim.Adam.step

    def harmed(self, *args):
        step(self, *args)
        with torch.no_grad():
            self.param_groups[0]["params"][2][0] = -math.inf  # a ReLU unit that is silent for ever

    monkeypatch.setattr(torch.optim.Adam, "step", harmed)
    told = list(train(spec))
    assert isinstance(told[-1], Diverged)
    assert math.isfinite(told[-1].loss)


def test_a_network_that_begins_with_no_number_has_not_begun() -> None:
    spec = tiny(cell="rnn", activation="relu", initialisation="identity", weight_scale=10.0, length=200, steps=5)
    told = list(train(spec))
    assert [type(event) for event in told] == [Started, Diverged]
    assert (told[-1].step, told[-1].before) == (0, None)


def test_torchs_own_generator_is_left_alone() -> None:
    before = torch.random.get_rng_state()
    list(train(tiny(steps=3)))
    assert torch.equal(before, torch.random.get_rng_state())


@pytest.mark.parametrize("kept", [b"", b"{}", b"\x00" * 200])
def test_what_is_no_state_is_refused(kept: bytes) -> None:
    with pytest.raises(KiokuError) as caught:
        list(train(tiny(), kept))
    assert caught.value.code == "train_state"


def test_the_state_of_another_network_is_refused() -> None:
    kept = of_kind(list(train(tiny(steps=1))), Snapshot)[0].kept
    with pytest.raises(KiokuError):
        list(train(tiny(hidden=5), kept))
