from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, turning
from rnn_core.figures.margins import GAP
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, sound, traces, unused
from tests.rnn_core.figures.readings import reading


def draw(found=None, lang: str = "en", theme: Theme | None = None):
    return sound(turning(found or reading((0, 2, 2)), lang=lang, theme=theme or Theme()))


@pytest.mark.parametrize("theme", LOOKS)
def test_both_measures_are_drawn_as_they_are(theme: Theme) -> None:
    found = reading((0, 2, 2))
    above, below = traces(draw(found, theme=theme))
    np.testing.assert_array_equal(above["y"], found.drops)
    np.testing.assert_array_equal(below["y"], found.influence)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_names_the_token_that_each_puts_first(lang: str) -> None:
    said = draw(reading((0, 2, 2), (0.1, 0.4, -0.2), (1.0, 2.0, 9.0)), lang).finding
    assert "は" in said
    assert "天気" in said
    assert "−0.40" in said
    assert "0.50" in said


def test_where_no_token_supports_the_answer_none_is_named() -> None:
    said = draw(reading((0, 2, 2), (-0.1, -0.4, -0.2))).finding
    assert said.startswith("Leaving out any one token makes “bad” no less probable.")


def test_of_one_token_there_is_no_correlation() -> None:
    assert "r_s" not in draw(reading((1,), (0.3,))).finding


def test_the_room_of_the_upright_axes_is_taken_once() -> None:
    assert unused(draw()) <= GAP
