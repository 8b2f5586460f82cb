"""The context vector as a sum: each source word's weight, its state times that weight, and what they add up to."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import columns, marks
from rnn_core.figures.captions import brief, number, percent
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import short
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]

WEIGHTS: Scale = "share"
STATES: Scale = "signed"
HEIGHT, BARS = 264, 96  # px: of the columns, of the bars over them
FEW = 12  # source words up to which each has its number over its bar
SYMBOL = "<i>α</i><sub>s</sub><i>h</i><sub>s</sub>"
LONGEST = 5  # characters of a word under its column


def context_vector(
    weights: Array,
    added: Array,
    context: Array,
    source: Words,
    written: str,
    *,
    theme: Theme,
    limit: float = 1.0,
    order: Sequence[int] | None = None,
    suffix: str = "",
) -> Picture:
    """How c_t = Σ_s α_ts h_s is made at one step.

    Args:
        weights: the step's α, (S,).
        added: what each word adds, α_s h_s, (S, H), as `alignment.parts` gives it.
        context: what the decoder received, (H,).
        source: the S words, and the reader's language.
        written: the word that is written with it.
        theme: light or dark, and how large.
        limit: the scale goes from −limit to limit.
        order: the units from top to bottom, 0-based; without it their own order.
        suffix: for the picture's key.

    Raises:
        KiokuError: not as many weights and columns as words, or not as many units as the context has.
    """
    if weights.shape != (len(source.tokens),) or added.shape != (len(source.tokens), *context.shape):
        raise KiokuError("figure_context", words=len(source.tokens), weights=weights.shape, states=added.shape)
    lang = source.lang
    units = columns.permutation(order, len(context))
    outliers = marks.Outliers.of(np.vstack([added, context]), -limit, limit)
    return Picture(
        key=f"context{suffix}",
        figure=_draw(weights, added, context, units, limit, source, theme),
        title=text("context_vector.title", lang),
        finding=_finding(weights, added, context, source, written) + outliers.said(lang),
        method=text("context_vector.method", lang, words=len(weights), units=len(context), dtype=context.dtype.name),
        legend=marks.legend(f"{SYMBOL}, <i>c</i>", STATES, (-limit, limit), outliers, lang),
        table=_table(added, context, source),
    )


def _draw(
    weights: Array, added: Array, context: Array, units: tuple[int, ...], limit: float, source: Words, theme: Theme
) -> go.Figure:
    steps, size = added.shape
    gap = np.full((1, size), np.nan)
    shown = np.concatenate([added, gap, context.astype(np.float64)[None]])[:, units]  # (S + 2, H)
    below = theme.px(LABEL * 2.2)
    height = theme.height(HEIGHT + BARS) + below
    split = HEIGHT / (HEIGHT + BARS)
    places = np.arange(1, steps + 3, dtype=np.int16)
    traces = [_states(shown, places, limit, theme), _bars(weights, places[:steps], theme)]
    signs = marks.Outliers.of(shown, -limit, limit).masks
    traces += marks.Outliers({kind: mask for kind, mask in signs.items() if kind != "nan"}).traces(theme, STATES, 5)
    return theme.draw(
        height,
        traces,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(16), "b": below},
        bargap=0.3,
        annotations=[
            theme.label("Σ →" if steps <= FEW else "Σ", x=steps + 1, y=size / 2, xanchor="center")
            | {"font": theme.font(18)}
        ],
        xaxis=_words_axis(source, theme) | {"anchor": "y"},
        yaxis=_unit_axis(units, source.lang) | {"domain": [0, split - 0.06]},
        yaxis2={
            "domain": [split, 1],
            "range": [0, 1.25],
            "tickvals": [0, 1],
            "title": {"text": "<i>α</i>"},
            "anchor": "x",
        },
    )


def _states(shown: Array, places: Array, limit: float, theme: Theme) -> Part:
    return {
        "type": "heatmap",
        "z": shown.T,
        "x": places,
        "y": np.arange(shown.shape[1], dtype=np.int16),
        "zmin": -limit,
        "zmax": limit,
        "colorscale": theme.colorscale(STATES),
        "showscale": False,
        "xgap": theme.px(4 if len(places) <= FEW + 2 else 1),
        "ygap": 0,
        "hoverongaps": False,
        "hovertemplate": f"%{{x}}<br>{SYMBOL}: %{{z:.5~g}}<extra></extra>",
    }


def _bars(weights: Array, places: Array, theme: Theme) -> Part:
    few = len(weights) <= FEW
    return {
        "type": "bar",
        "x": places,
        "y": weights,
        "yaxis": "y2",
        "marker": {
            "color": weights,
            "cmin": 0,
            "cmax": 1,
            "colorscale": theme.colorscale(WEIGHTS),
            "showscale": False,
            "line": {"color": theme["edge"], "width": theme.px(1)},
        },
        "text": [f"{brief(float(weight))}%" if weight >= 0.005 else "≈ 0" for weight in weights] if few else None,
        "textposition": "outside",
        "textfont": theme.font(),
        "cliponaxis": False,
        "hovertemplate": "%{x}<br>α = %{y:.5~f}<extra></extra>",
    }


def _words_axis(source: Words, theme: Theme) -> Part:
    """The words, and after a gap the context."""
    steps = len(source.tokens)
    every = -(-steps // FEW)
    shown = [*range(1, steps + 1, every), steps + 2]
    longest = LONGEST if every == 1 else LONGEST - 2
    labels = [short(source.tokens[step - 1], longest) for step in shown[:-1]]
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [*labels, "<b><i>c</i></b>"],
        "labelalias": {str(step): short(word) for step, word in enumerate(source.tokens, 1)} if every > 1 else None,
        "tickfont": theme.font(WORD if steps <= FEW // 2 else LABEL),
        "range": [0.5, steps + 2.5],
        "tickangle": 0,
    }


def _unit_axis(units: tuple[int, ...], lang: str) -> Part:
    last = len(units) - 1
    return {
        "tickmode": "array",
        "tickvals": [0, last] if last else [0],
        "ticktext": [str(units[at] + 1) for at in ((0, last) if last else (0,))],
        "range": [last + 0.5, -0.5],
        "title": {"text": text("figures.units", lang)},
    }


def _finding(weights: Array, added: Array, context: Array, source: Words, written: str) -> str:
    lang = source.lang
    best = int(weights.argmax())
    made = text(
        "context_vector.made",
        lang,
        written=written,
        share=percent(float(weights[best]), lang),
        word=source.said(best),
    )
    off = float(np.abs(added.sum(axis=0) - context).max())
    summed = text("context_vector.sum", lang, off=number(off))
    return text("figures.join", lang, first=made, second=summed)


def _table(added: Array, context: Array, source: Words) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row a unit: what each word adds, and the sum that the decoder received."""
    unit = {text("figures.units", source.lang): tuple(range(1, len(context) + 1))}
    words = {f"{place} {word}": added[place - 1] for place, word in enumerate(source.tokens, 1)}
    return MappingProxyType(unit | words | {"c": context})
