from __future__ import annotations

from pages._chapters.forecast.choices import GAINS, MOST_SLID, SHARES, VERDICTS
from rnn_core.tasks.forecast.packaged import prices


def test_what_can_be_chosen_is_what_there_is() -> None:
    assert set(SHARES) == set(prices())
    assert sorted(GAINS) == list(GAINS)
    assert len(VERDICTS) == 3
    assert MOST_SLID > 1
