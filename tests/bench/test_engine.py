"""What is measured of the engine is measured part by part, and the other parts' rows stay."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench import __main__, engine, report

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def late() -> list[tuple[str, str, str]]:
    raise TimeoutError


def test_a_part_is_measured_alone_and_one_that_does_not_end_is_said(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(report, "RESULTS", tmp_path / "RESULTS.md")
    monkeypatch.setattr(engine, "PARTS", {"one": (lambda: [("a", "1", "")], late), "two": (late, lambda: [])})
    for pieces in __main__.pieces_of(engine, None):
        report.write({engine.HEADING: engine.section(pieces=pieces)}, [engine.HEADING], report.RESULTS)
    assert report.kept_rows(engine.HEADING)[0] == ("one", "a", "1", "")
    assert report.kept_rows(engine.HEADING)[1][:2] == ("two", "all of it")
    assert "| one | all of it | not ended after" in engine.section(1, ["one"])
    assert __main__.pieces_of(engine, ["two"]) == [("two",)]
    assert __main__.pieces_of(report, None) == [()]
