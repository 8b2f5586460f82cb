from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Measured, Picture, Theme, worth
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import sound, traces

NETWORK = Measured("GRU 64", 10.8, 10.2, 11.4, cell="gru", shown=True)
COUNTED = Measured("3-gram", 15.9, 15.3, 16.6)


def draw(*lines: Measured, lang: str = "en", share: bool = False, most_is_best: bool = False) -> Picture:
    return sound(
        worth(
            lines,
            measure="perplexity",
            method="Counted.",
            share=share,
            most_is_best=most_is_best,
            lang=lang,
            theme=Theme(),
        )
    )


def test_every_line_stands_at_its_figure_with_its_interval() -> None:
    (points,) = traces(draw(NETWORK, COUNTED))
    assert points["x"].tolist() == [10.8, 15.9]
    np.testing.assert_allclose(points["x"] - points["error_x"]["arrayminus"], [10.2, 15.3])
    np.testing.assert_allclose(points["x"] + points["error_x"]["array"], [11.4, 16.6])


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("most_is_best", [True, False])
def test_the_finding_compares_the_intervals_of_the_best(lang: str, *, most_is_best: bool) -> None:
    level = Measured("3-gram", 11.5, 11.3, 12.0)
    found = {
        name: draw(NETWORK, line, lang=lang, most_is_best=most_is_best).finding
        for name, line in (("apart", COUNTED), ("level", level))
    }
    worse = {"en": "worse", "ja": "及ばない"}[lang]
    assert (worse in found["apart"]) == most_is_best
    assert {"en": "overlap", "ja": "重なる"}[lang] in found["level"]
    assert all("GRU 64" in said and "3-gram" in said for said in found.values())


def test_lines_without_an_interval_and_all_alike_are_drawn() -> None:
    alike = draw(Measured("RNN", 0.5, cell="rnn"), Measured("by lot", 0.5), share=True, most_is_best=True)
    assert "overlap" in alike.finding
    assert "50.0%" in alike.finding
