"""A control of the chapters on uses is changed: how long until it is repainted, against the floor."""

from __future__ import annotations

from bench.repaint import Page, measured

HEADING = "Uses"
ROUNDS, CHANGES = 2, 5  # few, since there are many chapters: all of it is a matter of three minutes
PAGES = (
    Page("text-generation", ("temperature", "clamped"), "lang=en&guess_new=skip"),
    Page("sentiment", ("cell",), "lang=en&guess_settled=skip"),
    Page("speech", ("held",), "lang=en&guess_held=skip"),
    Page("forecast", ("ahead",), "lang=en&guess_gain=skip&guess_share=skip"),
    Page("music", ("temperature",), "lang=en&guess_unsure=skip"),
    Page("video", ("cell",), "lang=en&guess_peak=skip"),
    Page("claims", ("hidden",), "lang=en&guess_claims=skip"),
)


def section(rounds: int = ROUNDS, changes: int = CHANGES) -> str:
    """The section of the report."""
    return measured(*PAGES, rounds=rounds, changes=changes)
