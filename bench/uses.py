"""A control of the chapters on uses is changed: how long until it is repainted, against the floor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.repaint import Page, measured, path_said
from bench.report import RESULTS, sections

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

HEADING = "Uses"
# Few, and none waits longer than a page needs to come to rest: all of it is a matter of three minutes and a half.
ROUNDS, CHANGES, PAUSE = 2, 4, 0.0
PAGES = (
    Page("text-generation", ("temperature", "clamped"), "lang=en&guess_new=skip"),
    Page("sentiment", ("cell",), "lang=en&guess_settled=skip"),
    Page("speech", ("held",), "lang=en&guess_held=skip"),
    Page("forecast", ("ahead",), "lang=en&guess_gain=skip&guess_share=skip"),
    Page("music", ("temperature",), "lang=en&guess_unsure=skip"),
    Page("video", ("cell",), "lang=en&guess_peak=skip"),
    Page("claims", ("hidden",), "lang=en&guess_claims=skip"),
)
PARTS: Mapping[str, Page] = {page.path: page for page in PAGES}


def section(rounds: int = ROUNDS, changes: int = CHANGES, pieces: Sequence[str] = tuple(PARTS)) -> str:
    """The section of the report with these pages measured anew, and the others as they are.

    Args:
        rounds: turns of each control.
        changes: of a turn.
        pieces: which pages, by their paths.
    """
    found = kept(sections(RESULTS.read_text(encoding="utf-8")).get(HEADING, ""))
    for name in pieces:
        found[name] = measured(PARTS[name], rounds=rounds, changes=changes, pause=PAUSE)
        print(found[name], flush=True)
    return "\n\n".join(found[name] for name in PARTS if name in found)


def kept(section: str) -> dict[str, str]:
    """What a section says of each page, by its path: a paragraph and a table.

    Example:
        >>> kept("From the key … `/speech?lang=en` …\\n\\n| a |")
        {'speech': 'From the key … `/speech?lang=en` …\\n\\n| a |'}
    """
    said = section.split("\n\n")
    return {path_said(words): f"{words}\n\n{rows}" for words, rows in zip(said[::2], said[1::2], strict=False)}
