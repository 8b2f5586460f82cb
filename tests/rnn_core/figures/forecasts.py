"""What forecasts might be worth, made by hand."""

from __future__ import annotations

from rnn_core.figures.by_horizon import NETWORK
from rnn_core.figures.forecast_error import Errors

AHEAD = 7


def errors(ours: float = 2.0, low: float = 0.1, high: float = 0.3) -> Errors:
    """A network that is off so much one step ahead, and four baselines."""
    found = {
        "persistence": [2.2 + 0.2 * k for k in range(AHEAD)],
        "last_year": [3.7] * AHEAD,
        "calendar": [3.0] * AHEAD,
        "ridge": [2.1 + 0.15 * k for k in range(AHEAD)],
        NETWORK: [ours + 0.1 * k for k in range(AHEAD)],
    }
    gains = {"persistence": [(low, (low + high) / 2, high)] * AHEAD}
    return Errors(found, gains, 365, "°C")
