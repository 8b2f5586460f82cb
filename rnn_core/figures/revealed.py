"""A sentence read as if it ended after each of its characters: which decisions are right already, and stay so."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import sparse_axis, tiles
from rnn_core.figures.captions import joined
from rnn_core.figures.characters import Characters
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.sparse_axis import FEW
from rnn_core.messages import text

if TYPE_CHECKING:
    import plotly.graph_objects as go

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.segmentation.prefixes import Revealed

NONE, ENDS = 0.08, 0.62  # how far along the scale: no word ends here, one ends here
WRONG = ("×", "x-thin")
TALLEST, LOWEST, WHOLE = 26.0, 2.0, 380  # px of a row at most and at least; of the picture


def revealed(found: Revealed, *, lang: str, theme: Theme) -> Picture:
    """A row a beginning of the sentence, by the last character read; a column a place where a word may end.

    Args:
        found: at least two characters.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    characters = Characters.of(found.text, lang)
    places = range(1, len(found.text))
    return Picture(
        key="revealed",
        figure=_draw(found, characters, theme),
        title=text("revealed.title", lang),
        finding=_finding(found, characters),
        method=text("revealed.method", lang),
        legend=Legend("", None, marks=_marks(found, lang, theme)),
        table=MappingProxyType(
            {
                text("revealed.place", lang): tuple(f"{_pair(found.text, k)}" for k in places),
                text("revealed.ends", lang): tuple(int(end) for end in found.ends[-1]),
                text("revealed.settled", lang): found.settled,
                text("revealed.waits", lang): found.waits,
            }
        ),
    )


def _pair(sentence: str, place: int) -> str:
    """The characters on both sides of a place."""
    return f"{sentence[place - 1]}|{sentence[place]}"


def _marks(found: Revealed, lang: str, theme: Theme) -> tuple[Mark, ...]:
    marks = [
        Mark("■", text("revealed.an_end", lang), theme.at(tiles.SHARE, ENDS)),
        Mark("■", text("revealed.no_end", lang), theme.at(tiles.SHARE, 0.2)),
    ]
    if found.wrong.any():
        marks.append(Mark(WRONG[0], text("revealed.wrong", lang)))
    return tuple(marks)


def _draw(found: Revealed, characters: Characters, theme: Theme) -> go.Figure:
    steps = len(found.text)
    shown = np.where(found.open, np.where(found.ends, ENDS, NONE), np.nan)[1:]  # (T − 1, T − 1)
    few = steps <= FEW
    cells = tiles.shares(
        shown.astype(np.float32),
        theme.px(2) if few else 0,
        theme,
        customdata=found.ends[1:].astype(np.int8),
        x=np.arange(1.5, steps, 1.0),
        y=np.arange(2, steps + 1, dtype=np.int16),
        hoverongaps=False,
        text=[[_pair(found.text, k) for k in range(1, steps)]] * (steps - 1),
        hovertemplate="%{text}<br>%{y}<extra></extra>",
    )
    rows, columns = np.nonzero(found.wrong)
    crosses: Part = {
        "type": "scatter",
        "mode": "markers",
        "name": "wrong",
        "x": columns + 1.5,
        "y": (rows + 1).astype(np.int16),
        "hoverinfo": "skip",
        "marker": theme.dot(theme["ink"], 9 if few else 4, WRONG[1], width=2 if few else 1),
    }
    pixels = min(max(WHOLE / steps, LOWEST), TALLEST)
    below = sparse_axis.margin(characters, theme, 0)
    return theme.draw(
        theme.height(pixels * steps) + below + theme.px(8),
        [cells, crosses],
        margin={"l": theme.px(8), "r": theme.px(8), "t": theme.px(8), "b": below},
        xaxis=sparse_axis.time_axis(characters, theme, 0) | {"range": [0.5, steps + 0.5]},
        yaxis=_read(characters, theme),
    )


def _read(characters: Characters, theme: Theme) -> Part:
    """How far has been read, downwards."""
    steps = len(characters.tokens)
    shown = [step for step in sparse_axis.shown(steps) if step > 1]
    names = {step: f"{characters.tokens[step - 1]} {step}" for step in range(1, steps + 1)}
    return {
        "tickmode": "array",
        "tickvals": shown,
        "ticktext": [names[step] for step in shown],
        "labelalias": {str(step): name for step, name in names.items()},
        "tickfont": theme.font(),
        "range": [steps + 0.5, 1.5],
        "title": {"text": text("revealed.read", characters.lang)},
    }


def _finding(found: Revealed, characters: Characters) -> str:
    """How many decisions are right at once, and the one that had to wait longest."""
    lang, waits = characters.lang, np.array(found.waits)
    at_once = int((waits == 0).sum())
    parts = [text("revealed.at_once", lang, places=len(waits), right=at_once)]
    if at_once < len(waits):
        place = int(waits.argmax()) + 1
        parts.append(
            text(
                "revealed.longest",
                lang,
                place=_pair("".join(characters.tokens), place),
                wait=int(waits.max()),
                character=characters.said(found.settled[place - 1] - 1),
            )
        )
    return joined(parts, lang)
