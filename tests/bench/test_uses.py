from __future__ import annotations

from typing import TYPE_CHECKING

from bench import repaint, uses
from bench.charts import Size

if TYPE_CHECKING:
    from pathlib import Path

    import pytest


def block(page: repaint.Page, measured: str) -> str:
    """What is written of a page."""
    return f"{repaint.said(page, [Size(6, 16, 630, 358)], 2, 4)}\n\n| a |\n| --- |\n| {measured} |"


def test_one_page_is_measured_anew_and_the_others_stay(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = list(uses.PARTS)
    report = tmp_path / "RESULTS.md"
    said = "\n\n".join(block(page, "before") for page in uses.PAGES[1:])
    report.write_text(f"# Measured\n\n## Warm\n\nother\n\n## {uses.HEADING}\n\n{said}\n", encoding="utf-8")
    monkeypatch.setattr(uses, "RESULTS", report)
    monkeypatch.setattr(uses, "measured", lambda page, **_: block(page, "now"))
    found = uses.kept(uses.section(pieces=names[:2]))
    assert list(found) == names
    assert ["now" in text for text in found.values()] == [True, True, *[False] * (len(names) - 2)]
