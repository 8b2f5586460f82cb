from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures.by_horizon import NETWORK, Horizons, draw
from tests.rnn_core.figures.cases import LOOKS

OFF = {"copy": [1.0, 2.0, 2.01], NETWORK: [0.5, 1.0, 2.0]}
NAMES = {"copy": "the last one", NETWORK: "GRU"}


@pytest.mark.parametrize("look", LOOKS)
def test_each_has_its_line_and_names_lie_beside_each_other(look) -> None:
    mark = look.label("here", "ink", x=1, y=0.5)
    figure = draw(Horizons(OFF, NAMES, "gru", (0.0, 3.0), 240, 2, ("steps", "error"), every=2), look, [mark])
    assert {trace.meta: list(trace.y) for trace in figure.data} == OFF
    colors = [trace.line.color for trace in figure.data]
    assert len(set(colors)) == 2
    *names, said = figure.layout.annotations
    assert ([one.text for one in names], said.text) == (["the last one", "<b>GRU</b>"], "here")
    assert np.ptp([one.y for one in names]) > 0.1  # the lines end at nearly the same height
    assert list(figure.layout.xaxis.tickvals) == [1, 3]
