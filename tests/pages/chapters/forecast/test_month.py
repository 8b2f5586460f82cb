from __future__ import annotations

from pages._chapters.forecast import computed, month
from rnn_core.messages import LANGUAGES, text


def test_each_prepared_month_has_its_day() -> None:
    for one in month.CONTRASTS:
        first, count = month.days(computed.weather(), int(one.sets["month"]))  # type: ignore[arg-type]  # a number
        assert 1 <= int(one.sets["t"]) <= count  # type: ignore[arg-type]  # likewise
        assert first >= computed.weather().split.tested
        assert all(text(f"forecast.contrast.{one.name}", lang) for lang in LANGUAGES)
