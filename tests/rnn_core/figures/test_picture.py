from __future__ import annotations

from dataclasses import FrozenInstanceError

import plotly.graph_objects as go
import pytest

from rnn_core.figures.picture import Legend, Mark, Picture


def test_a_picture_is_what_it_was_made() -> None:
    picture = Picture("key", go.Figure(), "title", "finding", "method", Legend("h", None), {})
    with pytest.raises(FrozenInstanceError):
        picture.key = "other"
    assert (picture.legend.marks, Mark("△", "above").color) == ((), "")
