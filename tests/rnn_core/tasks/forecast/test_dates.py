from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis.strategies import datetimes, text

from rnn_core.tasks.forecast.dates import as_times, normalise, order_of, read_date

FORMS = ("%Y-%m-%d", "%Y/%m/%d", "%Y年%m月%d日", "%b %d %Y", "%d %B %Y", "%m/%d/%Y", "%Y-%m-%dT%H:%M:%S")


@given(datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1)))
def test_every_form_is_read(when: datetime) -> None:
    for form in FORMS:
        want = when.replace(microsecond=0) if "%H" in form else datetime(when.year, when.month, when.day)
        assert read_date(when.strftime(form)) == want


@given(text(max_size=60))
def test_anything_else_is_none_and_breaks_nothing(said: str) -> None:
    assert read_date(said) is None or read_date(said) == read_date(normalise(said))


@pytest.mark.parametrize("said", ["2024-02-30", "31/31/2024", "Foo 3 2024", "2024", "", "2024-1-1 25:00"])
def test_what_is_no_day_is_none(said: str) -> None:
    assert read_date(said) is None


def test_what_comes_first_is_seen_in_the_numbers_or_in_the_steps() -> None:
    assert order_of(["13/1/2024", "1/2/2024"]) == ("day", False)
    assert order_of(["1/13/2024"]) == ("month", False)
    assert order_of([f"{day}/1/2024" for day in range(1, 9)]) == ("day", True)
    assert order_of([f"1/{day}/2024" for day in range(1, 9)]) == ("month", True)
    assert order_of(["2024-01-01"]) == ("month", False)
    assert str(as_times([datetime(2024, 1, 2)])[0]) == "2024-01-02T00:00:00"
