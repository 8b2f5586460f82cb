"""The chosen step in a chart that is drawn already: an outline round its column or its row."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

from rnn_core.figures.drawn import Drawn

if TYPE_CHECKING:
    from rnn_core.figures.picture import Picture
    from rnn_core.figures.theme import Part, Theme

NAME = "cursor"


def with_cursor(shown: Picture, step: int, kind: Literal["column", "row"], theme: Theme) -> Picture:
    """The picture with the step (0-based) marked, in ink so that it is seen on any colour.

    Args:
        shown: a picture over words; it stays as it is.
        step: which word.
        kind: "column" of a map over time, "row" of a map of states.
        theme: that of the picture.
    """
    parts = shown.figure.parts
    across, along = ("y", "x") if kind == "row" else ("x", "y")
    shape: Part = {
        "type": "rect",
        "name": NAME,
        f"{across}0": step + 0.5,
        f"{across}1": step + 1.5,
        f"{along}ref": f"{along} domain",
        f"{along}0": 0,
        f"{along}1": 1,
        "line": theme.stroke(theme["ink"], 2),
    }
    layout = {**parts["layout"], "shapes": [*parts["layout"].get("shapes", ()), shape]}
    return replace(shown, figure=Drawn({"data": parts["data"], "layout": layout}))
