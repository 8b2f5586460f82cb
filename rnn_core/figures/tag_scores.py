"""The scores of the four tags for each character, and the path through them that the segmentation takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, marks
from rnn_core.figures.captions import number
from rnn_core.figures.characters import Characters
from rnn_core.figures.margins import GAP, text_width
from rnn_core.figures.picture import Mark, Picture
from rnn_core.messages import text
from rnn_core.segmentation.tags import TAGS

if TYPE_CHECKING:
    from collections.abc import Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.picture import Legend
    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale
    from rnn_core.segmentation.tags import Segmentation

    Array = NDArray[np.floating]

SCALE: Scale = "signed"
LIMIT = 20.0  # of the colours; one scale for all sentences, whatever stands in for the backward half
ROW, FEW = 40, 40  # px a tag; characters up to which signs are large
TAKEN, OVERRULED = ("●", "circle"), ("○", "circle-open")


def tag_scores(found: Segmentation, *, lang: str, theme: Theme) -> Picture:
    """A row a tag, a column a character; a dot on the tag that the best path takes.

    Where the highest score of a character is another tag's, a ring marks that one: the table of transitions overruled
    it, since no such tag may follow, or hardly ever does.
    """
    sentence = Characters.of(found.characters.text, lang)
    scores = np.ascontiguousarray(found.emissions[:, : len(TAGS)])  # (T, 4)
    highest = scores.argmax(axis=1)
    taken = np.take_along_axis(scores, np.array(found.tags)[:, None], axis=1)[:, 0]  # (T,)
    overruled = np.flatnonzero(taken < scores.max(axis=1))  # of equal scores none is the higher
    outliers = marks.Outliers.of(scores, -LIMIT, LIMIT)
    return Picture(
        key="tag_scores",
        figure=_draw(scores, found.tags, highest, overruled, sentence, theme),
        title=text("tag_scores.title", lang),
        finding=_finding(scores, found, highest, overruled, sentence),
        method=text("tag_scores.method", lang),
        legend=_legend(outliers, bool(overruled.size), lang),
        table=columns.table(
            sentence,
            {tag: scores[:, at] for at, tag in enumerate(TAGS)}
            | {text("tag_scores.tag", lang): tuple(TAGS[tag] for tag in found.tags)},
        ),
    )


def _legend(outliers: marks.Outliers, overruled: bool, lang: str) -> Legend:
    meant = marks.legend("<i>e</i><sub>t</sub>", SCALE, (-LIMIT, LIMIT), outliers, lang)
    signs = [Mark(TAKEN[0], text("tag_scores.taken", lang))]
    signs += [Mark(OVERRULED[0], text("tag_scores.overruled", lang))] if overruled else []
    return type(meant)(meant.symbol, meant.scale, meant.low, meant.high, (*signs, *meant.marks))


def _draw(
    scores: Array,
    tags: Sequence[int],
    highest: NDArray[np.intp],
    overruled: NDArray[np.intp],
    sentence: Characters,
    theme: Theme,
) -> go.Figure:
    steps = len(scores)
    size = 9.0 if steps <= FEW else 3.0
    path = _dots(
        np.arange(steps), np.array(tags), "path", theme.dot(theme["ink"], size, TAKEN[1], theme["bg"], 1.5), theme
    )
    rings = _dots(overruled, highest[overruled], "overruled", theme.dot(theme["ink"], size, OVERRULED[1]), theme)
    beyond = marks.Outliers.of(scores, -LIMIT, LIMIT).traces(theme, SCALE, 5.0)
    names = [text(f"tag_scores.{tag}", sentence.lang) for tag in TAGS]
    beside = theme.px(max(map(text_width, names)) + 2 * GAP)
    below = sentence.margin(theme, beside)
    return theme.draw(
        theme.height(ROW * len(TAGS)) + below + theme.px(8),
        [_cells(scores, theme), *beyond, path, rings],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        xaxis=sentence.axis(theme, beside),
        yaxis={
            "tickvals": list(range(len(TAGS))),
            "ticktext": names,
            "tickfont": theme.font(),
            "range": [len(TAGS) - 0.5, -0.5],
        },
    )


def _cells(scores: Array, theme: Theme) -> Part:
    return {
        "type": "heatmap",
        "z": scores.T,
        "x": np.arange(1, len(scores) + 1, dtype=np.int16),
        "y": np.arange(len(TAGS), dtype=np.int16),
        "zmin": -LIMIT,
        "zmax": LIMIT,
        "colorscale": theme.colorscale(SCALE),
        "showscale": False,
        "xgap": theme.px(2) if len(scores) <= FEW else 0,
        "ygap": theme.px(2),
        "hovertemplate": "%{x}<br>%{y} %{z:.4~g}<extra></extra>",
    }


def _dots(steps: NDArray[np.intp], tags: NDArray[np.intp], name: str, marker: Part, theme: Theme) -> Part:
    line: Part = {"line": theme.stroke(theme["ink"], 1)} if name == "path" and len(steps) <= FEW else {}
    return {
        "type": "scatter",
        "mode": "lines+markers" if line else "markers",
        "name": name,
        "x": (steps + 1).astype(np.int16),
        "y": tags.astype(np.int16),
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": marker,
    } | line


def _finding(
    scores: Array,
    found: Segmentation,
    highest: NDArray[np.intp],
    overruled: NDArray[np.intp],
    sentence: Characters,
) -> str:
    """The decision that was closest, and what the transitions overruled."""
    lang = sentence.lang
    ranked = np.sort(scores, axis=1)
    gaps = ranked[:, -1] - ranked[:, -2]
    close = int(gaps.argmin())
    first = int(highest[close])
    second = max((tag for tag in range(len(TAGS)) if tag != first), key=lambda tag: float(scores[close, tag]))
    said = text(
        "tag_scores.closest" if gaps[close] else "tag_scores.tied",
        lang,
        character=sentence.said(close),
        first=TAGS[first],
        second=TAGS[second],
        gap=number(float(gaps[close])),
    )
    if not overruled.size:
        return text("figures.join", lang, first=said, second=text("tag_scores.agree", lang))
    at = int(overruled[0])
    more = text(
        "tag_scores.overrule",
        lang,
        count=int(overruled.size),
        character=sentence.said(at),
        highest=TAGS[int(highest[at])],
        taken=TAGS[found.tags[at]],
    )
    return text("figures.join", lang, first=said, second=more)
