"""How often a whole output is right, by how long or hard the input is: a line a network, with its intervals."""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import lines
from rnn_core.figures.captions import hundredths, percent
from rnn_core.figures.drawn import Drawn
from rnn_core.figures.picture import Picture
from rnn_core.figures.theme import DASHES, LINES, SYMBOLS
from rnn_core.messages import text
from rnn_core.statistics import intervals

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Float64 = NDArray[np.float64]

COLORS = (5, 2, 3)  # of `LINES`, by style: what has no attention is grey
STYLES = (1, 0, 3)  # of `DASHES` and `SYMBOLS`, likewise
BESIDE = 0.36  # of the extent of the lengths: room for the names at the right
QUARTERS = (0, 0.25, 0.5, 0.75, 1)


@dataclass(frozen=True)
class Counts:
    """How many outputs of one network were right, by the input.

    Attributes:
        name: what readers call the network.
        lengths: 1, 2, …: what the inputs are grouped by.
        right: right outputs in each group.
        total: inputs in each group.
        style: 0 for a network without attention, 1 and 2 for two with.
    """

    name: str
    lengths: tuple[int, ...]
    right: tuple[int, ...]
    total: tuple[int, ...]
    style: int = 0

    def __post_init__(self) -> None:
        if not len(self.lengths) == len(self.right) == len(self.total) or not self.lengths:
            raise KiokuError("figure_counts", lengths=len(self.lengths), right=len(self.right), total=len(self.total))

    @property
    def shares(self) -> Float64:
        """The share of right outputs in each group; nan where there were no inputs."""
        return intervals.shares(self.right, self.total)

    def off(self, guess: Sequence[float]) -> float:
        """How far guessed shares are from these on average; the first one was given, so it does not count."""
        return float(np.abs(np.subtract(guess, self.shares))[1:].mean())


def bottleneck(
    counted: Sequence[Counts],
    trained: int,
    unit: str,
    updates: Sequence[int],
    *,
    lang: str,
    theme: Theme,
    guess: Sequence[float] | None = None,
    chosen: int | None = None,
) -> Picture:
    """Whole outputs right, by how long the input is.

    Args:
        counted: the networks, the one that the reader guesses at first.
        trained: the longest input that training has shown; what is longer is tinted and named.
        unit: by what the length is counted, "words" or "names".
        updates: after how many the training of each network ended, when its held-out loss had stopped falling.
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: the shares that the reader expected of the first network, one a length.
        chosen: the length of the input that the page shows, marked.
    """
    plain, *others = counted
    axis = f"bottleneck.axis.{unit}"
    return Picture(
        key="bottleneck",
        figure=_numbered(_draw(counted, trained, guess, chosen, text(axis, lang), lang, theme), plain),
        title=text("bottleneck.title", lang),
        finding=_finding(plain, others, trained, unit, lang),
        method=_method(counted, updates, lang),
        legend=None,
        table=_table(counted, text(axis, lang), lang),
    )


def accuracy_by_kanji(counted: Sequence[Counts], *, lang: str, theme: Theme, chosen: int | None = None) -> Picture:
    """Whole outputs right, by how many kanji a name has; the other arguments are those of `bottleneck`."""
    first, axis = counted[0], text("bottleneck.axis.kanji", lang)
    worst = int(np.nanargmin(first.shares))
    said = text(
        "bottleneck.kanji",
        lang,
        share=percent(sum(first.right) / max(sum(first.total), 1), lang),
        total=f"{sum(first.total):,}",
        worst=first.lengths[worst],
        worst_share=percent(float(first.shares[worst]), lang),
    )
    return Picture(
        key="accuracy_by_kanji",
        figure=_numbered(_draw(counted, max(first.lengths), None, chosen, axis, lang, theme), first),
        title=text("bottleneck.kanji_title", lang),
        finding=said,
        method=text("bottleneck.kanji_method", lang),
        legend=None,
        table=_table(counted, axis, lang),
    )


def _numbered(figure: Drawn, one: Counts) -> Drawn:
    """The same with the number of inputs under each length: few of them say little."""
    labels = [f"{length}<br>{total}" for length, total in zip(one.lengths, one.total, strict=True)]
    layout = figure.parts["layout"]
    return Drawn({**figure.parts, "layout": {**layout, "xaxis": {**layout["xaxis"], "ticktext": labels}}})


def _draw(
    counted: Sequence[Counts],
    trained: int,
    guess: Sequence[float] | None,
    chosen: int | None,
    axis: str,
    lang: str,
    theme: Theme,
) -> go.Figure:
    lengths = counted[0].lengths
    first, last = lengths[0], lengths[-1]
    traces: list[Part] = [] if guess is None else [_guess(lengths, guess, lang, theme)]
    for one in reversed(counted):
        traces += _line(one, theme)
    beyond = [] if trained >= last else [_tint(trained + 0.5, last + 0.5, theme)]
    marked = [] if chosen not in lengths else [_chosen(chosen, theme)]
    names = lines.names(
        [one.name for one in counted],
        [_color(one, theme) for one in counted],
        [float(np.nan_to_num(one.shares[-1])) for one in counted],
        (0.0, 1.0),
        theme,
    )
    way = max(last - first, 1)
    end = last + 0.05 * way
    return theme.draw(
        theme.height(lines.HEIGHT) + theme.px(72),
        traces,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(24), "b": theme.px(64)},
        hovermode="x unified",
        shapes=[*beyond, *marked],
        annotations=[*_at(names, end), *_beyond(beyond, trained, lang, theme)],
        xaxis={
            "tickmode": "array",
            "tickvals": list(lengths),
            "range": [first - 0.5, last + max(0.5, BESIDE * way)],
            "title": {"text": text("bottleneck.counted", lang, axis=axis)},
        },
        yaxis={"range": [-0.04, 1.06], "tickvals": list(QUARTERS), "tickformat": ".0%", "showgrid": True},
    )


def _at(names: list[Part], end: float) -> list[Part]:
    """The names of the lines where the lines end, not at the edge of the paper."""
    return [name | {"x": end, "xref": "x", "xshift": 0} for name in names]


def _color(one: Counts, theme: Theme) -> str:
    return LINES[theme.mode][COLORS[one.style]]


def _line(one: Counts, theme: Theme) -> list[Part]:
    """A network's line over the band of its intervals."""
    low, high = intervals.wilson(one.right, one.total)
    color, style = _color(one, theme), STYLES[one.style]
    x = np.array(one.lengths, np.int16)
    band: Part = {
        "type": "scatter",
        "mode": "lines",
        "x": np.concatenate([x, x[::-1]]),
        "y": np.concatenate([high, low[::-1]]),
        "fill": "toself",
        "fillcolor": color,
        "opacity": 0.18,
        "line": {"width": 0},
        "name": "interval",
        "hoverinfo": "skip",
    }
    line: Part = {
        "type": "scatter",
        "mode": "lines+markers",
        "x": x,
        "y": one.shares,
        "name": one.name,
        "line": theme.stroke(color, 2.5, DASHES[style]),
        "marker": theme.dot(color, 8, SYMBOLS[style], rim=theme["bg"], width=1),
        "customdata": np.stack([one.right, one.total], axis=1),
        "text": [f"{hundredths(float(share), 1)}%" for share in one.shares],
        "hovertemplate": f"{one.name}: %{{text}} (%{{customdata[0]}} / %{{customdata[1]}})<extra></extra>",
    }
    return [band, line]


def _guess(lengths: Sequence[int], guess: Sequence[float], lang: str, theme: Theme) -> Part:
    return {
        "type": "scatter",
        "mode": "lines",
        "x": np.array(lengths[: len(guess)], np.int16),
        "y": np.array(guess, np.float64),
        "name": text("bottleneck.guess", lang),
        "line": theme.stroke(theme["edge"], 7),
        "opacity": 0.45,
        "hovertemplate": f"{text('bottleneck.guess', lang)}: %{{y:.0%}}<extra></extra>",
    }


def _tint(start: float, end: float, theme: Theme) -> Part:
    sides = {"x0": start, "x1": end, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "rect", "layer": "below", "fillcolor": theme["surface"], "line": {"width": 0}, **sides}


def _chosen(length: int, theme: Theme) -> Part:
    sides = {"x0": length, "x1": length, "yref": "paper", "y0": 0, "y1": 1}
    return {"type": "line", "name": "chosen", "layer": "below", "line": theme.stroke(theme["edge"], 1, "dot"), **sides}


def _beyond(beyond: list[Part], trained: int, lang: str, theme: Theme) -> list[Part]:
    if not beyond:
        return []
    said = text("bottleneck.beyond", lang)
    return [theme.label(said, "muted", x=trained + 0.5, xanchor="left", yref="paper", y=1, yanchor="bottom")]


def _method(counted: Sequence[Counts], updates: Sequence[int], lang: str) -> str:
    """On what was measured, and how long the training was."""
    each = [_share(one, f"{number:,}", lang) for one, number in zip(counted, updates, strict=True)]
    return text("bottleneck.method", lang, count=min(counted[0].total), updates=text("figures.list", lang).join(each))


def _share(one: Counts, share: str, lang: str) -> str:
    return text("bottleneck.share", lang, name=one.name, share=share)


def _finding(plain: Counts, others: Sequence[Counts], trained: int, unit: str, lang: str) -> str:
    """At the longest counted input that is no longer than the trained ones, and at the longest beyond them."""
    at = max((at for at, length in enumerate(plain.lengths) if length <= trained), default=0)
    message = "at" if plain.lengths[at] == trained else "longer"  # the longest trained may be too rare to be counted
    said = _at_length(plain, others, at, f"bottleneck.{message}.{unit}", lang)
    if plain.lengths[-1] > trained:
        beyond = _at_length(plain, others, len(plain.lengths) - 1, f"bottleneck.longer.{unit}", lang)
        said = text("figures.join", lang, first=said, second=beyond)
    return said


def _at_length(plain: Counts, others: Sequence[Counts], at: int, message: str, lang: str) -> str:
    rates = [_share(one, percent(float(one.shares[at]), lang), lang) for one in (plain, *others)]
    return text(message, lang, length=plain.lengths[at], shares=text("figures.list", lang).join(rates))


def _table(counted: Sequence[Counts], axis: str, lang: str) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    columns: dict[str, tuple[object, ...] | np.ndarray] = {axis: counted[0].lengths}
    for one in counted:
        columns |= {
            one.name: tuple(round(float(share), 4) for share in one.shares),
            text("bottleneck.right", lang, name=one.name): one.right,
            text("bottleneck.total", lang, name=one.name): one.total,
        }
    return MappingProxyType(columns)
