from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pages._chapters.music import computed
from rnn_core.tasks.music.spec import MusicSpec
from tests.pages.reading import charts, html

if TYPE_CHECKING:
    from tests.pages.conftest import Open


def test_the_units_that_are_clamped_are_those_that_follow_it_best(open_page: Open) -> None:
    at = open_page(page="music", lang="en", cell="rnn", follows="downbeat", clamped="1", guess_unsure="skip")
    scores = computed.unit_scores(MusicSpec(cell="rnn"))
    drawn = charts(at, "chart_unit_meaning")
    assert len(drawn) == len(scores) == 4
    for trace, row in zip(drawn, scores, strict=True):
        np.testing.assert_array_equal(trace["x"], row.r)
    assert "a bar ends with this note" in html(at)
