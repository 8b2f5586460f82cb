from __future__ import annotations

from datetime import UTC, datetime

import pytest

from pages._chapters.transformer.times import clock, compared, state
from rnn_core.messages import LANGUAGES
from rnn_core.models.timing import build
from rnn_core.parallelism import COST_MODELS, SIZES
from rnn_core.stopwatch import Seen

MOMENT = datetime(2026, 3, 1, 5, 30, tzinfo=UTC)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_how_far_the_measurement_is_and_when_it_began(lang: str) -> None:
    said = [
        state(seen, lang, -540)
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


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_networks_that_are_compared_are_named_by_the_size_that_they_have(warm: None, lang: str) -> None:
    said = compared(lang)
    for cell in COST_MODELS:
        assert str(SIZES[cell]) in said
        count = sum(weight.numel() for weight in build(cell).parameters())
        assert abs(count - 23_328) < 0.02 * 23_328
    assert "23,328" in said
