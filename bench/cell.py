"""A control of `/cell` is changed: how long until it is repainted, against the floor."""

from __future__ import annotations

from bench.repaint import CHANGES, ROUNDS, Page, measured

HEADING = "Cell"
PAGE = Page("cell", ("hidden", "quantity"), alone=1.3, crowd=30)


def section(rounds: int = ROUNDS, changes: int = CHANGES) -> str:
    """The section of the report."""
    return measured(PAGE, rounds=rounds, changes=changes)
