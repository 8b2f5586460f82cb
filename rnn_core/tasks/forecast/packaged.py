"""The series that come with vega_datasets: the weather of Seattle by day, and five prices of shares by month."""

from __future__ import annotations

import csv
from datetime import datetime
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.tasks.forecast.series import Series

if TYPE_CHECKING:
    from collections.abc import Mapping

PACKAGE = "vega_datasets"
BESIDE = ("temp_min", "precipitation", "wind")
MONTH = "%b %d %Y"  # "Jan 1 2000"


@cache
def weather() -> Series:
    """The highest temperature of each day in Seattle, 2012 to 2015, in °C; beside it the lowest, rain and wind.

    Rain is the logarithm of 1 + mm: most days have none, a few very much.

    Raises:
        KiokuError: the package is not there, or its file is another.

    Example:
        >>> found = weather()
        >>> len(found), str(found.times[0]), float(found.values[0])
        (1461, '2012-01-01', 12.8)
    """
    rows = _rows("seattle-weather.csv")
    try:
        times = np.array([row["date"].replace("/", "-") for row in rows], dtype="datetime64[D]")
        values = np.array([float(row["temp_max"]) for row in rows])
        lowest, rain, wind = (np.array([float(row[name]) for row in rows]) for name in BESIDE)
    except (KeyError, ValueError):
        raise _missing() from None
    return Series(times, values, np.stack([lowest, np.log1p(rain), wind], axis=1), np.ones(len(rows), dtype=bool))


@cache
def prices() -> Mapping[str, Series]:
    """The logarithm of the price of each of five shares at the beginning of each month, by its symbol.

    Raises:
        KiokuError: the package is not there, or its file is another.

    Example:
        >>> {symbol: len(found) for symbol, found in prices().items()}
        {'AAPL': 123, 'AMZN': 123, 'GOOG': 68, 'IBM': 123, 'MSFT': 123}
    """
    found: dict[str, list[tuple[datetime, float]]] = {}
    try:
        for row in _rows("stocks.csv"):
            found.setdefault(row["symbol"], []).append((datetime.strptime(row["date"], MONTH), float(row["price"])))
    except (KeyError, ValueError):
        raise _missing() from None
    return {symbol: _monthly(sorted(found[symbol])) for symbol in sorted(found)}


def _monthly(rows: list[tuple[datetime, float]]) -> Series:
    times = np.array([when for when, _ in rows], dtype="datetime64[D]")
    values = np.log([price for _, price in rows])
    none, known = np.empty((len(rows), 0)), np.ones(len(rows), dtype=bool)
    return Series(times, values, none, known, "month", relative=True)


def _rows(file: str) -> list[dict[str, str]]:
    package = find_spec(PACKAGE)  # found, not imported: that would bring pandas
    if package is None or package.origin is None:
        raise _missing()
    path = Path(package.origin).parent / "_data" / file
    try:
        with path.open(encoding="utf-8", newline="") as opened:
            return list(csv.DictReader(opened))
    except (OSError, UnicodeDecodeError):
        raise _missing() from None


def _missing() -> KiokuError:
    return KiokuError("package_missing", what="seattle-weather.csv, stocks.csv", package=PACKAGE)
