"""Who looks at whom within one sentence: a row a looking word, a column a word that is looked at; a row sums to 1."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import tiles
from rnn_core.figures.captions import percent
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.theme import WORD
from rnn_core.figures.words import LABELS, Words, short
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Array = NDArray[np.floating]

KEY = next(row.key for row in QUANTITIES if row.axes == ("target", "source"))
SIDE, LEFT = 216, 64  # px: of the square, and what the words at its left take
NUMBERED, FEW = 8, 12  # words up to which cells carry their number, and are apart
ROUNDING = 1e-5  # a share by which weights of equal words differ at most, in float32
LONGEST = 4  # characters of a word beside its row


def self_attention(
    weights: Array,
    head: int,
    tokens: Sequence[str],
    *,
    step: int,
    lang: str,
    theme: Theme,
    glosses: Sequence[str] = (),
) -> Picture:
    """The map of one head.

    Args:
        weights: how much each of the T words looks at each in each head, (T, heads, T).
        head: which one, 0-based.
        tokens: the T words.
        step: the word, 0-based, that the finding speaks of.
        lang: the reader's language.
        theme: light or dark, and how large.
        glosses: the words' meanings.

    Raises:
        KiokuError: no map of T × T for T words.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    steps = len(words.tokens)
    if weights.ndim != 3 or (weights.shape[0], weights.shape[2]) != (steps, steps):
        raise KiokuError("figure_attention", shape=weights.shape, rows=steps, columns=steps)
    shown = weights[:, head]  # (T, T)
    return Picture(
        key=f"{KEY}_head{head + 1}",
        figure=_draw(shown, words, theme),
        title=text("self_attention.head", lang, head=head + 1),
        finding=_looks(shown, step, words),
        method=text("self_attention.numbered" if steps <= NUMBERED else "self_attention.method", lang),
        legend=Legend("<i>a</i><sub>ts</sub>", tiles.SHARE, "0", "1", (Mark("□", text("self_attention.bare", lang)),)),
        table=_table(shown, words),
    )


def heads_look(weights: Array, tokens: Sequence[str], *, step: int, lang: str, glosses: Sequence[str] = ()) -> str:
    """Whom the word at `step` looks at most in each head, as a sentence; `weights` (T, heads, T)."""
    words = Words(tuple(tokens), tuple(glosses), lang)
    each = []
    for head, shares in enumerate(weights[step], 1):
        most, tied = _most(shares)
        found = {"head": head, "share": percent(float(shares[most]), lang)}
        if tied > 1:
            each.append(text("self_attention.of_head_tied", lang, **found, count=tied))
        else:
            each.append(text("self_attention.of_head", lang, **found, other=words.said(most)))
    joined = text("self_attention.between", lang).join(each)
    return text("self_attention.heads", lang, word=words.said(step), each=joined)


def _looks(weights: Array, step: int, words: Words) -> str:
    """Whom the word at `step` looks at most, of a head's (T, T), as a sentence."""
    most, tied = _most(weights[step])
    share = percent(float(weights[step, most]), words.lang)
    if tied > 1:
        return text("self_attention.tied", words.lang, word=words.said(step), count=tied, share=share)
    key = "itself" if most == step else "most"
    return text(f"self_attention.{key}", words.lang, word=words.said(step), other=words.said(most), share=share)


def _most(shares: Array) -> tuple[int, int]:
    """The first word that gets the most of (T,) weights, and how many get as much, up to rounding."""
    most = int(shares.argmax())
    return most, int(np.sum(np.isclose(shares, shares[most], rtol=ROUNDING, atol=0)))


def _draw(weights: Array, words: Words, theme: Theme) -> go.Figure:
    count = len(weights)
    steps = np.arange(1, count + 1, dtype=np.int16)
    gap = theme.px(2) if count <= FEW else 0
    cells = tiles.shares(
        np.where(np.tri(count, dtype=bool), weights, np.nan).astype(np.float32),
        gap,
        theme,
        customdata=weights,
        x=steps,
        y=steps,
        hoverongaps=False,
        hovertemplate="%{y} → %{x}<br>%{customdata:.4~f}<extra></extra>",
    )
    numbers = [tiles.percentages(weights, theme)] if count <= NUMBERED else []
    columns = Words(words.tokens, (), words.lang)  # a map is too small for meanings, and the sentence has them
    below = columns.margin(theme, LEFT)
    return theme.draw(
        theme.height(SIDE) + below + theme.px(8),
        [cells, *numbers],
        margin={"l": theme.px(4), "r": theme.px(4), "t": theme.px(8), "b": below},
        shapes=[_staircase(count, theme)],
        xaxis=columns.axis(theme, LEFT) | {"range": [0.5, count + 0.5], "constrain": "domain"},
        yaxis=_rows(words, theme) | {"scaleanchor": "x", "constrain": "domain"},
    )


def _staircase(count: int, theme: Theme) -> Part:
    """The line at which the later words begin."""
    corners = [(step + at, step + 0.5) for step in range(count) for at in (0.5, 1.5)]
    path = "M " + " L ".join(f"{x:g},{y:g}" for x, y in corners)
    return {"type": "path", "path": path, "line": theme.stroke(theme["edge"] if count <= FEW else theme["line"])}


def _rows(words: Words, theme: Theme) -> Part:
    """The looking words, downwards."""
    count = len(words.tokens)
    shown = range(1, count + 1, -(-count // LABELS))
    return {
        "tickmode": "array",
        "tickvals": list(shown),
        "ticktext": [short(words.tokens[step - 1], LONGEST) + " " for step in shown],
        "labelalias": {str(step): short(word) for step, word in enumerate(words.tokens, 1)},
        "tickfont": theme.font(WORD if count <= FEW else 11),
        "range": [count + 0.5, 0.5],
    }


def _table(weights: Array, words: Words) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row a looking word, a column a word that is looked at."""
    head: dict[str, tuple[object, ...] | np.ndarray] = {text("self_attention.looking", words.lang): words.tokens}
    return MappingProxyType(
        head | {f"{place} {word}": weights[:, place - 1] for place, word in enumerate(words.tokens, 1)}
    )
