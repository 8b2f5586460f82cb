"""How strongly each direction's states, and the scores read from both, hang on each input: to one side, to both."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import log_axis, sparse_axis, square
from rnn_core.figures.captions import hundredths, number
from rnn_core.figures.characters import Characters
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.sparse_axis import FEW
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Float64 = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Side = Literal["forward", "backward", "scores"]
SIDES: tuple[Side, ...] = ("forward", "backward", "scores")
DIRECTIONS: Mapping[Side, int | None] = MappingProxyType({"forward": 0, "backward": 1, "scores": None})
SYMBOLS: Mapping[Side, str] = MappingProxyType(
    {
        "forward": "‖∂<i>h</i><sub>t</sub>/∂<i>x</i><sub>s</sub>‖",
        "backward": "‖∂<i>h</i>′<sub>t</sub>/∂<i>x</i><sub>s</sub>‖",
        "scores": "‖∂<i>e</i><sub>t</sub>/∂<i>x</i><sub>s</sub>‖",
    }
)
ROWS: Mapping[Side, str] = MappingProxyType({"forward": "h", "backward": "h′", "scores": "e"})
MANY = 40  # characters beyond which the scale reaches further down
HIGH = 1.5  # the upper end of the scale, as an exponent of 10


def side_decades(characters: int) -> tuple[float, float]:
    """The ends of the colour scale, as exponents of 10: one for all three maps, by the length alone.

    Example:
        >>> side_decades(11), side_decades(30), side_decades(200)
        ((-2, 1.5), (-4, 1.5), (-12, 1.5))
    """
    return (-2 if characters <= FEW else -4 if characters <= MANY else -12), HIGH


def influence_side(side: Side, influence: Float64, sentence: str, *, lang: str, theme: Theme) -> Picture:
    """One of the maps, a row what is moved, a column the input that moves it.

    Args:
        side: "forward" and "backward", the states of one direction: what they have yet to read stays bare paper;
            "scores", the scores of the tags, which hang on both sides.
        influence: (T, T), `influence[t, s]`.
        sentence: the T characters.
        lang: the reader's language.
        theme: light or dark, and how large.

    Raises:
        KiokuError: no map of T × T for T characters.
    """
    characters = Characters.of(sentence, lang)
    if influence.shape != (len(sentence), len(sentence)):
        raise KiokuError("figure_words", quantity="influence", steps=influence.shape, words=len(sentence))
    may = square.causal(len(sentence), DIRECTIONS[side])
    ends = side_decades(len(sentence))
    return Picture(
        key=f"influence_{side}",
        figure=_draw(side, influence, may, ends, characters, theme),
        title=text(f"influence_sides.{side}", lang),
        finding=_finding(side, influence, characters),
        method=text(f"influence_sides.method.{side}", lang),
        legend=_legend(side, influence[may], ends, lang),
        table=_table(side, influence, characters),
    )


def _draw(
    side: Side, values: Float64, may: Mask, ends: tuple[float, float], characters: Characters, theme: Theme
) -> go.Figure:
    steps, direction, beside = len(values), DIRECTIONS[side], theme.px(square.BESIDE)
    first: Part = {"type": None, "z": None, "customdata": values}
    hover: Part = {"hovertemplate": "%{y}<br>%{x}<br>" + SYMBOLS[side] + " = %{customdata:.3~g}<extra></extra>"}
    zeros = log_axis.lost(np.where(may, values, 1.0)).get("zero", np.zeros_like(may))  # float64 has no smaller number
    rings = square.signs(zeros, theme["edge"], 3, log_axis.sign("zero")[1], 0.75, theme)
    line = _diagonal(steps, theme) if direction is None else square.staircase(steps, direction, theme)
    letter, prime = ROWS[side][0], ROWS[side][1:]
    return square.draw(
        [first | square.cells(values, may, ends, theme) | hover, rings],
        [line],
        sparse_axis.time_axis(characters, theme, beside),
        square.rows([f"<i>{letter}</i>{prime}<sub>{step}</sub>" for step in range(1, steps + 1)]),
        sparse_axis.margin(characters, theme, beside),
        theme,
    )


def _diagonal(steps: int, theme: Theme) -> Part:
    """Where one direction's side meets the other's."""
    ends = {"x0": 0.5, "y0": 0.5, "x1": steps + 0.5, "y1": steps + 0.5}
    return {"type": "line", "line": theme.stroke(theme["edge"], 1, "dot"), **ends}


def _finding(side: Side, values: Float64, characters: Characters) -> str:
    lang, steps = characters.lang, len(values)
    if steps == 1:
        return text("influence_sides.one", lang, size=number(float(values[0, 0])))
    if side != "scores":
        first, last = (0, steps - 1) if side == "forward" else (steps - 1, 0)
        return text(
            f"influence_sides.reach.{side}",
            lang,
            first=characters.said(first),
            last=characters.said(last),
            far=number(float(values[last, first])),
            near=number(float(values[last, last])),
        )
    left, right = float(np.tril(values, -1).sum()), float(np.triu(values, 1).sum())
    if left + right == 0:
        return text("influence_sides.neither", lang)
    share = right / (left + right)
    return text("influence_sides.both", lang, right=hundredths(share), left=hundredths(1 - share))


def _legend(side: Side, allowed: Float64, ends: tuple[float, float], lang: str) -> Legend:
    marks = list(log_axis.legend([allowed], lang))
    if side != "scores":
        marks.append(Mark("□", text("influence_sides.bare", lang)))
    return Legend(SYMBOLS[side], "size", *square.ends_said(allowed, ends), tuple(marks))


def _table(side: Side, values: Float64, characters: Characters) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row what is moved, a column an input."""
    head: dict[str, tuple[object, ...] | np.ndarray] = {
        text("influence_sides.moved", characters.lang): tuple(f"{ROWS[side]}{t}" for t in range(1, len(values) + 1))
    }
    inputs = {f"x{s} {glyph}": values[:, s - 1] for s, glyph in enumerate(characters.tokens, 1)}
    return MappingProxyType({**head, **inputs})
