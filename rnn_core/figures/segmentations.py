"""The words that a segmenter finds with its own backward half, and with something else in its place."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import joined
from rnn_core.figures.characters import Characters, divided, meaning
from rnn_core.figures.margins import LABEL
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import TOKEN_LANGUAGE
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
GUESSED = ("◆", "diamond")
SAID = 3  # changes that a finding quotes


def segmentations(found: Mapping[Later, Segmentation], *, lang: str, theme: Theme, guess: int | None = None) -> Picture:
    """One row a backward half: its own first, then what was put in its place.

    Args:
        found: what stood in for the backward half → the segmentation of the same text; the first is "own".
        lang: the reader's language.
        theme: light or dark, and how large.
        guess: which of its own words the reader guessed, 0-based; None for none of them.
    """
    own = found["own"]
    sentence = Characters.of(own.characters.text, lang)
    differ = {later: changes(own.words, one.words) for later, one in found.items()}
    marks = [] if guess is None else [Mark(GUESSED[0], text("segmentations.guess", lang))]
    marks += [Mark("■", text("segmentations.changed", lang), theme.at(SCALE, 0.6))] if any(differ.values()) else []
    return Picture(
        key="segmentations",
        figure=_draw(found, differ, guess, sentence, theme),
        title=text("segmentations.title", lang),
        finding=_finding(differ, lang),
        method=text("segmentations.method", lang),
        legend=Legend("", None, marks=tuple(marks)) if marks else None,
        table=MappingProxyType(
            {
                text("segmentations.half", lang): tuple(_name(later, lang) for later in found),
                text("segmentations.words", lang): tuple(" | ".join(one.words) for one in found.values()),
                **_meanings(found, lang),
                text("segmentations.changes", lang): tuple(len(stretches) for stretches in differ.values()),
            }
        ),
    )


def _meanings(found: Mapping[Later, Segmentation], lang: str) -> Mapping[str, tuple[str, ...]]:
    """The column of what the words mean or how they are read, for those who need it."""
    if lang == TOKEN_LANGUAGE:
        return {}
    said = (" | ".join(meaning(word, lang) or word for word in one.words) for one in found.values())
    return {text("segmentations.meanings", lang): tuple(said)}


def _name(later: Later, lang: str) -> str:
    return text(f"segmentations.row.{later}", lang)


def _draw(
    found: Mapping[Later, Segmentation],
    differ: Mapping[Later, Sequence[Change]],
    guess: int | None,
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
    traces += [] if guess is None else [_guessed(spans(found["own"].words)[guess], theme)]
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


def _guessed(span: tuple[int, int], theme: Theme) -> Part:
    """A mark over the word of the first row that the reader guessed."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "guess",
        "x": [(span[0] + span[1] + 1) / 2],
        "y": [-HALF],
        "hoverinfo": "skip",
        "cliponaxis": False,
        "marker": theme.dot(theme["ink"], 12, GUESSED[1], theme["bg"], 1.5),
    }


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
    """What becomes of the words where the backward half is zeros, and where it reads each character alone."""
    off, alone = (differ.get(later) for later in ("off", "alone"))
    if off and off == alone:
        return text("segmentations.both_change", lang, changes=listed(off, lang))
    parts = []
    for later, stretches in (("off", off), ("alone", alone)):
        if stretches:
            parts.append(text(f"segmentations.{later}_changes", lang, changes=listed(stretches, lang)))
        elif stretches is not None:
            alike = later == "alone" and not off
            parts.append(text("segmentations.both_same" if alike else f"segmentations.{later}_same", lang))
    return joined(parts, lang)


def listed(stretches: Sequence[Change], lang: str) -> str:
    """What becomes of the words, at least one change of them, as a sentence quotes it; no more than `SAID` of them."""
    quoted = [
        text("segmentations.becomes", lang, own=divided(change.own, lang), other=divided(change.other, lang))
        for change in stretches[:SAID]
    ]
    said = text("figures.list", lang).join(quoted)
    more = len(stretches) - SAID
    return text("segmentations.more", lang, listed=said, more=more) if more > 0 else said
