from __future__ import annotations

import numpy as np

from pages._chapters.compare import computed, drawing, first_word
from rnn_core import lineup
from rnn_core.models.measures import Spread

WORDS = ("今日", "は", "暑い")
SPECS = lineup.select_specs(lineup.equal_units(16))


def test_the_rows_are_made_of_what_the_chapter_measures_and_once(warm: None) -> None:
    found, rows = first_word.change(SPECS, WORDS, "昨日"), drawing.rows(SPECS, WORDS, "昨日", None)
    assert drawing.rows(SPECS, WORDS, "昨日", None) is rows
    for row, spec in zip(rows, SPECS, strict=True):
        assert row.trace is computed.trace(spec, WORDS)
        assert [token.text for token in row.twin.tokens] == ["昨日", "は", "暑い"]
        np.testing.assert_array_equal(row.gap, found.gaps[spec.cell])
        assert row.left == found.left[spec.cell]
        assert row.verdict == lineup.judge_share(found.left, spec.cell)
        assert (row.accuracy, row.times) == (computed.accuracy(spec), None)


def test_measured_times_stand_in_their_rows(warm: None) -> None:
    spreads = tuple(Spread(us, us, us) for us in np.linspace(1, 2, len(SPECS)).tolist())
    assert [row.times for row in drawing.rows(SPECS, WORDS, "昨日", spreads)] == [*spreads]


def test_a_first_word_that_stays_changes_nothing(warm: None) -> None:
    assert {row.left for row in drawing.rows(SPECS, WORDS, "今日", None)} == {None}
