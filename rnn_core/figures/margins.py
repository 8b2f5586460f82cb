"""The room that the words of an axis take. Plotly would measure it by drawing each chart twice or more."""

from __future__ import annotations

import re
from html import unescape
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

    Axis = Mapping[str, Any]

LABEL = 13  # px at a desk: the size of type
GAP = 8  # px between labels and plot, and between labels and the axis's name
NUMBER = "−0.00"  # as wide as the numbers of an axis that chooses its own


def text_width(label: str, size: float = LABEL) -> float:
    """About how many px the longest line of a label takes; Japanese characters are as wide as high.

    Example:
        >>> text_width("天気<br><span>x</span>")
        26
    """
    lines = (unescape(re.sub("<[^>]*>", "", line)) for line in label.split("<br>"))
    return max(sum(size * (1 if ord(char) > 0x2E80 else 0.6) for char in line) for line in lines)


def beside(layout: Mapping[str, Any], side: str = "left") -> float:
    """The px at a desk that the upright axes of a layout need at one side for their labels and names."""
    return max((_across(axis) for axis in _axes(layout, "y") if axis.get("side", "left") == side), default=0)


def below(layout: Mapping[str, Any]) -> float:
    """The px at a desk that the level axes need at the foot for one line of labels and their names."""
    return max((_down(axis) for axis in _axes(layout, "x") if axis.get("side") != "top"), default=0)


def _axes(layout: Mapping[str, Any], way: str) -> list[Axis]:
    return [axis for name, axis in layout.items() if name.startswith(f"{way}axis") and axis.get("visible", True)]


def _across(axis: Axis) -> float:
    labels = axis.get("ticktext", (NUMBER,)) if axis.get("showticklabels", True) else ()
    widest = max((text_width(str(label)) + GAP for label in labels), default=0)
    return widest + (LABEL + GAP if axis.get("title", {}).get("text") else 0)


def _down(axis: Axis) -> float:
    lines = int(axis.get("showticklabels", True)) + bool(axis.get("title", {}).get("text"))
    return lines * (LABEL + GAP)
