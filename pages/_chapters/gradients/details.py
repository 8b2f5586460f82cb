"""What is computed only when it is opened: one part at a time, which the address names."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from pages._chapters.gradients import more, pictures
from pages._ui import blocks, controls

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._chapters.gradients.inputs import Asked
    from pages._chapters.gradients.pictures import Found
    from pages._ui.shell import View

    Seen: TypeAlias = tuple[Asked, Found]

# The parts that answer what the drawn curve is asked for, and are therefore not there before it is drawn.
ANSWERS: Mapping[str, Callable[[View, Asked, Found], None]] = MappingProxyType(
    {"influence": pictures.influence, "eigenvalues": pictures.eigenvalues, "shares": pictures.shares}
)


def choose(view: View, seen: Seen | None) -> None:
    """Which part is open, and that part; `seen` is None as long as the curve is not drawn."""
    blocks.part(view, "gradients.details")
    controls.choice("part", view.lang, only=() if seen else ("none", "cliff"))
    opened = view.text("part")
    with blocks.errors_shown(view):
        if opened == "cliff":
            more.descents(view)
        elif seen and opened in ANSWERS:
            ANSWERS[opened](view, *seen)
