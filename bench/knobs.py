"""A knob of `/gradients` is moved: how long until it is repainted, against the floor."""

from __future__ import annotations

from bench.repaint import CHANGES, ROUNDS, Page, measured

HEADING = "Knobs"
PAGES = (
    Page("gradients", ("rho", "length", "weights"), "lang=en&curve=skip&length=60&part=norms", crowd=30, among=2.0),
    Page("gradients", ("rho",), "lang=en&curve=skip&length=200&hidden=32&part=norms", most=1000),
)


def section(rounds: int = ROUNDS, changes: int = CHANGES) -> str:
    """The section of the report."""
    return measured(*PAGES, rounds=rounds, changes=changes)
