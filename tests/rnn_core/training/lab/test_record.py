from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from rnn_core.training.lab.events import Point, Snapshot, as_array
from rnn_core.training.lab.record import KEPT, kept_back, read_events
from tests.rnn_core.training.lab.standin import LOST, SOLVED, spec, train


def test_every_number_is_the_events() -> None:
    asked = spec()
    events = list(train(asked))
    record = read_events(asked, events)
    points = [event for event in events if isinstance(event, Point)]
    assert record.steps.tolist() == list(asked.records)
    assert record.loss.tolist() == [point.loss for point in points]
    assert record.before.tolist() == [point.before for point in points]
    np.testing.assert_array_equal(record.norms, [as_array(point.reach) for point in points])
    np.testing.assert_array_equal(record.cell_norms, record.norms)
    assert record.rho.tolist() == [point.rho for point in points]
    assert record.sigma.tolist() == [point.sigma for point in points]
    seen = [event for event in events if isinstance(event, Snapshot)]
    assert record.snapshots.tolist() == list(asked.snapshots)
    np.testing.assert_array_equal(record.states, [as_array(one.states, asked.hidden) for one in seen])
    assert (record.solved, record.outcome, record.end) == (SOLVED, "finished", asked.steps)


def test_a_run_that_goes_on_has_no_outcome_and_one_that_diverged_has() -> None:
    asked = spec()
    begun = read_events(asked, list(train(asked))[:5])
    assert (begun.solved, begun.outcome, begun.end) == (None, None, None)
    lost = read_events(spec(clip=None), train(spec(clip=None)))
    assert (lost.outcome, lost.end) == ("diverged", LOST)


def test_before_its_first_event_a_run_is_empty() -> None:
    record = read_events(spec(), [])
    assert (record.norms.shape, record.states.shape, record.kept_back) == ((0, 6), (0, 6, 2), ())


def test_a_snapshot_is_the_last_one_so_far() -> None:
    record = read_events(spec(), train(spec()))
    first, second = (int(step) for step in record.snapshots[:2])
    assert [record.snapshot_at(step) for step in (0, second - 1, second, 10**6)] == [
        0,
        first,
        1,
        len(record.snapshots) - 1,
    ]


@given(arrays.arrays(np.float32, st.integers(1, 12), elements=st.floats(0, 1, width=32)), st.integers(0, 3))
def test_a_gradient_reaches_as_far_as_it_keeps_a_share(norms: np.ndarray, beyond: int) -> None:
    back, last = kept_back(norms), norms[-1]
    assert kept_back(np.append(norms, np.zeros(beyond, np.float32))) == back  # where a sentence has ended
    if last == 0:
        return
    assert back is not None
    assert (norms[len(norms) - 1 - back :] >= KEPT * last).all()
    assert back == len(norms) - 1 or not norms[len(norms) - 2 - back] >= KEPT * last


@pytest.mark.parametrize("last", [np.nan, np.inf, 0.0])
def test_a_gradient_that_is_none_reaches_nowhere(last: float) -> None:
    assert kept_back(np.array([1.0 if last else 0.0, last])) is None
