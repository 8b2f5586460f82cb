from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import video_drift
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces

OFF = {"network": [0.4, 1.0, 2.0], "copy": [2.0, 3.0, 1.5], "linear": [2.0, 3.0, 4.0], "moved": [0.8, 2.0, 5.0]}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_line_is_what_was_measured_and_the_nearest_is_said(lang: str) -> None:
    picture = sound(video_drift(OFF, 256, "lstm", lang=lang, theme=LOOKS[1]))
    for trace in traces(picture):
        np.testing.assert_array_equal(trace["y"], OFF[trace["meta"]])
    assert "1.50" in picture.finding
    best = sound(video_drift({**OFF, "copy": [9.0, 9.0, 9.0]}, 1, "lstm", lang=lang, theme=LOOKS[0]))
    assert "1.50" not in best.finding
    sound(video_drift({key: [0.0] for key in OFF}, 2, "rnn", lang=lang, theme=LOOKS[2]))
