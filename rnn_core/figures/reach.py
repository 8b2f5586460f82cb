"""How far back each network sees: how much its answer moves when one word of the sentence is another."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, log_axis, networks, size_map
from rnn_core.figures.captions import joined
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.words import TOKEN_LANGUAGE, Words, quoted
from rnn_core.messages import text
from rnn_core.tasks import smalltalk

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.specs import NetworkSpec

    Float64 = NDArray[np.float64]

LOW, HIGH = -6, 0  # decades of the colours: 0.000001 … 1 of all probability
ROW = 34  # px a network
REFUSED = "–"


def reach(
    moved: Mapping[NetworkSpec, Float64 | None],
    tokens: Sequence[str],
    chosen: int,
    word: str,
    *,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
) -> Picture:
    """How much probability moves in each network's answer when the word at each place is replaced by `word`.

    Args:
        moved: network → (T,), exactly 0 where the answer is the same to the last bit; None where the network can't read
            the sentence.
        tokens: the T words.
        chosen: the place (0-based) of which the finding speaks.
        word: what is put instead; where it stands already, nothing is replaced and nothing shown.
        lang: the reader's language.
        theme: light or dark, and how large.
        glosses: the words' meanings.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    raw = np.array([_column(values, words) for values in moved.values()])  # (N, T)
    raw[:, [token == word for token in words.tokens]] = np.nan  # nothing is replaced there
    refused = [values is None for values in moved.values()]
    marks = [Mark(log_axis.ZERO[0], text("reach.same", lang))] if (raw == 0).any() else []
    marks += [Mark(REFUSED, text("reach.refused", lang))] if any(refused) else []
    return Picture(
        key="reach",
        figure=_draw(raw, tuple(moved), refused, chosen, words, theme),
        title=text("reach.title", lang),
        finding=_finding(moved, chosen, word, words),
        method=text("reach.method", lang, word=_said(word, lang)),
        legend=Legend(text("reach.moved", lang), size_map.SCALE, "≤ 10⁻⁶", "1", tuple(marks)),
        table=columns.table(words, {networks.name(spec, lang): row for spec, row in zip(moved, raw, strict=True)}),
    )


def _column(values: Float64 | None, words: Words) -> Float64:
    return np.full(len(words.tokens), np.nan) if values is None else values


def _draw(
    raw: Float64, specs: Sequence[NetworkSpec], refused: Sequence[bool], chosen: int, words: Words, theme: Theme
) -> go.Figure:
    """The map of (N, T) values; nan where there is nothing to show."""
    nowhere = np.broadcast_to(np.array(refused)[:, None], raw.shape)
    names = [
        f'<span style="color:{networks.ink(spec, theme)}"><b>{networks.name(spec, words.lang)}</b></span>'
        for spec in specs
    ]
    return size_map.draw(
        raw,
        (LOW, HIGH),
        names,
        words,
        theme,
        row=ROW,
        beside=theme.px(130),
        over=[size_map.signs(nowhere, "line-ew-open", theme)],
        shapes=[_frame(chosen, len(specs), theme)],
    )


def _frame(chosen: int, rows: int, theme: Theme) -> Part:
    """An outline round the column of the chosen word."""
    return {
        "type": "rect",
        "x0": chosen + 0.5,
        "x1": chosen + 1.5,
        "y0": -0.55,
        "y1": rows - 0.45,
        "line": theme.stroke(theme["ink"], 2),
    }


def _said(word: str, lang: str) -> str:
    """What is put instead, as a sentence quotes it."""
    return quoted(word, smalltalk.gloss(word) if lang != TOKEN_LANGUAGE else "", lang)


def _finding(moved: Mapping[NetworkSpec, Float64 | None], chosen: int, word: str, words: Words) -> str:
    lang, place = words.lang, words.said(chosen)
    if words.tokens[chosen] == word:
        return text("reach.itself", lang, place=place)
    back = len(words.tokens) - 1 - chosen
    distance = text("reach.back", lang, back=back) if back else text("reach.last", lang)
    said = text("reach.replaced", lang, place=place, distance=distance, word=_said(word, lang))
    read = {spec: float(values[chosen]) for spec, values in moved.items() if values is not None}
    groups = {
        "moves": [spec for spec, size in read.items() if size >= 10.0**LOW],
        "barely": [spec for spec, size in read.items() if 0 < size < 10.0**LOW],
        "still": [spec for spec, size in read.items() if size == 0],
    }
    found = [
        text(f"reach.{key}", lang, networks=networks.listed(group, lang)) for key, group in groups.items() if group
    ]
    return joined([said, *found], lang)
