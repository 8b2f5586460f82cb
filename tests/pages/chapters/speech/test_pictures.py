from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from rnn_core.sound.clips import scene
from rnn_core.speech.detector import listen
from tests.pages.reading import charts

if TYPE_CHECKING:
    from tests.pages.conftest import Open


@pytest.mark.parametrize(("guess", "curves"), [("", 1), ("skip", 2), ("1", 2)])
def test_the_chart_holds_what_the_drawing_does_and_waits_for_the_guess(
    open_page: Open, guess: str, curves: int
) -> None:
    at = open_page(page="speech", sound="letters", held="0", **({"guess_held": guess} if guess else {}))
    drawn = charts(at, "chart_speech_probability")
    found = listen(scene("letters").samples, 0.0)
    assert len(drawn) == curves
    for curve, values in zip(drawn, (found.own.speech, found.clamped), strict=False):
        np.testing.assert_array_equal(curve["y"], values)
