from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, length_accuracy
from rnn_core.figures.margins import GAP
from rnn_core.messages import LANGUAGES
from rnn_core.statistics.intervals import wilson
from tests.rnn_core.figures.cases import LOOKS, sound, traces, unused

COUNTS = {"rnn": ((3, 4), (1, 10)), "lstm": ((4, 4), (9, 10)), "gru": ((0, 4), (10, 10))}
GROUPS = ((1, 8), (9, None))


def draw(counts=COUNTS, lang: str = "en", theme: Theme | None = None):
    return sound(length_accuracy(counts, GROUPS, lang=lang, theme=theme or Theme()))


@pytest.mark.parametrize("theme", LOOKS)
def test_each_line_is_its_shares_with_their_intervals(theme: Theme) -> None:
    for line, row in zip(traces(draw(theme=theme)), COUNTS.values(), strict=True):
        right, of = zip(*row, strict=True)
        np.testing.assert_allclose(line["y"], np.array(right) / of)
        low, high = wilson(right, of)
        np.testing.assert_allclose(line["y"] - line["error_y"]["arrayminus"], low)
        np.testing.assert_allclose(line["y"] + line["error_y"]["array"], high)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_finding_is_of_the_longest_texts_that_there_are(lang: str) -> None:
    assert all(share in draw(lang=lang).finding for share in ("10%", "90%", "100%"))
    without = {cell: (row[0], (0, 0)) for cell, row in COUNTS.items()}
    assert all(share in draw(without, lang).finding for share in ("75%", "100%", "0%", "1–8"))


def test_the_room_of_the_upright_axes_is_taken_once() -> None:
    assert unused(draw()) <= GAP
