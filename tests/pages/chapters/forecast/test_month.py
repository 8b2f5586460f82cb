from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from pages._chapters.forecast import computed, month
from rnn_core.messages import LANGUAGES, text
from tests.pages.opening import at_address

if TYPE_CHECKING:
    from pages._ui.contrasts import Contrast


def test_each_prepared_month_has_its_day() -> None:
    for one in month.CONTRASTS:
        first, count = month.days(computed.weather(), int(one.sets["month"]))  # type: ignore[arg-type]  # a number
        assert 1 <= int(one.sets["t"]) <= count  # type: ignore[arg-type]  # likewise
        assert first >= computed.weather().split.tested
        assert all(text(f"forecast.contrast.{one.name}", lang) for lang in LANGUAGES)


@pytest.mark.parametrize("one", month.CONTRASTS, ids=lambda one: one.name)
def test_its_settings_are_said(one: Contrast) -> None:
    at = at_address("forecast", {"lang": "en", **{key: str(value) for key, value in one.sets.items()}}).run()
    assert not at.exception
    assert not at.error
    assert f"Day: {one.sets['t']}" in "".join(found.proto.body for found in at.get("html"))
