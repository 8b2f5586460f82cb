from __future__ import annotations

from bench.room import HEAD, lost, row


def test_votes_that_are_missing_or_too_many_are_lost() -> None:
    assert lost([3, 2], [3, 2, 0]) == 0
    assert lost([3, 2], [2, 2, 0]) == 1
    assert lost([3, 2], [4, 2, 1]) == 2


def test_a_row_has_a_cell_for_each_heading() -> None:
    phones = {"phones": 100, "votes": 133, "p50_ms": 20.0, "p95_ms": 60.0, "errors": 1}
    cells = row(phones, 0, 400.0, {"p95_ms": 120.0, "errors": 2}, {"p95_ms": 100.0})
    assert len(cells) == len(HEAD)
    assert (cells[4], cells[8], cells[12]) == (3, "400 ms", "1.20 ×")
