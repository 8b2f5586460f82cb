from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from scipy.stats import spearmanr

from rnn_core.figures import NetworkRounds, Theme, order_said, rounds_by_network
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import LOOKS, data, sound, traces

POINTS = tuple(
    NetworkRounds(cell, units, -1 / units - shift, 20 + units // 8, 4 + units // 8)
    for cell, shift in (("rnn", 0.01), ("lstm", 0.0), ("gru", 0.02))
    for units in (8, 16, 32, 64)
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("guess", [None, 1, 2, 3])
def test_it_holds_every_network_twice(lang: str, guess: int | None) -> None:
    picture = sound(rounds_by_network(POINTS, guess=guess, lang=lang, theme=Theme()))
    shown = traces(picture)
    clipped = [trace for trace in shown if trace["meta"].endswith("clipped")]
    assert [len(trace["y"]) for trace in clipped] == [4] * 6
    np.testing.assert_array_equal(clipped[0]["x"], [8, 16, 32, 64])
    np.testing.assert_array_equal(clipped[3]["x"], [point.exponent for point in POINTS[:4]])
    signs = [mark.glyph for mark in picture.legend.marks]
    assert ("▼" in signs) == (guess in (1, 2))


def test_the_orders_are_spearmans() -> None:
    rounds = [point.clipped for point in POINTS]
    for key, found in zip(("units", "exponent"), order_said(POINTS), strict=True):
        assert found == pytest.approx(spearmanr([getattr(point, key) for point in POINTS], rounds)[0])


def test_what_never_agrees_has_no_point() -> None:
    points = (replace(POINTS[0], plain=None), *POINTS[1:])
    shown = traces(sound(rounds_by_network(points, guess=None, lang="en", theme=Theme())))
    assert sum(len(trace["y"]) for trace in shown if trace["meta"].endswith("plain")) == 2 * 11


@pytest.mark.parametrize("theme", LOOKS, ids=str)
def test_languages_change_words_only(theme: Theme) -> None:
    ja, en = (
        [data(trace) for trace in traces(rounds_by_network(POINTS, guess=1, lang=lang, theme=theme))]
        for lang in LANGUAGES
    )
    assert ja == en
