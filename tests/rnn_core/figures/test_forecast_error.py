from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Errors, forecast_error
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces
from tests.rnn_core.figures.forecasts import errors


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", LOOKS[:2])
def test_every_line_is_what_was_measured(lang: str, theme: object) -> None:
    found = errors()
    picture = sound(forecast_error(found, "gru", guess=1.9, lang=lang, theme=theme))
    for trace in traces(picture):
        np.testing.assert_array_equal(trace["y"], found.errors[trace["meta"]])
    assert "1.9" not in picture.finding
    assert picture.legend is not None


@pytest.mark.parametrize(
    ("ours", "low", "high", "said"),
    [(2.0, 0.1, 0.3, "9% less than"), (2.2, -0.1, 0.1, "no clear difference"), (2.5, -0.4, -0.2, "14% more than")],
)
def test_the_finding_says_who_is_off_less_only_where_it_is_clear(
    ours: float, low: float, high: float, said: str
) -> None:
    assert said in sound(forecast_error(errors(ours, low, high), "lstm", lang="en", theme=LOOKS[0])).finding


def test_equal_errors_and_none_at_all_can_be_drawn() -> None:
    for value in (0.0, 1.0):
        same = {who: [value] * 7 for who in ("persistence", NETWORK)}
        found = Errors(same, {"persistence": [(0.0, 0.0, 0.0)] * 7}, 20, "m")
        assert "no clear difference" in sound(forecast_error(found, "rnn", lang="en", theme=LOOKS[0])).finding


def test_who_is_best_a_week_ahead_is_said_where_it_is_no_network() -> None:
    assert "average for the date" in forecast_error(errors(2.6), "gru", lang="en", theme=LOOKS[0]).finding
