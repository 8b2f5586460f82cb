"""A control of `/attention` or `/translation` is changed: how long until it is repainted, against the floor."""

from __future__ import annotations

from bench.repaint import CHANGES, ROUNDS, Page, measured

HEADING = "Attention"
PAGES = (
    Page("attention", ("beam",), "lang=en&guess_accuracy=skip&attention=additive"),
    Page("translation", ("head",), "lang=en&guess_spelling=skip"),
)


def section(rounds: int = ROUNDS, changes: int = CHANGES) -> str:
    """The section of the report."""
    return measured(*PAGES, rounds=rounds, changes=changes)
