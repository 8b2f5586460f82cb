"""What a chapter on a use declares for the switches of cell and size; apart from what draws them, as it comes first."""

from __future__ import annotations

from pages._ui.chapter import Form

TRAINED = "trained"
WEIGHTS = Form("weights", TRAINED, (TRAINED,), pattern=r"run:[0-9a-z-]{1,64}")
"""The shipped networks, or what a reader has trained for the same task."""


def held(sizes: tuple[int, ...], opens: int) -> tuple[str | Form, ...]:
    """What a chapter declares for them: the cells are everybody's, the sizes are those that it ships.

    Args:
        sizes: the units of the shipped networks.
        opens: those of the network with which the chapter opens.
    """
    return ("cell", Form("hidden", opens, sizes), WEIGHTS)
