"""What a page says of the reader's measurement. That it runs, waits and stops is tested where one is: /transformer."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pages._ui.measuring import clock, state
from rnn_core.messages import LANGUAGES
from rnn_core.stopwatch import Seen

MOMENT = datetime(2026, 3, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_how_far_the_measurement_is_and_when_it_began(lang: str) -> None:
    said = [
        state(seen, lang, 7, -540)
        for seen in (
            None,
            Seen(MOMENT, (), 28, running=True),
            Seen(MOMENT, (1, 2), 28, running=True, seconds=1.0),
            Seen(MOMENT, (1, 2), 28, seconds=1.0),
            Seen(MOMENT, tuple(range(28)), 28, seconds=9.0),
        )
    ]
    assert len(set(said)) == 5
    assert any("13" in one for one in said)
    assert ["14:30" in one for one in said] == [False, False, False, True, True]


def test_a_moment_is_the_reader_s_or_says_whose_it_is() -> None:
    assert clock(MOMENT, 300) == "00:30"
    assert clock(MOMENT, None).endswith("UTC")
