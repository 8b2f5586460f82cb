from __future__ import annotations

import numpy as np

from rnn_core.tasks.video.images import learned_images, unseen_digit, unseen_images


def test_no_image_measures_that_is_learned_from() -> None:
    learned, unseen = learned_images(), unseen_images()
    assert (len(learned), len(unseen)) == (1397, 400)
    assert learned.min() == unseen.min() == 0
    assert learned.max() == unseen.max() == 1
    assert not np.shares_memory(learned, unseen) or learned.base is unseen.base
    assert {one.tobytes() for one in learned}.isdisjoint(one.tobytes() for one in unseen)


def test_each_digit_that_is_shown_is_among_those_that_measure() -> None:
    unseen = {one.tobytes() for one in unseen_images()}
    shown = {unseen_digit(digit).tobytes() for digit in range(10)}
    assert len(shown) == 10
    assert shown <= unseen
