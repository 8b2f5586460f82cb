"""The scales are whole, and colours between their stops lie on the straight way."""

from __future__ import annotations

import pytest

from rnn_core.colours import SCALES, channels, mixed
from rnn_core.quantities import QUANTITIES


def test_every_quantity_has_its_scale_on_both_grounds() -> None:
    assert {row.scale for row in QUANTITIES} <= SCALES.keys()
    assert {len(stops) for grounds in SCALES.values() for stops in grounds.values()} == {9}


@pytest.mark.parametrize("share", [-1.0, 0.0, 0.5, 1.0, 2.0])
def test_at_a_stop_it_is_the_stop(share: float) -> None:
    stops = SCALES["signed"]["light"]
    assert mixed(stops, share) == channels(stops[round(min(max(share, 0), 1) * 8)])


def test_between_two_it_is_half_of_each() -> None:
    assert mixed(("#000000", "#FF8000"), 0.5) == (128, 64, 0)
