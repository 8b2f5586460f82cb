from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, rounds_by_epoch
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import sound, traces


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_holds_every_epoch_that_has_a_number(lang: str) -> None:
    plain, clipped = {0: 4, 1: None, 2: 22}, {0: 4, 1: 7, 2: 8}
    picture = sound(rounds_by_epoch(plain, clipped, lang=lang, theme=Theme()))
    one, two = traces(picture)
    np.testing.assert_array_equal(one["x"], [0, 2])
    np.testing.assert_array_equal(two["y"], [4, 7, 8])
    assert all(str(number) in picture.finding for number in (4, 2, 22, 8))
