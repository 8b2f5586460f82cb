"""Attention beside what measurably moves an output: of one written word a bar a source word, of all their agreement."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures.captions import number, signed
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import LINES, WORD
from rnn_core.figures.words import LONGEST, short
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.figures.words import Words

    Array = NDArray[np.floating]

LANE, TALLEST, LOWEST, ROWS = 84, 30, 10, 360  # px: of a lane; of a row at most and least; of all rows
KINDS = ("gradient", "deletion")
COLORS, GLYPHS, SIGNS = (3, 1), ("●", "◇"), ("circle", "diamond-open")
GAP = 0.06


def explanation(
    weights: Array | None,
    gradient: Array,
    deletion: Array,
    agreement: tuple[float, float],
    source: Words,
    written: str,
    *,
    theme: Theme,
) -> Picture:
    """Three answers to one question: on which source word does this written word hang?

    Args:
        weights: the step's α, (S,), sums to 1; None for a network that does not look back.
        gradient: how strongly the word's log probability hangs on each source embedding, (S,), as shares of their sum.
        deletion: by how much the word's probability falls when a source word is left out, (S,); may be below 0.
        agreement: the rank correlations of α with the gradient and with the deletion, each in [−1, 1] or nan.
        source: the S words, and the reader's language.
        written: the word that is written.
        theme: light or dark, and how large.

    Raises:
        KiokuError: not as many numbers as words.
    """
    rows = {} if weights is None else {"weights": weights}
    rows |= {"gradient": gradient, "deletion": deletion}
    for name, values in rows.items():
        if values.shape != (len(source.tokens),):
            raise KiokuError("figure_words", quantity=name, steps=len(values), words=len(source.tokens))
    lang = source.lang
    names = {name: text(f"explanation.{name}", lang) for name in rows}
    best = {name: source.said(int(values.argmax())) for name, values in rows.items()}
    if weights is None:
        finding = text("explanation.plain", lang, written=written, **best)
    else:
        found = text("explanation.best", lang, written=written, **best)
        agreed = text("explanation.agree", lang, gradient=_rho(agreement[0]), deletion=_rho(agreement[1]))
        finding = text("figures.join", lang, first=found, second=agreed)
    return Picture(
        key="explanation",
        figure=_lanes(rows, names, source, theme),
        title=text("explanation.title", lang),
        finding=finding,
        method=text("explanation.method", lang),
        legend=None,
        table=MappingProxyType(
            {text("figures.column.word", lang): source.tokens}
            | {names[name]: values.astype(np.float32) for name, values in rows.items()}
        ),
    )


def _rho(value: float) -> str:
    """A rank correlation with its sign; a dash where it has none."""
    return signed(value) if np.isfinite(value) else "–"


def _lanes(rows: Mapping[str, Array], names: Mapping[str, str], source: Words, theme: Theme) -> go.Figure:
    """A lane of bars each, one under the other, over the same words."""
    lanes = len(rows)
    places = np.arange(1, len(source.tokens) + 1, dtype=np.int16)
    colors = (theme.ramp("share")[6], *(LINES[theme.mode][at] for at in COLORS))[-lanes:]
    bars = [
        _bars(values, places, at, names[name], color)
        for at, ((name, values), color) in enumerate(zip(rows.items(), colors, strict=True))
    ]
    axes = {f"yaxis{_number(at)}": _lane(values, at, lanes, theme) for at, values in enumerate(rows.values())}
    below = source.margin(theme)
    tops = [1 - at / lanes for at in range(lanes)]
    notes = [
        theme.label(names[name], "muted", xref="paper", x=0, xanchor="left", yref="paper", y=top - 0.01, yanchor="top")
        for name, top in zip(rows, tops, strict=True)
    ]
    return theme.draw(
        theme.height(LANE) * lanes + below,
        bars,
        margin={"l": theme.px(28), "r": theme.px(8), "t": theme.px(8), "b": below},
        bargap=0.5,
        annotations=notes,
        xaxis=source.axis(theme) | {"anchor": f"y{lanes}"},
        **axes,
    )


def _number(at: int) -> str:
    """What Plotly puts after the name of an axis: nothing for the first."""
    return str(at + 1) if at else ""


def _bars(values: Array, places: NDArray[np.int16], at: int, name: str, color: str) -> Part:
    return {
        "type": "bar",
        "x": places,
        "y": values,
        "yaxis": f"y{_number(at)}",
        "name": name,
        "marker": {"color": color},
        "hovertemplate": f"%{{x}}<br>{name}: %{{y:.5~g}}<extra></extra>",
    }


def _lane(values: Array, at: int, lanes: int, theme: Theme) -> Part:
    """The y axis of one lane; all reach to 1, and below 0 as far as their own values do."""
    top = 1 - at / lanes
    return {
        "domain": [top - 1 / lanes, top - GAP - 0.05],
        "range": [min(0.0, float(np.nanmin(values))) * 1.05, 1.0],
        "tickvals": [0, 1],
        "zeroline": True,
        "zerolinecolor": theme["edge"],
        "anchor": "x" if at == lanes - 1 else "free",
        "position": 0,
    }


def agreement(gradient: Array, deletion: Array, target: Words, *, theme: Theme) -> Picture:
    """How far the order of the weights is the order of what moves the output, for each written word.

    Args:
        gradient: the rank correlation of α with the gradient, (T,), in [−1, 1]; nan where it has none.
        deletion: that with the deletion, (T,).
        target: the T written words, and the reader's language.
        theme: light or dark, and how large.

    Raises:
        KiokuError: not as many numbers as words.
    """
    measured = dict(zip(KINDS, (gradient, deletion), strict=True))
    for name, values in measured.items():
        if values.shape != (len(target.tokens),):
            raise KiokuError("figure_words", quantity=name, steps=len(values), words=len(target.tokens))
    lang = target.lang
    names = {kind: text(f"explanation.{kind}", lang) for kind in KINDS}
    colors = [LINES[theme.mode][at] for at in COLORS]
    marked = tuple(Mark(glyph, name, color) for glyph, name, color in zip(GLYPHS, names.values(), colors, strict=True))
    return Picture(
        key="agreement",
        figure=_rows(measured, names, colors, target, theme),
        title=text("explanation.agreement_title", lang),
        finding=_agrees(measured, target, lang),
        method=text("explanation.agreement_method", lang),
        legend=Legend("<i>r</i><sub>s</sub>", None, marks=marked),
        table=MappingProxyType(
            {text("figures.column.word", lang): target.tokens}
            | {names[kind]: values.astype(np.float32) for kind, values in measured.items()}
        ),
    )


def _rows(
    measured: Mapping[str, Array], names: Mapping[str, str], colors: list[str], target: Words, theme: Theme
) -> go.Figure:
    steps = len(target.tokens)
    tall = min(max(ROWS / steps, LOWEST), TALLEST)
    every = max(1, round(LABEL * 1.6 / tall))
    shown = range(1, steps + 1, every)
    traces: list[Part] = [
        {
            "type": "scatter",
            "mode": "markers",
            "x": values,
            "y": np.arange(1, steps + 1, dtype=np.int16),
            "name": names[kind],
            "marker": theme.dot(color, 9, sign, width=2),
            "hovertemplate": f"%{{y}} {names[kind]}: <i>r</i><sub>s</sub> = %{{x:.3f}}<extra></extra>",
        }
        for (kind, values), color, sign in zip(measured.items(), colors, SIGNS, strict=True)
    ]
    zero = {"zeroline": True, "zerolinecolor": theme["edge"], "zerolinewidth": theme.px(1)}
    return theme.draw(
        theme.height(tall * steps) + theme.px(48),
        traces,
        margin={"l": theme.px(8), "r": theme.px(16), "t": theme.px(8), "b": theme.px(40)},
        xaxis={
            "range": [-1.08, 1.08],
            "tickvals": [-1, 0, 1],
            "ticktext": ["−1", "0", "1"],
            "showgrid": True,
            "title": {"text": "<i>r</i><sub>s</sub>"},
        }
        | zero,
        yaxis={
            "tickmode": "array",
            "tickvals": list(shown),
            "ticktext": [f"{short(target.tokens[step - 1], LONGEST + 2)} " for step in shown],
            "tickfont": theme.font(WORD if every == 1 else LABEL),
            "range": [steps + 0.5, 0.5],
        },
    )


def _agrees(measured: Mapping[str, Array], target: Words, lang: str) -> str:
    """The means of both, and where attention says least."""
    known = {kind: values[np.isfinite(values)] for kind, values in measured.items()}
    if not any(values.size for values in known.values()):
        return text("explanation.no_order", lang)
    means = {kind: number(float(values.mean())) if values.size else "–" for kind, values in known.items()}
    said = text("explanation.means", lang, **means)
    deletion = measured["deletion"]
    if not known["deletion"].size or len(deletion) == 1:
        return said
    worst = int(np.nanargmin(deletion))
    least = text("explanation.least", lang, word=target.said(worst), rho=number(float(deletion[worst])))
    return text("figures.join", lang, first=said, second=least)
