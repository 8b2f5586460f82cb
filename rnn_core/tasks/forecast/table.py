"""A reader's own series, from a table with dates and numbers: any of the usual encodings, separators and dates."""

from __future__ import annotations

import csv
import io
import math
import re
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.tasks.forecast import grid
from rnn_core.tasks.forecast.dates import as_times, normalise, order_of, read_date
from rnn_core.tasks.forecast.series import Series
from rnn_core.tasks.forecast.split import Split

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from rnn_core.tasks.forecast.dates import Order

BYTES = 2 * 2**20  # of a table
ROWS = 20_000
STEPS = 2_000  # of which a network learns; of more the last ones
LEAST = 80  # fewer say nothing
COLUMNS = 50
MARKS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
ENCODINGS = ("utf-8", "cp932", "euc_jp", "cp1252")
UNUSED = re.compile("[\ue000-\uf8ff]")  # where Shift_JIS has no letter of its own: it is another encoding
SEPARATORS = ",;\t|"
THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d+)?")
HUGE = 1e18
SHARE = 0.5  # so many rows of a column must be what it is


@dataclass(frozen=True, eq=False)
class Table:
    """What was read.

    Attributes:
        series: on its grid.
        name: of the column with the numbers, "" where it has none.
        notices: what was done to read it: a message each (`own_series.note.<code>`), and what fills it.
    """

    series: Series
    name: str
    notices: tuple[tuple[str, int | str], ...]


def read_table(data: bytes, today: datetime) -> Table:
    """The series of a table.

    Args:
        data: the file as it is.
        today: dates after it are told.

    Raises:
        KiokuError: it is too large, no text, has no dates or no numbers, too few rows, too many gaps, or never changes.

    Example:
        >>> rows = "\\n".join(f"2024-{1 + k // 28:02d}-{1 + k % 28:02d},{k % 7}" for k in range(100))
        >>> read_table(b"time,level\\n" + rows.encode(), datetime(2025, 1, 1)).name
        'level'
    """
    if len(data) > BYTES:
        raise KiokuError("series_large", most=BYTES // 2**20)
    rows = split_rows(decode(data))
    dates, order, unsure = _date_column(rows)
    numbers, others = _number_column(rows, dates)
    known = [
        (date, number)
        for row in rows
        if (date := read_date(row[dates], order)) is not None and (number := read_number(row[numbers])) is not None
    ]
    head = rows[0][numbers] if read_number(rows[0][numbers]) is None else ""
    skipped = len(rows) - len(known) - bool(head)
    told: list[tuple[str, int | str]] = [("skipped", skipped)] if skipped else []
    told += [(f"order_{order}", "")] if unsure else []
    told += [("columns", others)] if others else []
    series, more = _on_grid(known, today)
    return Table(series, normalise(head)[:40], (*told, *more))


def decode(data: bytes) -> str:
    """The text of a file.

    Raises:
        KiokuError: it is in none of the encodings that are tried.
    """
    named = next((encoding for mark, encoding in MARKS.items() if data.startswith(mark)), None)
    for encoding in (named,) if named else ENCODINGS:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text and not UNUSED.search(text):
            return text
    raise KiokuError("series_text")


def split_rows(text: str) -> list[list[str]]:
    """The rows of a table, those without anything left out, all as long as the commonest.

    Raises:
        KiokuError: no separator cuts it in columns, or there are too many rows.
    """
    lines = [line for line in text.splitlines() if line.strip()]
    if len(lines) > ROWS:
        raise KiokuError("series_rows", rows=f"{len(lines):,}", most=f"{ROWS:,}")
    best: list[list[str]] = []
    for separator in SEPARATORS:
        try:
            rows = [row for row in csv.reader(io.StringIO("\n".join(lines)), delimiter=separator) if row]
        except csv.Error:  # a field without an end
            continue
        counts = np.bincount([min(len(row), COLUMNS) for row in rows], minlength=2) if rows else np.zeros(2)
        columns = int(counts[2:].argmax()) + 2 if len(counts) > 2 else 0
        fitting = [row for row in rows if min(len(row), COLUMNS) == columns]
        if columns and len(fitting) > len(best):
            best = fitting
    if not best:
        raise KiokuError("series_columns")
    return best


def read_number(text: str) -> float | None:
    """The number of a field, with a point or a comma; None where it is none.

    Example:
        >>> [read_number(one) for one in ("−1.5", "12,5", "1,234.5", "１２", "n/a", "inf")]
        [-1.5, 12.5, 1234.5, 12.0, None, None]
    """
    said = normalise(text).replace("−", "-")
    said = said.replace(",", "") if THOUSANDS.fullmatch(said) else said.replace(",", ".")
    try:
        value = float(said) if "_" not in said else math.nan
    except ValueError:
        return None
    return value if math.isfinite(value) and abs(value) <= HUGE else None


def _date_column(rows: Sequence[Sequence[str]]) -> tuple[int, Order, bool]:
    """The first column with dates, what comes first in them, and whether that was not plain.

    Raises:
        KiokuError: there is none.
    """
    for column in range(min(len(rows[0]), COLUMNS)):
        fields = [row[column] for row in rows]
        order, unsure = order_of(fields)
        if _most((read_date(field, order) is not None for field in fields), len(fields)):
            return column, order, unsure
    raise KiokuError("series_dates")


def _number_column(rows: Sequence[Sequence[str]], dates: int) -> tuple[int, int]:
    """The first column beside it with numbers, and how many more there are; one that counts the rows is none.

    Raises:
        KiokuError: there is none.
    """
    found = [
        column
        for column in range(min(len(rows[0]), COLUMNS))
        if column != dates and _most((read_number(row[column]) is not None for row in rows), len(rows))
    ]
    if not found:
        raise KiokuError("series_numbers")
    values = [column for column in found if not _counts(rows, column)] or found
    return values[0], len(values) - 1


def _counts(rows: Sequence[Sequence[str]], column: int) -> bool:
    """Whether a column only numbers the rows, one after the other."""
    numbers = [number for row in rows if (number := read_number(row[column])) is not None]
    return set(np.diff(numbers)) == {1.0}


def _most(said: Iterable[bool], count: int) -> bool:
    """Whether enough of so many are true; what cannot become enough is not read to its end."""
    missed = 0
    for one in said:
        missed += not one
        if missed > (1 - SHARE) * count:
            return False
    return True


def _on_grid(known: list[tuple[datetime, float]], today: datetime) -> tuple[Series, list[tuple[str, int | str]]]:
    """The rows in their order on a grid, and what had to be done.

    Raises:
        KiokuError: too few of them, too many gaps between, or always the same value, be it only where is learned.
    """
    if len({date for date, _ in known}) < LEAST:
        raise KiokuError("series_short", rows=len({date for date, _ in known}), least=LEAST)
    rows = sorted(known, key=lambda row: row[0])
    placed = grid.place(as_times([date for date, _ in rows]), np.array([value for _, value in rows]))
    if placed is None:
        raise KiokuError("series_gaps")
    series, counts = placed.series, {"gaps": placed.gaps, "moved": placed.moved, "twice": placed.twice}
    counts["unsorted"] = int(rows != known)
    counts["future"] = sum(date > today for date, _ in rows)
    if len(series) > STEPS:
        counts["last"] = STEPS
        series = series.last(STEPS)
    if np.ptp(series.values) == 0:
        raise KiokuError("series_constant", value=f"{series.values[0]:g}")
    if np.ptp(series.values[: Split.shares(len(series)).checked]) == 0:
        raise KiokuError("series_still", value=f"{series.values[0]:g}")
    return series, [(code, count) for code, count in counts.items() if count]
