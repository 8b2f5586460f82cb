"""The words that a segmenter finds with its own backward half, and with something else in its place."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import joined
from rnn_core.figures.characters import Characters, divided
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.messages import text
from rnn_core.segmentation.tags import changes, spans

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale
    from rnn_core.segmentation.tags import Change, Later, Segmentation

SCALE: Scale = "share"
ROW, NAME = 62, 28  # px a row, and how much of it its name takes
HALF = 0.5 - NAME / ROW / 2  # of a row's height without its name
SAME, CHANGED = 0.0, 0.35  # how far along the scale
WRITTEN, FEW = 40, 20  # characters up to which they stand in the picture, and up to which they are large
SAID = 3  # changes that a finding quotes


def segmentations(found: Mapping[Later, Segmentation], *, lang: str, theme: Theme, guess: str = "") -> Picture:
    """One row a backward half: its own first, then what was put in its place.

    Args:
        found: what stood in for the backward half → the segmentation of the same text; the first is "own".
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: what is to be said first of the reader's guess, "" for nothing.
    """
    own = found["own"]
    sentence = Characters.of(own.characters.text, lang)
    differ = {later: changes(own.words, one.words) for later, one in found.items()}
    said = _finding(differ, lang)
    return Picture(
        key="segmentations",
        figure=_draw(found, differ, sentence, theme),
        title=text("segmentations.title", lang),
        finding=text("figures.join", lang, first=guess, second=said) if guess else said,
        method=text("segmentations.method", lang),
        legend=Legend("", None, marks=(Mark("■", text("segmentations.changed", lang), theme.at(SCALE, 0.6)),))
        if any(differ.values())
        else None,
        table=MappingProxyType(
            {
                text("segmentations.half", lang): tuple(_name(later, lang) for later in found),
                text("segmentations.words", lang): tuple(" | ".join(one.words) for one in found.values()),
                text("segmentations.changes", lang): tuple(len(stretches) for stretches in differ.values()),
            }
        ),
    )


def _name(later: Later, lang: str) -> str:
    return text(f"segmentations.row.{later}", lang)


def _draw(
    found: Mapping[Later, Segmentation],
    differ: Mapping[Later, Sequence[Change]],
    sentence: Characters,
    theme: Theme,
) -> go.Figure:
    steps = len(sentence.tokens)
    z = np.full((len(found), steps), SAME, np.float32)
    for row, stretches in enumerate(differ.values()):
        for change in stretches:
            z[row, change.begin : change.end] = CHANGED
    cells: Part = {
        "type": "heatmap",
        "z": z,
        "customdata": np.array([_ends(one) for one in found.values()], np.int8),
        "x": np.arange(1, steps + 1, dtype=np.int16),
        "y": np.arange(len(found), dtype=np.int16),
        "zmin": 0,
        "zmax": 1,
        "colorscale": theme.colorscale(SCALE),
        "showscale": False,
        "ygap": round(theme.height(ROW) * NAME / ROW),
        "text": [[word for word in one.words for _ in word] for one in found.values()],
        "hovertemplate": "%{text}<extra></extra>",
    }
    traces = [cells, *(_written(sentence, len(found), theme) if steps <= WRITTEN else ())]
    return theme.draw(
        theme.height(ROW) * (len(found) + 0.2) + theme.px(8),
        traces,
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(4), "b": theme.px(4)},
        annotations=_names(found, sentence.lang, theme),
        shapes=[shape for row, one in enumerate(found.values()) for shape in _frames(one, row, theme)],
        xaxis={"range": [0.5, steps + 0.5], "showticklabels": False},
        yaxis={"range": [len(found) - 0.5, -0.7], "showticklabels": False},
    )


def _names(found: Iterable[Later], lang: str, theme: Theme) -> list[Part]:
    """What each row is, above its words."""
    return [
        theme.label(f"<b>{_name(later, lang)}</b>", x=0, xref="paper", y=row - HALF, xanchor="left", yanchor="bottom")
        for row, later in enumerate(found)
    ]


def _ends(one: Segmentation) -> list[int]:
    """1 at each character with which a word ends."""
    return [int(tag in (2, 3)) for tag in one.tags]


def _frames(one: Segmentation, row: int, theme: Theme) -> list[Part]:
    """An outline round each word."""
    return [
        {"type": "rect", "x0": begin + 0.5, "x1": end + 0.5, "y0": row - HALF, "y1": row + HALF}
        | {"line": theme.stroke(theme["ink"] if len(one) <= WRITTEN else theme["edge"], 1.5 if len(one) <= FEW else 1)}
        for begin, end in spans(one.words)
    ]


def _written(sentence: Characters, rows: int, theme: Theme) -> list[Part]:
    """The characters in their cells."""
    steps = len(sentence.tokens)
    return [
        {
            "type": "scatter",
            "mode": "text",
            "x": np.tile(np.arange(1, steps + 1, dtype=np.int16), rows),
            "y": np.repeat(np.arange(rows, dtype=np.int16), steps),
            "text": list(sentence.tokens) * rows,
            "textfont": theme.font(WORD + 3 if steps <= FEW else LABEL),
            "hoverinfo": "skip",
        }
    ]


def _finding(differ: Mapping[Later, Sequence[Change]], lang: str) -> str:
    """What becomes of the words without the backward half, and where it is only blind to what follows."""
    parts = []
    for later in ("off", "alone"):
        stretches = differ.get(later)
        if stretches is None:
            continue
        if not stretches:
            alike = later == "alone" and not differ.get("off")
            parts.append(text("segmentations.both_same" if alike else f"segmentations.{later}_same", lang))
            continue
        quoted = [
            text("segmentations.becomes", lang, own=divided(change.own, lang), other=divided(change.other, lang))
            for change in stretches[:SAID]
        ]
        more = len(stretches) - SAID
        listed = text("figures.list", lang).join(quoted)
        if more > 0:
            listed = text("segmentations.more", lang, listed=listed, more=more)
        parts.append(text(f"segmentations.{later}_changes", lang, changes=listed))
    return joined(parts, lang)
