"""Columns of numbers as a page's table and as a file."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.tasks.smalltalk import gloss
from rnn_core.text.romaji import romanize_word

if TYPE_CHECKING:
    from collections.abc import Mapping

Columns: TypeAlias = "Mapping[str, tuple[object, ...] | np.ndarray]"
DIGITS = 9  # what tells any two float32 apart


def glossed(columns: Columns, lang: str) -> Columns:
    """Columns in which those who don't read Japanese find beside each column of words another one of their meanings."""
    found: dict[str, tuple[object, ...] | np.ndarray] = {}
    for name, values in columns.items():
        found[name] = values
        meant = tuple(gloss(value) or romanize_word(value) if isinstance(value, str) else "" for value in values)
        if lang != "ja" and any(meant):
            found[text("ui.meaning", lang, column=name)] = meant
    return found


def in_table(value: object) -> str:
    """A number with a real minus and the fewest digits that give it back, in float64 nine at most; all else as it is.

    The file has every digit.

    Example:
        >>> in_table(np.float32(0.1)), in_table(-2.5), in_table(2.247531909089607), in_table("語")
        ('0.1', '−2.5', '2.24753191', '語')
    """
    if isinstance(value, float):  # np.float64 is one, np.float32 is none
        value = float(f"{value:.{DIGITS}g}")
    return str(value).replace("-", "−") if isinstance(value, (int, float, np.number)) else str(value)


def table(columns: Columns) -> str:
    """Columns as an HTML table that scrolls by itself."""
    head = "".join(f'<th scope="col">{plain(name)}</th>' for name in columns)
    rows = zip(*columns.values(), strict=True)
    body = "".join(f"<tr>{''.join(f'<td>{plain(in_table(value))}</td>' for value in row)}</tr>" for row in rows)
    numbers = f'<table class="numbers"><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>'
    return f'<div class="scroll" tabindex="0">{numbers}</div>'


def comma_separated(columns: Columns) -> bytes:
    """Columns as CSV with the mark by which spreadsheets know UTF-8; a word that looks like a formula gets a quote."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow([_no_formula(name) for name in columns])
    writer.writerows([_no_formula(value) for value in row] for row in zip(*columns.values(), strict=True))
    return out.getvalue().encode("utf-8-sig")


def _no_formula(value: object) -> object:
    return f"'{value}" if isinstance(value, str) and len(value) > 1 and value[0] in "=+-@" else value
