from __future__ import annotations

import pytest

from rnn_core.errors import KiokuError
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.tasks.video.spec import DIGIT, DRAWN, PLACES, SHIPPED, SIDE, VideoSpec


def test_one_network_a_cell_is_shipped() -> None:
    assert [spec.cell for spec in SHIPPED] == list(CELLS)
    assert len({spec.name for spec in SHIPPED}) == len(CELLS)
    assert PLACES - 1 + DIGIT == SIDE
    assert all(QUANTITIES[key] for key in DRAWN)


def test_what_is_no_network_is_refused() -> None:
    with pytest.raises(KiokuError):
        VideoSpec(cell="cnn")
