from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import forecast_coverage
from rnn_core.messages import LANGUAGES
from rnn_core.statistics.intervals import wilson
from tests.rnn_core.figures.cases import LOOKS, sound, traces


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("counts", [[(80, 100), (70, 100)], [(0, 5), (5, 5)]])
def test_each_share_is_drawn_with_its_interval(lang: str, counts: list[tuple[int, int]]) -> None:
    picture = sound(forecast_coverage(counts, "gru", lang=lang, theme=LOOKS[0]))
    (trace,) = traces(picture)
    inside, of = (list(column) for column in zip(*counts, strict=True))
    shares = np.array(inside) / np.array(of)
    np.testing.assert_array_equal(trace["y"], shares)
    np.testing.assert_allclose(trace["error_y"]["array"], wilson(inside, of)[1] - shares)
