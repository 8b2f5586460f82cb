"""A reader's film: trained, measured beside copy-last, and ended by whoever watches."""

from __future__ import annotations

import numpy as np
import pytest

from rnn_core import progress
from rnn_core.statistics.frames import frame_errors
from rnn_core.tasks.video.film import Film
from rnn_core.training import own_film
from rnn_core.training.own_film import learn, train


@pytest.fixture(autouse=True)
def short(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(own_film, "UPDATES", 20)


def film(count: int, cut: tuple[int, ...] = ()) -> Film:
    """A stripe that goes across; after each cut it is another scene."""
    frames = np.zeros((count, 18, 32), np.float32)
    for number in range(count):
        frames[number, :, number % 32] = 1
        if sum(number >= one for one in cut) % 2:
            frames[number] = 1 - frames[number]
    return Film(frames, (64, 36))


def test_a_film_is_measured_on_what_was_not_learned() -> None:
    told: list[float] = []
    with progress.watched(told.append):
        found = learn(film(60, (15, 45)), "gru")
    assert told == sorted(told)
    assert found.learned == 36
    pixels = film(60, (15, 45)).pixels
    np.testing.assert_allclose(found.change, frame_errors(pixels[1:], pixels[:-1]), atol=1e-7)
    ours, theirs = found.errors
    assert found.gain.mean == pytest.approx(theirs - ours, abs=1e-6)
    assert {*found.cuts.found, *found.cuts.missed} == {44}  # the frame of the cut is number 46, the 45th difference
    assert found.cuts.found == (44,)


@pytest.mark.parametrize("cell", ["rnn", "lstm"])
def test_the_shortest_and_the_stillest_break_nothing(cell: str) -> None:
    still = Film(np.full((24, 18, 32), 0.4, np.float32), (8, 8))
    found = learn(still, cell)  # type: ignore[arg-type]  # one of the cells
    assert found.errors[1] == 0
    assert found.gain.side == 0
    assert found.cuts.found == found.cuts.missed == ()


def test_the_same_film_gives_the_same_network() -> None:
    one, other = (train(film(30).pixels, "rnn", 0).state_dict() for _ in range(2))
    assert all((one[name] == other[name]).all() for name in one)


def test_whoever_watches_ends_it() -> None:
    def stop(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt), progress.watched(stop):
        learn(film(30), "gru")
