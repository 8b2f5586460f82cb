"""How strongly each direction's states, and the scores read from both, hang on each input: to one side, to both."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import log_axis, sparse_axis
from rnn_core.figures.captions import hundredths, number
from rnn_core.figures.characters import Characters
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import power
from rnn_core.figures.sparse_axis import FEW
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale

    Float64 = NDArray[np.float64]
    Mask = NDArray[np.bool_]

Side = Literal["forward", "backward", "scores"]
SIDES: tuple[Side, ...] = ("forward", "backward", "scores")
SCALE: Scale = "size"
SYMBOLS: Mapping[Side, str] = MappingProxyType(
    {
        "forward": "‖∂<i>h</i><sub>t</sub>/∂<i>x</i><sub>s</sub>‖",
        "backward": "‖∂<i>h</i>′<sub>t</sub>/∂<i>x</i><sub>s</sub>‖",
        "scores": "‖∂<i>e</i><sub>t</sub>/∂<i>x</i><sub>s</sub>‖",
    }
)
ROWS: Mapping[Side, str] = MappingProxyType({"forward": "h", "backward": "h′", "scores": "e"})
SIDE, BESIDE = 264, 120  # px: of the square, and what of a page's width is not its own
MANY = 40  # characters beyond which the scale reaches further down
HIGH = 1.5  # the upper end of the scale, as an exponent of 10


def side_decades(characters: int) -> tuple[float, float]:
    """The ends of the colour scale, as exponents of 10: one for all three maps, by the length alone.

    Example:
        >>> side_decades(11), side_decades(30), side_decades(200)
        ((-2, 1.5), (-4, 1.5), (-12, 1.5))
    """
    return (-2 if characters <= FEW else -4 if characters <= MANY else -12), HIGH


def influence_side(side: Side, influence: Float64, sentence: str, *, lang: str, look: Theme) -> Picture:
    """One of the maps, a row what is moved, a column the input that moves it.

    Args:
        side: "forward" and "backward", the states of one direction: what they have yet to read stays bare paper;
            "scores", the scores of the tags, which hang on both sides.
        influence: (T, T), `influence[t, s]`.
        sentence: the T characters.
        lang: the reader's language.
        look: light or dark, and how large.

    Raises:
        KiokuError: no map of T × T for T characters.
    """
    characters = Characters.of(sentence, lang)
    if influence.shape != (len(sentence), len(sentence)):
        raise KiokuError("figure_words", quantity="influence", steps=influence.shape, words=len(sentence))
    may = _may(side, len(sentence))
    ends = side_decades(len(sentence))
    return Picture(
        key=f"influence_{side}",
        figure=_draw(side, influence, may, ends, characters, look),
        title=text(f"influence_sides.{side}", lang),
        finding=_finding(side, influence, characters),
        method=text(f"influence_sides.method.{side}", lang),
        legend=_legend(side, influence[may], ends, lang),
        table=_table(side, influence, characters),
    )


def _may(side: Side, steps: int) -> Mask:
    """Which s can move which t: (T, T)."""
    lower: Mask = np.tri(steps, dtype=bool)
    return {"forward": lower, "backward": lower.T, "scores": lower | lower.T}[side]


def _draw(
    side: Side, values: Float64, may: Mask, ends: tuple[float, float], characters: Characters, look: Theme
) -> go.Figure:
    steps = np.arange(1, len(values) + 1, dtype=np.int16)
    few = len(values) <= FEW
    cells: Part = {
        "type": "heatmap",
        "z": np.log10(np.where(may, log_axis.drawable(values), np.nan)).astype(np.float32),
        "customdata": values,
        "x": steps,
        "y": steps,
        "zmin": ends[0],
        "zmax": ends[1],
        "colorscale": look.colorscale(SCALE),
        "showscale": False,
        "xgap": look.px(2) if few else 0,
        "ygap": look.px(2) if few else 0,
        "hoverongaps": False,
        "hovertemplate": "%{y}<br>%{x}<br>" + SYMBOLS[side] + " = %{customdata:.3~g}<extra></extra>",
    }
    zeros = log_axis.lost(np.where(may, values, 1.0)).get("zero", np.zeros_like(may))
    labels = sparse_axis.time_axis(characters, look, look.px(BESIDE))
    below = sparse_axis.margin(characters, look, look.px(BESIDE))
    return look.draw(
        look.height(SIDE) + below + look.px(8),
        [cells, _rings(zeros, look)],
        margin={"l": look.px(8), "r": look.px(8), "t": look.px(8), "b": below},
        shapes=[_staircase(side, len(values), look)] if side != "scores" else [_diagonal(len(values), look)],
        xaxis=labels | {"range": [0.5, len(values) + 0.5], "constrain": "domain"},
        yaxis=_rows(side, characters) | {"scaleanchor": "x", "constrain": "domain"},
    )


def _rings(where: Mask, look: Theme) -> Part:
    """What is exactly 0 though it need not be: float64 has no smaller number."""
    rows, columns = np.nonzero(where)
    return {
        "type": "scatter",
        "mode": "markers",
        "x": (columns + 1).astype(np.int16),
        "y": (rows + 1).astype(np.int16),
        "hoverinfo": "skip",
        "marker": look.dot(look["edge"], 3, log_axis.sign("zero")[1], width=0.75),
    }


def _staircase(side: Side, steps: int, look: Theme) -> Part:
    """The line at which what a direction has yet to read begins."""
    corners = [(step + at, step + 0.5) for step in range(steps) for at in (0.5, 1.5)]
    if side == "backward":
        corners = [(y, x) for x, y in corners]
    path = "M " + " L ".join(f"{x:g},{y:g}" for x, y in corners)
    return {"type": "path", "path": path, "line": look.stroke(look["edge"] if steps <= FEW else look["line"])}


def _diagonal(steps: int, look: Theme) -> Part:
    """Where one direction's side meets the other's."""
    ends = {"x0": 0.5, "y0": 0.5, "x1": steps + 0.5, "y1": steps + 0.5}
    return {"type": "line", "line": look.stroke(look["edge"], 1, "dot"), **ends}


def _rows(side: Side, characters: Characters) -> Part:
    shown = sparse_axis.shown(len(characters.tokens))
    symbol = ROWS[side]
    letter, prime = symbol[0], symbol[1:]
    names = {step: f"<i>{letter}</i>{prime}<sub>{step}</sub>" for step in range(1, len(characters.tokens) + 1)}
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [names[step] for step in shown],
        "labelalias": {str(step): name for step, name in names.items()},
        "range": [len(characters.tokens) + 0.5, 0.5],
    }


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
    share = right / (left + right)
    return text("influence_sides.both", lang, right=hundredths(share), left=hundredths(1 - share))


def _legend(side: Side, allowed: Float64, ends: tuple[float, float], lang: str) -> Legend:
    low, high = (power(end) for end in ends)
    marks = list(log_axis.legend([allowed], lang))
    if side != "scores":
        marks.append(Mark("□", text("influence_sides.bare", lang)))
    below = ((allowed > 0) & (allowed < 10.0 ** ends[0])).any()
    above = (allowed > 10.0 ** ends[1]).any()
    return Legend(SYMBOLS[side], SCALE, f"≤ {low}" if below else low, f"≥ {high}" if above else high, tuple(marks))


def _table(side: Side, values: Float64, characters: Characters) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row what is moved, a column an input."""
    head: dict[str, tuple[object, ...] | np.ndarray] = {
        text("influence_sides.moved", characters.lang): tuple(f"{ROWS[side]}{t}" for t in range(1, len(values) + 1))
    }
    inputs = {f"x{s} {glyph}": values[:, s - 1] for s, glyph in enumerate(characters.tokens, 1)}
    return MappingProxyType({**head, **inputs})
