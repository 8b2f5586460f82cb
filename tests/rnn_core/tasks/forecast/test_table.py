"""A reader's table: what can be read, and a sentence for everything else."""

from __future__ import annotations

from datetime import datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis.strategies import binary, sampled_from

from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES, text
from rnn_core.tasks.forecast import table as forecast
from rnn_core.tasks.forecast.table import BYTES, LEAST, ROWS, STEPS, read_number, read_table

TODAY = datetime(2026, 1, 1)
DAYS = np.arange("2024-01-01", "2024-06-01", dtype="datetime64[D]").astype(object)
VALUES = np.round(10 * np.sin(np.arange(len(DAYS))), 2)


def rows(form: str = "%Y-%m-%d", separator: str = ",", comma: bool = False) -> list[str]:
    numbers = [f"{value}".replace(".", ",") if comma else f"{value}" for value in VALUES]
    return [f"{day.strftime(form)}{separator}{number}" for day, number in zip(DAYS, numbers, strict=True)]


def table(lines: list[str], encoding: str = "utf-8", head: str = "") -> bytes:
    return "\n".join([*([head] if head else []), *lines]).encode(encoding)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "euc_jp", "utf-16"])
@pytest.mark.parametrize(("separator", "comma"), [(",", False), (";", True), ("\t", True), ("|", False)])
@pytest.mark.parametrize("form", ["%Y/%m/%d", "%Y年%m月%d日", "%d %b %Y"])
def test_encodings_separators_and_dates_are_read(encoding: str, separator: str, comma: bool, form: str) -> None:
    found = read_table(table(rows(form, separator, comma), encoding, f"日付{separator}気温"), TODAY)
    np.testing.assert_array_equal(found.series.values, VALUES)
    assert (found.name, found.notices) == ("気温", ())
    assert str(found.series.times[0]) == "2024-01-01T00:00:00"


def test_what_had_to_be_done_is_told() -> None:
    lines = rows()
    lines[5] = "2024-01-06,n/a"
    lines = [*lines[40:], *lines[:40], "2024-02-02,7", "2031-01-01,3"][:-1]
    told = dict(read_table(table(lines, head="date,value"), datetime(2024, 5, 1)).notices)
    assert told == {"skipped": 1, "gaps": 1, "twice": 1, "unsorted": 1, "future": 30}
    for code, count in told.items():
        assert all(text(f"own_series.note.{code}", lang, count=count) for lang in LANGUAGES)


def test_dates_in_three_forms_within_one_table_are_read() -> None:
    found = [rows(form)[at] for at in range(len(DAYS)) for form in (("%Y-%m-%d", "%Y/%m/%d", "%d %b %Y")[at % 3],)]
    series = read_table(table(found, head="date,value"), TODAY).series
    np.testing.assert_array_equal(series.values, VALUES)
    assert series.known.all()


def test_of_a_long_series_the_last_steps_are_used() -> None:
    days = np.arange("2010-01-01", "2020-01-01", dtype="datetime64[D]")
    found = read_table(table([f"{day},{k % 9}" for k, day in enumerate(days)]), TODAY)
    assert len(found.series) == STEPS
    assert dict(found.notices) == {"last": STEPS}
    assert str(found.series.times[-1])[:10] == "2019-12-31"


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "series_columns"),
        (b"2024-01-01,1", "series_short"),
        (table(rows()[: LEAST - 1]), "series_short"),
        (b"a,b\nc,d\n" * 90, "series_dates"),
        (table([f"{day},word" for day in DAYS]), "series_numbers"),
        (table([f"{day},5" for day in DAYS]), "series_constant"),
        (table([f"{day},{max(0, at - 0.7 * len(DAYS))}" for at, day in enumerate(DAYS)]), "series_still"),
        (table([f"{np.datetime64('2000-01-01') + k * k},{k}" for k in range(100)]), "series_gaps"),
        (b"\x89PNG\r\n\x1a\n\x00\xff\xfe" * 20, "series_text"),
        (b"x" * (BYTES + 1), "series_large"),
        (b"2024-01-01,1\n" * (ROWS + 1), "series_rows"),
        (b"2024-01-01,1\n" * 1_000_000, "series_large"),
    ],
)
def test_what_cannot_be_read_is_a_sentence(data: bytes, code: str) -> None:
    with pytest.raises(KiokuError) as raised:
        read_table(data, TODAY)
    assert raised.value.code == code
    assert all(raised.value.text(lang) for lang in LANGUAGES)


@settings(max_examples=60)
@given(binary(max_size=400), sampled_from([b"", b"\xff\xfe", b"date,value\n", table(rows()) + b"\n"]))
def test_any_bytes_are_a_series_or_a_sentence(data: bytes, before: bytes) -> None:
    try:
        found = read_table(before + data, TODAY)
    except KiokuError:
        return
    assert np.isfinite(found.series.values).all()
    assert LEAST <= len(found.series) <= STEPS


@pytest.mark.parametrize("said", ["nan", "inf", "1e999", "1_000", "", "12 °C", "1e19"])
def test_what_is_no_number_that_can_be_used_is_none(said: str) -> None:
    assert read_number(said) is None


def test_a_column_that_cannot_be_numbers_is_not_read_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    monkeypatch.setattr(forecast, "read_number", lambda said: read.append(said) or read_number(said))
    found = read_table(table([f"{day},word,{at % 7}" for at, day in enumerate(DAYS)]), TODAY)
    assert found.series.values[1] == 1
    assert read.count("word") < 0.6 * len(DAYS)


def test_a_column_that_numbers_the_rows_is_not_the_series_and_what_is_not_used_is_told() -> None:
    found = read_table(table([f"{at},{day},{at % 7},{at % 5}" for at, day in enumerate(DAYS)]), TODAY)
    assert found.series.values[:9].tolist() == [0, 1, 2, 3, 4, 5, 6, 0, 1]
    assert found.notices == (("columns", 1),)
    alone = read_table(table([f"{day},{at}" for at, day in enumerate(DAYS)]), TODAY)
    assert (alone.series.values[5], alone.notices) == (5, ())


def test_a_western_name_is_not_read_as_japanese() -> None:
    assert read_table("Datum,Höhe\n".encode("cp1252") + table(rows()), TODAY).name == "Höhe"
