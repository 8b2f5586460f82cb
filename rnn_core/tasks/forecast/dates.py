"""Dates as people write them: year first, with a month's name, or with only numbers of which the year is last."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime
from itertools import pairwise
from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

Order: TypeAlias = Literal["day", "month"]
TIME = r"(?:[T ]\s*(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*(?:Z|[+-]\d{2}:?\d{2})?)?"
YEAR_FIRST = re.compile(rf"(\d{{4}})(?:[-/.]|年)(\d{{1,2}})(?:(?:[-/.]|月)(\d{{1,2}})日?|月?){TIME}")
YEAR_LAST = re.compile(rf"(\d{{1,2}})[-/.](\d{{1,2}})[-/.](\d{{4}}){TIME}")
NAMED = re.compile(rf"(?:([A-Za-z]{{3,9}})\.? (\d{{1,2}}),?|(\d{{1,2}}) ([A-Za-z]{{3,9}})\.?,?) (\d{{4}}){TIME}")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
LONGEST = 40  # characters of a date


def normalise(text: str) -> str:
    """A field without what only looks different: wide digits, and spaces around it.

    Example:
        >>> normalise(" ２０２４／１／３１ ")
        '2024/1/31'
    """
    return unicodedata.normalize("NFKC", text[: 4 * LONGEST]).strip()


def read_date(text: str, order: Order = "month") -> datetime | None:
    """The date of a field; None where it is none.

    Args:
        text: as it stands in the table.
        order: what comes first where the year is last: "31/1/2024" has the day first.

    Example:
        >>> [str(read_date(one)) for one in ("2024年1月31日", "Jan 31 2024", "1/31/2024 6:30", "noon")]
        ['2024-01-31 00:00:00', '2024-01-31 00:00:00', '2024-01-31 06:30:00', 'None']
    """
    said = normalise(text)
    if len(said) > LONGEST:
        return None
    if found := YEAR_FIRST.fullmatch(said):
        year, month, day, *time = found.groups()
    elif found := YEAR_LAST.fullmatch(said):
        first, second, year, *time = found.groups()
        day, month = (first, second) if order == "day" else (second, first)
    elif found := NAMED.fullmatch(said):
        before, day_after, day_before, after, year, *time = found.groups()
        name = (before or after)[:3].lower()
        month, day = str(MONTHS.index(name) + 1) if name in MONTHS else "0", day_after or day_before
    else:
        return None
    try:
        hour, minute, second = (int(part or 0) for part in time)
        return datetime(int(year), int(month), int(day or 1), hour, minute, second)
    except ValueError:  # the 31st of a month that has 30
        return None


def order_of(texts: Sequence[str]) -> tuple[Order, bool]:
    """What comes first in dates whose year is last, and whether only the steps between them could tell.

    Example:
        >>> order_of(["31/1/2024", "1/2/2024"])
        ('day', False)
    """
    found = [match for text in texts if (match := YEAR_LAST.fullmatch(normalise(text)))]
    if any(int(match[1]) > 12 for match in found):
        return "day", False
    if not found or any(int(match[2]) > 12 for match in found):
        return "month", False
    steps = {order: _kinds([read_date(text, order) for text in texts]) for order in ("month", "day")}
    return ("day" if steps["day"] < steps["month"] else "month"), True


def _kinds(dates: Sequence[datetime | None]) -> int:
    """How many different steps lie between dates."""
    known = sorted(date for date in dates if date is not None)
    return len({after - before for before, after in pairwise(known)})


def as_times(dates: Sequence[datetime]) -> NDArray[np.datetime64]:
    """Dates as numpy has them, to the second."""
    return np.array(dates, dtype="datetime64[s]")
