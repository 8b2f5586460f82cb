from __future__ import annotations

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.utils import Bunch

from rnn_core.errors import KiokuError
from rnn_core.tasks.video import images
from rnn_core.tasks.video.images import learned_images, unseen_digit, unseen_images


def test_no_image_measures_that_is_learned_from() -> None:
    learned, unseen = learned_images(), unseen_images()
    assert (len(learned), len(unseen)) == (1397, 400)
    assert learned.min() == unseen.min() == 0
    assert learned.max() == unseen.max() == 1
    assert not np.shares_memory(learned, unseen) or learned.base is unseen.base
    assert {one.tobytes() for one in learned}.isdisjoint(one.tobytes() for one in unseen)


def test_they_are_those_of_the_package() -> None:
    found = load_digits()
    np.testing.assert_array_equal(np.concatenate([learned_images(), unseen_images()]), found.images / 16)
    assert [image.tolist() for image in (unseen_digit(digit) for digit in range(10))] == [
        min(
            (found.images[1397:][found.target[1397:] == digit] / 16).astype(np.float32),
            key=lambda one, of=digit: float(np.square(one - _mean(found, of)).sum()),
        ).tolist()
        for digit in range(10)
    ]


def _mean(found: Bunch, digit: int) -> np.ndarray:
    mean: np.ndarray = (found.images[1397:][found.target[1397:] == digit] / 16).astype(np.float32).mean(axis=0)
    return mean


def test_where_the_package_is_not_there_it_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(images, "PACKAGE", "no_such_package")
    with pytest.raises(KiokuError, match="scikit-learn"):
        images._packaged.__wrapped__()


def test_each_digit_that_is_shown_is_among_those_that_measure() -> None:
    unseen = {one.tobytes() for one in unseen_images()}
    shown = {unseen_digit(digit).tobytes() for digit in range(10)}
    assert len(shown) == 10
    assert shown <= unseen
