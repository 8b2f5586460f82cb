"""What is computed only when it is opened: one part at a time, which the address names."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from pages._chapters.gradients import more, pictures
from pages._ui import blocks, controls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._chapters.gradients.inputs import Asked
    from pages._ui.shell import View

# The parts that answer what is guessed in the drawing, and are therefore not there before.
ANSWERS: Mapping[str, Callable[[View, Asked], None]] = MappingProxyType(
    {
        "norms": pictures.norms,
        "influence": pictures.influence,
        "eigenvalues": pictures.steps,
        "shares": pictures.shares,
    }
)


def choose(view: View, seen: Asked | None) -> None:
    """Which part is open, and that part; `seen` is None as long as the drawing has not been answered."""
    blocks.part(view, "gradients.details")
    controls.choice("part", view.lang, only=() if seen else ("none", "cliff"))
    opened = view.text("part")
    with blocks.errors_shown(view):
        if opened == "cliff":
            more.descents(view)
        elif seen and opened in ANSWERS:
            ANSWERS[opened](view, seen)
