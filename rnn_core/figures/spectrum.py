"""Eigenvalues beside the unit circle: of the blocks of W_hh as rings, of the real steps as dots."""

from __future__ import annotations

from math import ceil
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import joined, number
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import LINES
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

    Complex = NDArray[np.complex128]
    Float64 = NDArray[np.float64]

HEIGHT = 300
SPAN = 1.6  # of the axes: the unit circle with room around it; more only if an eigenvalue lies beyond
WIDE = 2.5  # of the axes, beyond which the circle has no room for its name beside it; the line below the chart has it
MOST = 60  # so many steps have their dots drawn
OPACITY = 0.45  # of one dot
NAMED = 8  # so many steps stand under the pointer
RINGS = (("circle-open", "○"), ("square-open", "□"), ("diamond-open", "◇"), ("triangle-up-open", "△"))


def spectrum(
    cell: Cell,
    blocks: Mapping[str, Complex],
    steps: Complex,
    widths: Mapping[str, float],
    stretch: Float64,
    *,
    lang: str,
    theme: Theme,
    suffix: str = "",
) -> Picture:
    """Eigenvalues on the complex plane; the largest singular values, which decide what a step can stretch, are said.

    Args:
        cell: whose.
        blocks: (H,) for each block of W_hh, by the quantity that the block drives; nothing of a cell that has none.
        widths: the largest singular value of each block.
        stretch: (T,), that of each step that was computed, NaN elsewhere.
        steps: (T, N), those of ∂(state at t)/∂(state before) at each step; NaN where a step has none.
        lang: the reader's language.
        theme: light or dark, and how large.
        suffix: for the picture's key.
    """
    marks = [
        Mark(glyph, name, color)
        for name, (_, glyph), color in zip(_names(blocks, lang), RINGS, LINES[theme.mode], strict=False)
    ]
    each = Mark("●", text(f"spectrum.step_{cell}", lang), theme.text(cell))
    return Picture(
        key=f"eigenvalues_{cell}{suffix}",
        figure=_draw(cell, blocks, steps, lang, theme),
        title=text("spectrum.title" if blocks else "spectrum.title_steps", lang, cell=called(cell, lang)),
        finding=_finding(blocks, steps, widths, stretch, lang),
        method=_method(steps, lang, of_steps=not blocks),
        legend=Legend("<i>λ</i>", None, marks=(*marks, each)),
        table=_table(blocks, steps, lang),
    )


def _names(blocks: Mapping[str, Complex], lang: str) -> list[str]:
    """What the blocks are called; where there is one, it is Wₕₕ itself."""
    if len(blocks) == 1:
        return ["Wₕₕ"]
    return [text("spectrum.block", lang, name=text(f"quantities.{key}.name", lang)) for key in blocks]


def _draw(cell: Cell, blocks: Mapping[str, Complex], steps: Complex, lang: str, theme: Theme) -> go.Figure:
    places = np.arange(0, len(steps), _every(len(steps)))
    places = places[np.isfinite(steps[places]).all(axis=1)]
    shown = steps[places]
    every = np.concatenate([shown.ravel(), *blocks.values()])
    span = max(SPAN, ceil(2.1 * max(np.abs(every.real).max(), np.abs(every.imag).max())) / 2)
    traces: list[Part] = [_dots(cell, shown, places, 2 * span / HEIGHT, lang, theme)]
    rows = zip(_names(blocks, lang), blocks.values(), RINGS, LINES[theme.mode], strict=False)
    for name, values, (symbol, _), color in rows:
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "x": values.real,
                "y": values.imag,
                "name": name,
                "marker": theme.dot(color, 10 if len(blocks) == 1 else 8, symbol, width=2 if len(blocks) == 1 else 1.5),
                "hovertemplate": f"{name}<br>%{{x:.4~f}} %{{y:+.4~f}}i<extra></extra>",
            }
        )
    circle = {"type": "circle", "x0": -1, "x1": 1, "y0": -1, "y1": 1, "layer": "below", "fillcolor": theme["surface"]}
    circle_name = theme.label("|<i>λ</i>| = 1", "muted", x=0.74, y=0.74, xanchor="left", yanchor="bottom")
    ends: Part = {"range": [-span, span], "constrain": "domain", "tickmode": "array", "tickvals": [-1, 0, 1]}
    return theme.draw(
        theme.height(HEIGHT),
        traces,
        shapes=[circle | {"line": theme.stroke(theme["edge"], 1.5)}],
        annotations=[circle_name] if span <= WIDE else [],
        xaxis=ends | {"ticktext": ["−1", "0", "1"]},
        yaxis=ends | {"ticktext": ["−<i>i</i>", "0", "<i>i</i>"], "scaleanchor": "x"},
    )


def _every(steps: int) -> int:
    """Each how manieth step is drawn, so that a long sentence stays quick."""
    return ceil(steps / MOST)


def _dots(cell: Cell, shown: Complex, places: NDArray[np.int64], pixel: float, lang: str, theme: Theme) -> Part:
    """The eigenvalues of the shown steps. What falls on one pixel is one dot, as dark as all of them on each other.

    Words that come again have the same ones, and a browser is slow with thousands of dots.
    """
    values, steps = shown.ravel(), np.repeat(places + 1, shown.shape[1])
    spots = np.round(values.real / pixel) + 1j * np.round(values.imag / pixel)
    _, first, which, counts = np.unique(spots, return_index=True, return_inverse=True, return_counts=True)
    spot, at = np.divmod(np.unique(which * (steps.max(initial=0) + 1) + steps), steps.max(initial=0) + 1)
    there = np.split(at, np.searchsorted(spot, np.arange(1, len(first))))
    return {
        "type": "scatter",
        "mode": "markers",
        "x": values[first].real.astype(np.float32),
        "y": values[first].imag.astype(np.float32),
        "customdata": [", ".join(map(str, each[:NAMED])) + (", …" if len(each) > NAMED else "") for each in there],
        "name": text(f"spectrum.step_{cell}", lang),
        # n times α over each other: 1 − (1 − α)ⁿ
        "marker": theme.dot(theme.mark(cell), 5, width=0)
        | {"opacity": (1 - (1 - OPACITY) ** counts).astype(np.float32)},
        "hovertemplate": "t = %{customdata}<br>%{x:.4~f} %{y:+.4~f}i<extra></extra>",
    }


def _finding(
    blocks: Mapping[str, Complex], steps: Complex, widths: Mapping[str, float], stretch: Float64, lang: str
) -> str:
    """ρ beside σ_max: of W_hh, of each of its blocks where there are several, and of the steps."""
    places = {key: (number(float(np.abs(values).max())), number(widths[key])) for key, values in blocks.items()}
    said = ""
    if len(places) == 1:
        ((radius, width),) = places.values()
        said = text("spectrum.matrix", lang, radius=radius, width=width)
    elif places:
        sizes = [
            text("spectrum.radius", lang, name=text(f"quantities.{key}.name", lang), radius=radius, width=width)
            for key, (radius, width) in places.items()
        ]
        said = text("spectrum.blocks", lang, radii=text("figures.list", lang).join(sizes))
    known = np.isfinite(steps)
    if not known.any():
        return joined([*filter(None, [said]), text("spectrum.no_steps", lang)], lang)
    found = [*filter(None, [said]), text("spectrum.steps", lang, radius=number(float(np.abs(steps[known]).max())))]
    if np.isfinite(stretch).any():
        found.append(text("spectrum.widest", lang, width=number(float(np.nanmax(stretch)))))
    return joined(found, lang)


def _method(steps: Complex, lang: str, *, of_steps: bool) -> str:
    """How it was drawn, and of how many of the steps: some are left out of the drawing, some have no values at all."""
    shown = int(np.isfinite(steps[:: _every(len(steps))]).all(axis=1).sum())
    known = int(np.isfinite(steps).all(axis=1).sum())
    if of_steps:
        return text("spectrum.method_steps", lang, steps=len(steps), shown=shown)
    kind = "" if shown == len(steps) else "_some" if shown == known else "_drawn"
    return text(f"spectrum.method{kind}", lang, steps=len(steps), shown=shown, known=known)


def _table(blocks: Mapping[str, Complex], steps: Complex, lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row an eigenvalue: the blocks' first, then those of all steps that have any."""
    known = np.flatnonzero(np.isfinite(steps).all(axis=1))
    of = [name for name, values in zip(_names(blocks, lang), blocks.values(), strict=True) for _ in values]
    of += [f"t = {step + 1}" for step in known for _ in range(steps.shape[1])]
    values = np.concatenate([*blocks.values(), steps[known].ravel()])
    columns = (values.real, values.imag, np.abs(values))
    names = ("real", "imaginary", "size")
    head: dict[str, tuple[object, ...] | np.ndarray] = {text("spectrum.of", lang): tuple(of)}
    return MappingProxyType(
        head | {text(f"spectrum.{name}", lang): column for name, column in zip(names, columns, strict=True)}
    )
