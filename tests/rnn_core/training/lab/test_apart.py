"""What is computed apart is what would be computed here; it ends with whoever waits, and leaves nothing."""

from __future__ import annotations

import multiprocessing
import os
from multiprocessing import forkserver

import pytest

from rnn_core import KiokuError, progress
from rnn_core.training.lab.apart import compute_apart
from tests.rnn_core.training.lab import standin


@pytest.fixture(scope="module", autouse=True)
def ready() -> None:
    """A process to fork from that has all that is needed, whatever others have put in its place: it gets ready once."""
    forkserver._forkserver._stop()


def test_it_is_computed_elsewhere_and_says_how_far_it_is() -> None:
    told: list[float] = []
    with progress.watched(told.append):
        counted, process = compute_apart(standin.count_to, 3)
    assert (counted, process == os.getpid()) == (3, False)
    assert told[-1] == 1
    assert told == sorted(told)
    assert not multiprocessing.active_children()


def test_what_it_raises_is_raised_here_and_its_death_is_said() -> None:
    with pytest.raises(KiokuError) as refused:
        compute_apart(standin.refuse)
    assert refused.value.code == "lab_disk"
    with pytest.raises(KiokuError) as died:
        compute_apart(standin.die)
    assert died.value.code == "lab_apart"


def test_whoever_watches_ends_it() -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), progress.watched(stop):
        compute_apart(standin.wait_for_ever)
    assert not multiprocessing.active_children()
