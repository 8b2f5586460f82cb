from __future__ import annotations

import pytest

from pages._chapters.forecast import computed, stocks
from pages._chapters.forecast.choices import SHARES
from rnn_core.messages import LANGUAGES


def test_there_is_one_right_option_for_each_outcome() -> None:
    for side in (-1, 0, 1):
        assert [stocks.verdict(side, guess) for guess in stocks.options("en")].count("right") == 1
    assert stocks.verdict(0, 1) == "right"


@pytest.mark.parametrize("symbol", SHARES)
def test_the_reason_has_the_interval(symbol: str) -> None:
    for lang in LANGUAGES:
        assert f"{computed.share_gain(symbol).high:.2f}".replace("-", "−") in stocks.why(symbol, lang)
