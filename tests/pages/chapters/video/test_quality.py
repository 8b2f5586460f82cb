from __future__ import annotations

import pytest

from pages._chapters.video import computed, quality
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS


@pytest.mark.parametrize("cell", CELLS)
def test_networks_and_rules_stand_by_their_errors(cell: str) -> None:
    for lang in LANGUAGES:
        found = quality.lines(cell, lang)
        assert [line.value for line in found] == sorted(line.value for line in found)
        assert len(found) == 6
        (shown,) = [line for line in found if line.shown]
        assert shown.cell == cell
        assert shown.value == pytest.approx(1000 * computed.entry(cell)["error"][1])
        assert shown.low < shown.value < shown.high  # type: ignore[operator]  # it has both
        clip, step, error = computed.entry(cell)["worst"]
        said = quality.fails(cell, lang)
        assert all(one in said for one in (str(clip + 1), str(step + 1), f"{error:.3f}"))
