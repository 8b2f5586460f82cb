"""The first word is another: how far the states of each cell are apart from there on, on one logarithmic axis."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np

from rnn_core.figures import columns, lines, log_axis, sparse_axis
from rnn_core.figures.gradient_lines import DASHES, SYMBOLS, sizes
from rnn_core.figures.log_axis import LogAxis, drawable
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import change
from rnn_core.figures.words import Words, quoted
from rnn_core.messages import text
from rnn_core.quantities import COMPOSED

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]

Verdict: TypeAlias = Literal["right", "near", "wrong"]
NORM = "||<i>h</i><sub>t</sub> − <i>h</i><sub>t</sub>′|| / ||<i>h</i><sub>1</sub> − <i>h</i><sub>1</sub>′||"
BESIDE, LONGER = 64, 146  # px for the lines' names: of cells, of networks
RING = ("◯", "circle-open")  # round the end of the line that was guessed
NEAR = 0.5  # of the largest share: where so much is left, a guess is nearly right


def perturbation(
    gaps: Mapping[Cell, Array],
    read: Mapping[Cell, float],
    tokens: Sequence[str],
    other: str,
    *,
    lang: str,
    theme: Theme,
    guess: Cell | None = None,
    glosses: Sequence[str] = (),
) -> Picture:
    """What is left of a changed first word in the states at each word, and in the end in what the reply is read from.

    All relative to the change at the first word, since the networks' states are of different sizes.

    Args:
        gaps: (T,) for each cell, as `lineup.rms_difference` gives them.
        read: the same distance of `lineup.read_by_reply` alone.
        tokens: the T words.
        other: what stands in the place of the first word.
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: the cell of which the reader expected that most is left in it.
        glosses: the words' meanings.

    Raises:
        KiokuError: another number of words than steps.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    found = {
        cell: _relative(np.append(sizes(values, words, called(cell, lang)), read[cell]))
        for cell, values in gaps.items()
    }
    every = list(found.values())
    marks = [Mark(SYMBOLS[cell][1], called(cell, lang), theme.text(cell)) for cell in found]
    if guess is not None:
        marks.append(Mark(RING[0], text("perturbation.guess", lang), theme["ink"]))
    reply = text("perturbation.reply", lang)
    columned = Words((*words.tokens, reply), (*words.glosses, "") if words.glosses else (), lang)
    return Picture(
        key="difference",
        figure=_draw(found, guess, columned, theme),
        title=text("perturbation.title", lang),
        finding=_finding(share_left(gaps, read), other, words),
        method=text("perturbation.method", lang),
        legend=Legend(NORM, None, marks=(*marks, *log_axis.legend(every, lang))),
        table=columns.table(columned, {called(cell, lang): values for cell, values in found.items()}),
    )


def _relative(values: Float64) -> Float64:
    """The changes as shares of the first; where that is 0 they stay as they are."""
    with np.errstate(over="ignore", invalid="ignore"):
        shares: Float64 = values / values[0] if values[0] > 0 else values
    return shares


def share_left(gaps: Mapping[Cell, Array], read: Mapping[Cell, float]) -> dict[Cell, float]:
    """Which share of the change at the first word the reply still reads, of each cell in which there was any.

    Example:
        >>> share_left({"rnn": np.array([1.0, 0.2]), "gru": np.array([2.0, 0.5])}, {"rnn": 0.1, "gru": 0.5})
        {'rnn': 0.1, 'gru': 0.25}
    """
    first = {cell: float(values[0]) for cell, values in gaps.items()}
    shares = {cell: read[cell] / size for cell, size in first.items() if size > 0}
    return {cell: share for cell, share in shares.items() if np.isfinite(share)}


def judge_share(shares: Mapping[Cell, float], guess: Cell) -> Verdict:
    """Whether most is left in the guessed cell, as far as two figures tell; nearly, if half as much is left there.

    Example:
        >>> [judge_share({"rnn": 0.1, "lstm": 0.9, "gru": 0.5}, cell) for cell in ("lstm", "gru", "rnn")]
        ['right', 'near', 'wrong']
    """
    own, most = shares.get(guess, 0.0), max(shares.values())
    if f"{own:.2g}" == f"{most:.2g}":
        return "right"
    return "near" if own >= NEAR * most else "wrong"


def _draw(found: Mapping[Cell, Float64], guess: Cell | None, words: Words, theme: Theme) -> go.Figure:
    axis = LogAxis.of(list(found.values()))
    traces: list[Part] = []
    for row, (cell, values) in enumerate(found.items()):
        name, color = called(cell, words.lang), theme.mark(cell)
        spoken = {"name": name, "customdata": values, "hovertemplate": f"{name}: %{{customdata:.4~g}}<extra></extra>"}
        traces.append(lines.line(drawable(values), color, theme, DASHES[cell], SYMBOLS[cell][0]) | spoken)
        traces += axis.marks(values, row, color, name, theme)
    if guess is not None:
        traces.append(_ring(found[guess][-1:], len(words.tokens), theme))
    ended = {cell: drawable(values)[np.isfinite(drawable(values))] for cell, values in found.items()}
    named = [cell for cell, values in ended.items() if values.size]
    beside = BESIDE if set(COMPOSED).isdisjoint(found) else LONGER
    above, below = theme.px(8), sparse_axis.margin(words, theme, beside)
    return theme.draw(
        axis.height(theme, lines.HEIGHT) + above + below,
        traces,
        margin={"l": theme.px(8), "r": theme.px(beside), "t": above, "b": below},
        hovermode="x unified",
        hoversubplots="axis",
        annotations=lines.names(
            [called(cell, words.lang) for cell in named],
            [theme.text(cell) for cell in named],
            [float(np.log10(ended[cell][-1])) for cell in named],
            (axis.low, axis.high),
            theme,
        ),
        xaxis=_columns(words, theme, beside) | {"anchor": axis.foot},
        **axis.layout(theme, lines.HEIGHT, NORM),
    )


def _columns(words: Words, theme: Theme, beside: float) -> Part:
    """The axis of the words, on which the last column always has its label."""
    axis, last = sparse_axis.time_axis(words, theme, beside), len(words.tokens)
    if last <= sparse_axis.FEW:
        return axis
    labels = dict(zip(sparse_axis.shown(last), sparse_axis.labels(words), strict=True))
    kept = {step: label for step, label in labels.items() if step <= last - last / sparse_axis.LABELS}
    kept[last] = words.tokens[-1]
    return axis | {"tickvals": list(kept), "ticktext": list(kept.values())}


def _ring(value: Float64, column: int, theme: Theme) -> Part:
    """Round the end of the line that was guessed."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "guess",
        "x": [column],
        "y": drawable(value),
        "marker": theme.dot(theme["ink"], 18, RING[1], width=2),
        "cliponaxis": False,
        "hoverinfo": "skip",
    }


def _finding(shares: Mapping[Cell, float], other: str, words: Words) -> str:
    lang, later = words.lang, len(words.tokens) - 1
    if words.tokens[0] == other:
        return text("perturbation.itself", lang, first=words.said(0))
    places = {"first": words.said(0), "other": quoted(other, "", lang)}
    if not shares:
        return text("perturbation.none", lang, **places)
    if not later:
        return text("perturbation.one", lang, **places)
    most, least = (best(shares, key=shares.__getitem__) for best in (max, min))
    ends = {"most": change(1.0, shares[most], lang), "least": change(1.0, shares[least], lang)}
    if ends["most"] == ends["least"]:
        return text("perturbation.same", lang, left=ends["most"], **places)
    return text("perturbation.left", lang, cell=called(most, lang), lost=called(least, lang), **ends, **places)
