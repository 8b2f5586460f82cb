from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures.cell_bars import bars
from rnn_core.messages import LANGUAGES
from rnn_core.quantities import CELLS
from tests.rnn_core.figures.cases import LOOKS


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("theme", LOOKS)
def test_bars_from_zero_with_what_is_said_of_them(lang: str, theme) -> None:
    figure = bars(CELLS, np.array([50, 150, 100]), ["a few", "many", "some"], lang, theme)
    (drawn,) = figure.data
    np.testing.assert_array_equal(drawn.x, [50, 150, 100])
    assert figure.layout.xaxis.range[0] == 0
    assert [note.text for note in figure.layout.annotations] == [
        f"<b>{cell.upper()}</b>  {said}" for cell, said in zip(CELLS, ("a few", "many", "some"), strict=True)
    ]
