from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, speech_probability
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import sound, traces

OWN, CLAMPED = np.array([0.1, 0.9, 0.6, 0.2], np.float32), np.array([0.1, 0.7, 0.8, 0.9], np.float32)
SPOKEN = np.array([False, True, False, False])


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_curves_are_the_probabilities_and_the_threshold_is_a_line(lang: str) -> None:
    drawn = sound(speech_probability(OWN, CLAMPED, SPOKEN, 0.4, (1, 2), lang=lang, theme=Theme()))
    for curve, values in zip(traces(drawn), (OWN, CLAMPED), strict=True):
        np.testing.assert_array_equal(curve["y"], values)
        np.testing.assert_allclose(curve["x"], [0, 0.032, 0.064, 0.096])
    assert drawn.figure.to_dict()["layout"]["shapes"][0]["y0"] == 0.4
    assert "32 ms" in drawn.finding
    assert "64 ms" in drawn.finding


def test_while_it_is_asked_the_clamp_is_not_there() -> None:
    drawn = sound(speech_probability(OWN, None, SPOKEN, 0.5, (1, None), lang="en", theme=Theme()))
    assert len(traces(drawn)) == 1
    assert len(drawn.table) == 3
    assert drawn.finding == "After the last sound, speech is heard for 32 ms more."


def test_of_a_sound_that_nobody_has_described_the_steps_are_counted() -> None:
    drawn = sound(speech_probability(OWN, CLAMPED, None, 0.5, None, lang="en", theme=Theme()))
    assert drawn.finding == "Steps that are speech at threshold 0.50: 2 out of 4."
    assert len(drawn.table) == 3
