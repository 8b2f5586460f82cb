from __future__ import annotations

from typing import TYPE_CHECKING

from bench.report import TITLE, kept_rows, merge, sections, table, write

if TYPE_CHECKING:
    from pathlib import Path


def test_only_the_sections_measured_anew_are_replaced() -> None:
    old = merge("", {"Start": "slow", "Models": "good"}, ["Recording", "Start", "Models"])
    new = merge(old, {"Start": "quick", "Recording": "exact"}, ["Recording", "Start", "Models"])
    assert new.startswith(TITLE)
    assert list(sections(new).items()) == [("Recording", "exact"), ("Start", "quick"), ("Models", "good")]


def test_a_section_that_is_no_longer_measured_is_dropped() -> None:
    assert sections(merge("## x\n\n## Old\n\nwords\n", {}, ["Start"])) == {}


def test_numbers_stand_at_the_right() -> None:
    assert table(["what", "ratio"], [["a", "1.50 ×"], ["b", "≤ 2 ×"]]).splitlines() == [
        "| what | ratio |",
        "| --- | ---: |",
        "| a | 1.50 × |",
        "| b | ≤ 2 × |",
    ]


def test_the_rows_of_a_section_are_read_as_they_were_written(tmp_path: Path) -> None:
    rows = [("a", "1.50 ×", ""), ("b", "", "≤ 2 ×")]
    write({"One": table(("what", "ratio", "reach"), rows)}, ["One"], tmp_path / "RESULTS.md")
    assert kept_rows("One", tmp_path / "RESULTS.md") == rows
    assert kept_rows("Two", tmp_path / "RESULTS.md") == kept_rows("One", tmp_path / "none.md") == []
