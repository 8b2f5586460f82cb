from __future__ import annotations

import pytest

from rnn_core.errors import KiokuError
from rnn_core.tasks.music.spec import SHIPPED, MusicSpec


def test_three_cells_are_shipped_under_names_of_their_own() -> None:
    assert [spec.cell for spec in SHIPPED] == ["rnn", "lstm", "gru"]
    assert len({spec.name for spec in SHIPPED}) == 3
    with pytest.raises(KiokuError):
        MusicSpec(cell="transformer")
