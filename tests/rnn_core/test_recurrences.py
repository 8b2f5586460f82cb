from __future__ import annotations

import re

from rnn_core.recurrences import RECURRENCES


def test_each_has_a_source_and_a_date_in_their_order() -> None:
    for row in RECURRENCES:
        number = re.search(r"arXiv:(\d{2})(\d{2})\.\d{5}$", row.source)
        assert number, row
        assert row.date == f"20{number[1]}-{number[2]}"
    dates = [row.date for row in RECURRENCES]
    assert dates == sorted(dates)
    assert len({row.name for row in RECURRENCES}) == len(RECURRENCES)


def test_none_reads_the_state_in_its_coefficients() -> None:
    assert all("t-1" not in row.factor + row.addend and "h" not in row.factor for row in RECURRENCES)
