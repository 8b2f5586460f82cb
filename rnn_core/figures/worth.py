"""How good a network is at its use: its figure on held-out data with its interval, beside what needs no network."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import number, percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

ROW, FOOT = 52, 44  # px: of a row, for a name above its line and a figure below it
GUESS = "▼"


@dataclass(frozen=True)
class Measured:
    """One line: who was measured, and what came out.

    Attributes:
        name: what a reader calls it, plain text of ours.
        value: its figure on held-out data.
        low, high: the ends of its 95 % interval; None where it has none.
        cell: of a recurrent network, its cell; None for what is compared with it, a baseline.
        shown: whether it is the network that the page shows.
    """

    name: str
    value: float
    low: float | None = None
    high: float | None = None
    cell: Cell | None = None
    shown: bool = False

    @property
    def ends(self) -> tuple[float, float]:
        """The interval, or the figure alone."""
        return (self.value if self.low is None else self.low, self.value if self.high is None else self.high)


def worth(
    lines: Sequence[Measured],
    *,
    measure: str,
    method: str,
    share: bool,
    most_is_best: bool,
    guess: float | None = None,
    lang: str,
    theme: Theme,
) -> Picture:
    """A row each: the figure as a point, its interval as a line.

    Args:
        lines: networks and baselines, at least one of each, in the order shown.
        measure: what the figure is called.
        method: how it was measured, a finished sentence.
        share: whether it is a share, shown as percent.
        most_is_best: whether more is better.
        guess: what the reader expected of the network that is shown; None for no guess.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    said = [percent(line.value, lang, 1) if share else number(line.value) for line in lines]
    return Picture(
        key="worth",
        figure=_draw(lines, said, measure, guess, theme, share=share),
        title=text("worth.title", lang, measure=measure),
        finding=_finding(lines, said, lang, most_is_best=most_is_best),
        method=text("worth.method", lang, method=method),
        legend=None if guess is None else Legend("", None, marks=(Mark(GUESS, text("worth.guess", lang)),)),
        table=MappingProxyType(
            {
                text("worth.column.name", lang): tuple(line.name for line in lines),
                measure: tuple(line.value for line in lines),
                text("worth.column.low", lang): tuple("" if line.low is None else line.low for line in lines),
                text("worth.column.high", lang): tuple("" if line.high is None else line.high for line in lines),
            }
        ),
    )


def _finding(lines: Sequence[Measured], said: Sequence[str], lang: str, *, most_is_best: bool) -> str:
    """The best network beside the best baseline, and whether their intervals have anything in common."""

    def best(which: Sequence[int]) -> int:
        return max(which, key=lambda at: lines[at].value if most_is_best else -lines[at].value)

    network = best([at for at, line in enumerate(lines) if line.cell])
    baseline = best([at for at, line in enumerate(lines) if not line.cell])
    (low, high), (other_low, other_high) = lines[network].ends, lines[baseline].ends
    above, below = low > other_high, high < other_low
    verdict = "level" if not (above or below) else "ahead" if above == most_is_best else "behind"
    return text(
        f"worth.{verdict}",
        lang,
        network=lines[network].name,
        value=said[network],
        baseline=lines[baseline].name,
        other=said[baseline],
    )


def _draw(
    lines: Sequence[Measured], said: Sequence[str], measure: str, guess: float | None, theme: Theme, *, share: bool
) -> go.Figure:
    ends = np.array([line.ends for line in lines])
    marked = np.array([] if guess is None else [guess])
    least, most = (float(end([*ends.ravel(), *marked])) for end in (np.min, np.max))
    width = most - least or 1.0
    names = [
        theme.label(f"<b>{line.name}</b>" if line.shown else line.name, x=0, xref="paper", xanchor="left", y=at)
        | {"yanchor": "bottom", "yshift": theme.px(5)}
        | {"font": theme.font(LABEL) | {"color": theme.text(line.cell) if line.cell else theme["muted"]}}
        for at, line in enumerate(lines)
    ]
    rails: list[Part] = [
        {"type": "line", "xref": "paper", "x0": 0, "x1": 1, "y0": at, "y1": at, "layer": "below"}
        | {"line": theme.stroke(theme["line"], 1)}
        for at in range(len(lines))
    ]
    return theme.draw(
        theme.height(ROW * len(lines)) + theme.px(FOOT),
        [_points(lines, ends, said, measure, theme), *_guessed(lines, marked, theme)],
        margin={"l": theme.px(8), "r": theme.px(64), "t": theme.px(16), "b": theme.px(FOOT)},
        annotations=names,
        shapes=rails,
        xaxis={
            "range": [least - 0.08 * width, most + 0.08 * width],
            "tickformat": ".0%" if share else "",
            "title": {"text": measure},
        },
        yaxis={"range": [len(lines) - 0.6, -0.9], "showticklabels": False},
    )


def _guessed(lines: Sequence[Measured], marked: np.ndarray, theme: Theme) -> list[Part]:
    """The reader's guess, over the network that is shown; nothing without one."""
    if not len(marked):
        return []
    shown = next(at for at, line in enumerate(lines) if line.shown)
    marker = theme.dot(theme["bg"], 12, "triangle-down", theme["ink"])
    drawn: Part = {"type": "scatter", "mode": "markers", "x": marked, "y": np.array([shown - 0.16]), "marker": marker}
    return [{**drawn, "hovertemplate": f"{GUESS} %{{x:.3~g}}<extra></extra>"}]


def _points(lines: Sequence[Measured], ends: np.ndarray, said: Sequence[str], measure: str, theme: Theme) -> Part:
    values = np.array([line.value for line in lines])
    colors = [theme.mark(line.cell) if line.cell else theme["muted"] for line in lines]
    return {
        "type": "scatter",
        "mode": "markers+text",
        "name": measure,
        "x": values,
        "y": np.arange(len(lines), dtype=np.int16),
        "text": [f" {one}" for one in said],
        "textposition": "bottom right",
        "textfont": theme.font(),
        "cliponaxis": False,
        "error_x": {
            "type": "data",
            "symmetric": False,
            "array": ends[:, 1] - values,
            "arrayminus": values - ends[:, 0],
            "color": theme["edge"],
            "thickness": theme.px(1.5),
            "width": theme.px(4),
        },
        "marker": theme.dot("", 10)
        | {"color": colors, "symbol": ["circle" if line.cell else "diamond-open" for line in lines]}
        | {"line": {"color": colors, "width": theme.px(2)}},
        "hovertemplate": "%{text}<extra>%{fullData.name}</extra>",
    }
