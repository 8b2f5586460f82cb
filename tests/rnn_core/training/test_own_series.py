"""A reader's series: trained, measured, and ended by whoever watches."""

from __future__ import annotations

import pickle

import numpy as np
import pytest

from rnn_core import progress
from rnn_core.tasks.forecast.split import AHEAD, Split
from rnn_core.tasks.forecast.worth import Case
from rnn_core.training import own_series
from rnn_core.training.own_series import learn, train
from tests.rnn_core.tasks.forecast.cases import days, wave


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_series, "EPOCHS", 4)


@pytest.mark.parametrize("count", [80, 400])
def test_a_series_is_learned_and_measured_beside_the_baselines(count: int) -> None:
    told: list[float] = []
    with progress.watched(told.append):
        found = learn(wave(count), "gru")
    assert told == sorted(told)
    assert told[-1] == 1
    assert pickle.loads(pickle.dumps(found)).errors == found.errors  # it comes from another process
    assert found.leaks == ()
    assert found.tested == count - count * 4 // 5
    assert len(found.errors) == len(found.covered) == AHEAD
    assert np.isfinite([*found.errors, *(value for one in found.others.values() for value in one)]).all()
    assert found.others[found.best][0] == min(one[0] for one in found.others.values())


def test_the_same_series_gives_the_same_network() -> None:
    case = Case(wave(100), Split.shares(100))
    one, other = (train(case, "rnn", 0).state_dict() for _ in range(2))
    assert all((one[name] == other[name]).all() for name in one)


def test_whoever_watches_ends_it() -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), progress.watched(stop):
        learn(wave(100), "gru")


@pytest.mark.parametrize("values", [np.r_[np.zeros(70), 1.0, np.zeros(29)], np.r_[np.ones(99), 1e12]])
def test_a_series_that_hardly_ever_changes_breaks_nothing(values: np.ndarray) -> None:
    assert np.isfinite(learn(days(values), "lstm").errors).all()
