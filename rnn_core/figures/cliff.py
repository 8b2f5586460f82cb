"""The loss of a network of one unit as a map, with two descents on it, and its cliff in section beside it."""

from __future__ import annotations

from math import floor
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import power
from rnn_core.gradients.cliff import START, STEPS, TARGET
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.gradients.cliff import Descent, Surface

    Float64 = NDArray[np.float64]

HEIGHT = 380
DECADES = (-4, 0.5)  # of the colours; (1 + target)² is the most that the loss can be
MAP, SECTION = (0.0, 0.74), (0.82, 1.0)  # shares of the width
NIGHT, DAWN, ALARM, PAPER = "#0F1318", "#FFB000", "#FF5D73", "#E6EAF0"  # on any colour of the map: a casing, two hues
AWAY = {"left": "triangle-left", "right": "triangle-right", "down": "triangle-down", "up": "triangle-up"}


def cliff(surface: Surface, free: Descent, clipped: Descent, limit: float, *, lang: str, theme: Theme) -> Picture:
    """The loss over (w, b), and where descent leads with its gradient shortened to `limit`, and as it comes."""
    column = int(np.argmin(np.abs(surface.w - free.w[_steepest(surface, free)])))
    low, high = (power(end) for end in DECADES)
    return Picture(
        key="cliff",
        figure=_draw(surface, free, clipped, column, lang, theme),
        title=text("cliff.title", lang),
        finding=_finding(surface, free, clipped, lang),
        method=text("cliff.method", lang, steps=STEPS, start=START, target=TARGET, limit=f"{limit:g}"),
        legend=Legend("<i>L</i>", "size", f"≤ {low}", high, (Mark("┊", text("cliff.section", lang)),)),
        table=_table(free, clipped, lang),
    )


def _inside(surface: Surface, way: Descent) -> int:
    """How many places of a descent lie in the frame before it first leaves it."""
    (left, right), (down, up) = _frame(surface)
    inside = (way.w >= left) & (way.w <= right) & (way.b >= down) & (way.b <= up)
    return len(inside) if inside.all() else int(np.argmin(inside))


def _frame(surface: Surface) -> tuple[tuple[float, float], tuple[float, float]]:
    return (float(surface.w[0]), float(surface.w[-1])), (float(surface.b[0]), float(surface.b[-1]))


def _steepest(surface: Surface, way: Descent) -> int:
    """The place in the frame where the gradient is largest."""
    return int(np.nanargmax(way.gradient[: max(_inside(surface, way), 1)]))


def _draw(surface: Surface, free: Descent, clipped: Descent, column: int, lang: str, theme: Theme) -> go.Figure:
    (left, right), (down, up) = _frame(surface)
    section = surface.loss[:, column]
    traces = [_map(surface, theme)]
    notes: list[Part] = []
    for way, name, color, symbol in ((clipped, "clipped", DAWN, "circle"), (free, "free", ALARM, "square")):
        drawn, note = _path(surface, way, text(f"cliff.{name}", lang), color, symbol, theme)
        traces += drawn
        notes += note
    traces.append(_section(surface.b, section, theme))
    notes.append(_chip(text("cliff.start", lang), PAPER, (float(free.w[0]), float(free.b[0])), False, "", theme))
    cut = {"type": "line", "x0": surface.w[column], "x1": surface.w[column], "y0": down, "y1": up}
    most = float(surface.loss.max())
    return theme.draw(
        theme.height(HEIGHT),
        traces,
        annotations=notes,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": theme.px(52)},
        shapes=[cut | {"line": theme.stroke(theme["bg"], 1.5, "dot")}],
        xaxis={"title": {"text": "<i>w</i>"}, "range": [left, right], "domain": list(MAP), "nticks": 5},
        yaxis={"title": {"text": "<i>b</i>"}, "range": [down, up], "nticks": 5},
        xaxis2={
            "title": {"text": f"<i>L</i> (<i>w</i> = {surface.w[column]:.2f})"},
            "range": [-0.05 * most, 1.06 * most],
            "domain": list(SECTION),
            "tickmode": "array",
            "tickvals": list(range(floor(most) + 1)),
        },
    )


def _map(surface: Surface, theme: Theme) -> Part:
    with np.errstate(divide="ignore"):
        z = np.maximum(np.log10(surface.loss), DECADES[0])
    return {
        "type": "heatmap",
        "x": surface.w,
        "y": surface.b,
        "z": z.astype(np.float32),
        "customdata": surface.loss.astype(np.float32),
        "zmin": DECADES[0],
        "zmax": DECADES[1],
        "colorscale": theme.colorscale("size"),
        "showscale": False,
        "zsmooth": "best",
        "name": "L",
        "hovertemplate": "<i>w</i> = %{x:.2f}, <i>b</i> = %{y:.2f}<br><i>L</i> = %{customdata:.3~g}<extra></extra>",
    }


def _section(b: Float64, loss: Float64, theme: Theme) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": loss,
        "y": b,
        "xaxis": "x2",
        "name": "section",
        "line": theme.stroke(theme["ink"], 2.5),
        "hovertemplate": "<i>b</i> = %{y:.2f}<br><i>L</i> = %{x:.4~g}<extra></extra>",
    }


def _path(
    surface: Surface, way: Descent, name: str, color: str, symbol: str, theme: Theme
) -> tuple[list[Part], list[Part]]:
    """One descent as far as it stays in the frame, with its name, and an arrow to where it went if it left."""
    count = _inside(surface, way)
    if count == 0:
        return [], []
    x, y = way.w[:count], way.b[:count]
    sizes, symbols, label, edge = [6.0] * count, [symbol] * count, f"<b>{name}</b>", ""
    if count < len(way.w):
        (end_x, end_y), edge = _exit(surface, way, count)
        x, y = np.append(x, end_x), np.append(y, end_y)
        sizes, symbols = [*sizes, 14.0], [*symbols, AWAY[edge]]
        label += f"<br>→ ({_coordinate(way.w[count])}, {_coordinate(way.b[count])})"
    traces: list[Part] = []
    for wide, shade in ((2, NIGHT), (0, color)):  # the casing first
        marker = {
            "color": shade,
            "size": [theme.px(size + wide) for size in sizes],
            "symbol": symbols,
            "line": {"width": 0},
        }
        traces.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "x": x,
                "y": y,
                "name": name,
                "line": theme.stroke(shade, 3 + wide),
                "marker": marker | {"opacity": 1},
                "hoverinfo": "skip",
            }
        )
    (left, right), _ = _frame(surface)
    return traces, [_chip(label, color, (float(x[-1]), float(y[-1])), x[-1] < (left + right) / 2, edge, theme)]


def _exit(surface: Surface, way: Descent, count: int) -> tuple[tuple[float, float], str]:
    """Where the step out of the frame crosses its edge (a little before), and which edge that is."""
    (left, right), (down, up) = _frame(surface)
    x, y = float(way.w[count - 1]), float(way.b[count - 1])
    moves = float(way.w[count]) - x, float(way.b[count]) - y
    ways = [
        ((right if moves[0] > 0 else left) - x, moves[0], "right" if moves[0] > 0 else "left"),
        ((up if moves[1] > 0 else down) - y, moves[1], "up" if moves[1] > 0 else "down"),
    ]
    share, edge = min((room / move, edge) for room, move, edge in ways if move)
    return (x + moves[0] * share * 0.97, y + moves[1] * share * 0.97), edge


def _coordinate(value: float) -> str:
    """A coordinate beside an arrow: whole where it is far away."""
    return number(float(value)) if abs(value) < 10 or not np.isfinite(value) else f"{value:,.0f}".replace("-", "−")


def _chip(label: str, color: str, place: tuple[float, float], left: bool, edge: str, theme: Theme) -> Part:
    """A name on a dark ground: over its place, or beside it on the inner side where that is at an edge."""
    sides = {"down": ("bottom", 0.0), "up": ("top", 0.0), "": ("bottom", 12.0)}
    yanchor, yshift = sides.get(edge, ("middle", 0.0))
    return theme.label(
        label,
        color,
        x=place[0],
        y=place[1],
        xanchor=("left" if left else "right") if edge else "center",
        xshift=theme.px(14 if left else -14) if edge else 0,
        yanchor=yanchor,
        yshift=theme.px(yshift),
        bgcolor=NIGHT,
        borderpad=theme.px(3),
    )


def _finding(surface: Surface, free: Descent, clipped: Descent, lang: str) -> str:
    count = _inside(surface, free)
    if 0 < count < len(free.w):
        where = {"w": _coordinate(free.w[count]), "b": _coordinate(free.b[count])}
        length = float(np.hypot(free.w[count] - free.w[count - 1], free.b[count] - free.b[count - 1]))
        steep = _large(float(np.nanmax(free.gradient[:count])))
        went = text("cliff.thrown", lang, gradient=steep, step=count, length=_large(length), **where)
    else:
        steep = _large(float(np.nanmax(free.gradient)))
        went = text("cliff.stays" if count else "cliff.outside", lang, gradient=steep)
    ends = {name: number(float(way.loss[-1])) for name, way in (("clipped", clipped), ("free", free))}
    return text("figures.join", lang, first=went, second=text("cliff.ends", lang, **ends))


def _large(size: float) -> str:
    """A size, whole where it is large."""
    return _coordinate(size) if size >= 10 else number(size)


def _table(free: Descent, clipped: Descent, lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row a place: both descents, one after the other."""
    ways = (("clipped", clipped), ("free", free))
    names = tuple(text(f"cliff.{name}", lang) for name, way in ways for _ in way.w)
    steps = np.concatenate([np.arange(len(way.w)) for _, way in ways])
    head: dict[str, tuple[object, ...] | np.ndarray] = {
        text("cliff.descent", lang): names,
        text("cliff.update", lang): steps,
    }
    values = {
        "w": np.concatenate([way.w for _, way in ways]),
        "b": np.concatenate([way.b for _, way in ways]),
        "L": np.concatenate([way.loss for _, way in ways]),
        "‖∇L‖": np.concatenate([way.gradient for _, way in ways]),
    }
    return MappingProxyType(head | values)
