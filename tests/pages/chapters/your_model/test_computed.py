from __future__ import annotations

import numpy as np
import pytest

from pages._chapters.your_model import computed
from rnn_core import KiokuError


def test_what_packages_ship_is_open_for_everybody_and_nothing_else_is() -> None:
    assert computed.opened("file:nagisa").title == "nagisa"
    with pytest.raises(KiokuError):
        computed.opened("file:" + "1" * 64)


def test_steps_and_words_are_called_by_what_they_are() -> None:
    assert computed.steps(2) == ("1", "2")
    assert computed.words("暑い日").tokens == ("暑い", "日")


def test_the_units_that_vary_most_come_first() -> None:
    assert computed.liveliest(np.array([[0.0, 0.5, 0.0], [0.1, 0.5, 0.9]]), 2) == (2, 0)
