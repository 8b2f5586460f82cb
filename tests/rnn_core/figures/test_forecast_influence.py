from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import forecast_influence
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_bar_is_a_slope(lang: str) -> None:
    slopes = np.array([0.8, -0.1, 0.05, 0.01])
    picture = sound(forecast_influence(slopes, 1, "°C", "gru", lang=lang, theme=LOOKS[0]))
    (trace,) = traces(picture)
    np.testing.assert_array_equal(trace["y"], slopes)
    np.testing.assert_array_equal(trace["x"], [0, -1, -2, -3])
    assert "0.80" in picture.finding


@pytest.mark.parametrize("slopes", [np.zeros(3), np.array([-0.5, 0.0]), np.array([1.0])])
def test_any_slopes_can_be_drawn(slopes: np.ndarray) -> None:
    sound(forecast_influence(slopes, 7, "°C", "rnn", lang="en", theme=LOOKS[1]))
