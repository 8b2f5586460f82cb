"""bench/RESULTS.md: one section a part, each replaced when its part is measured again."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

RESULTS = Path(__file__).with_name("RESULTS.md")
TITLE = (
    "# Measured\n\nWritten by `make bench`. Compare within a section: its numbers come from one run on one machine.\n"
)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A Markdown table; numbers to the right."""
    numbers = [all(_is_number(row[column]) for row in rows) for column in range(len(head))]
    lines = [head, ["---:" if right else "---" for right in numbers], *([str(cell) for cell in row] for row in rows)]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def kept_rows(heading: str, path: Path | None = None) -> list[tuple[str, ...]]:
    """The rows of the table in a section of the report; none where there is no such section."""
    path = path or RESULTS
    lines = sections(path.read_text(encoding="utf-8")).get(heading, "").splitlines() if path.exists() else []
    rows = [line.removeprefix("| ").removesuffix(" |") for line in lines if line.startswith("|")]
    return [tuple(row.split(" | ")) for row in rows[2:]]


def _is_number(cell: object) -> bool:
    return str(cell).removesuffix("×").removesuffix("ms").strip(" ≤<−").replace(".", "").replace("e-", "").isdigit()


def sections(text: str) -> dict[str, str]:
    """The sections of a report by their headings."""
    found = {}
    for block in text.split("\n## ")[1:]:
        heading, _, body = block.partition("\n")
        found[heading.strip()] = body.strip()
    return found


def merge(old: str, new: Mapping[str, str], order: Sequence[str]) -> str:
    """The report `old` with the sections of `new` in place of theirs, in `order`; headings not in it are dropped."""
    both = {**sections(old), **new}
    return TITLE + "".join(f"\n## {heading}\n\n{both[heading]}\n" for heading in order if heading in both)


def write(new: Mapping[str, str], order: Sequence[str], path: Path = RESULTS) -> None:
    """Put these sections into the report."""
    old = path.read_text(encoding="utf-8") if path.exists() else ""
    path.write_text(merge(old, new, order), encoding="utf-8")
