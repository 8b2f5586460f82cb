"""Which input moves which state: a T × T map of sizes, a row a state, a column an input, the colour a logarithm."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.figures import log_axis, sparse_axis, square
from rnn_core.figures.captions import number
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import change
from rnn_core.figures.sparse_axis import FEW
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import plotly.graph_objects as go
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Cell

    Array = NDArray[np.floating]
    Float64 = NDArray[np.float64]
    Mask = NDArray[np.bool_]

EXACT = 60  # words up to which the numbers under the pointer have four digits
SYMBOL = "‖∂<i>h</i><sub>t</sub>/∂<i>x</i><sub>s</sub>‖"
SHORT: tuple[float, float] = (-3, 0.5)
LONG: tuple[float, float] = (-12, 1)
ABOVE = ("△", "triangle-up-open")
MANY = 300  # signs beyond which a browser is slow with them: then the cells are filled instead
FILLS = {"zero": "edge", "nan": "muted", "plus_infinity": "ink"}


def influence_decades(steps: int) -> tuple[float, float]:
    """The ends of the colour scale, as exponents of 10, for maps of sentences of this length.

    They do not follow the values, so that a colour means the same after a control was moved.

    Example:
        >>> influence_decades(6), influence_decades(60)
        ((-3, 0.5), (-12, 1))
    """
    return SHORT if steps <= FEW else LONG


def influence_map(
    cell: Cell,
    influence: Array,
    tokens: Sequence[str],
    *,
    lang: str,
    theme: Theme,
    decades: tuple[float, float] | None = None,
    direction: int | None = 0,
    glosses: Sequence[str] = (),
    suffix: str = "",
) -> Picture:
    """How strongly each state hangs on each input.

    Args:
        cell: whose states.
        influence: (T, T), `influence[t, s]`, as the function of that name gives it.
        tokens: the T words.
        lang: the reader's language.
        theme: light or dark, and how large.
        decades: the ends of the colour scale as exponents of 10, the same for all maps that are compared; without it
            those of `influence_decades`.
        direction: 0 for a layer that reads forwards, 1 backwards: what it reads later can't move a state, and stays
            bare paper. None for states that hang on every word, where nothing is bare.
        glosses: the words' meanings.
        suffix: for the picture's key.

    Raises:
        KiokuError: no map of T × T for T words.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    values = _checked(influence, words)
    ends = decades or influence_decades(len(values))
    may = square.causal(len(values), direction)
    return Picture(
        key=f"influence_{cell}{suffix}",
        figure=_draw(cell, values, may, ends, direction, words, theme),
        title=text("influence_map.title", lang, cell=called(cell, lang)),
        finding=_finding(cell, values, may, direction, words),
        method=text("influence_map.method", lang),
        legend=_legend(values[may], ends, direction is not None, lang, theme),
        table=_table(values, words),
    )


def influence_across(
    maps: Mapping[Cell, Array], tokens: Sequence[str], *, lang: str, glosses: Sequence[str] = ()
) -> str:
    """What the first word still does to the last state, beside the last word, in each cell, as a sentence.

    Raises:
        KiokuError: no map of T × T for T words.
    """
    words = Words(tuple(tokens), tuple(glosses), lang)
    if len(words.tokens) == 1:
        return text("influence_map.alone", lang, word=words.said(0))
    kept = [
        text("influence_map.cell", lang, cell=called(cell, lang), ratio=_kept(_checked(values, words), 0, lang))
        for cell, values in maps.items()
    ]
    cells = text("influence_map.between", lang).join(kept)
    return text("influence_map.across", lang, first=words.said(0), last=words.said(len(words.tokens) - 1), cells=cells)


def _checked(influence: Array, words: Words) -> Float64:
    steps = len(words.tokens)
    if influence.ndim != 2 or influence.shape[0] != influence.shape[1]:
        raise KiokuError("figure_batch", quantity="influence", shape=influence.shape)
    if len(influence) != steps:
        raise KiokuError("figure_words", quantity="influence", steps=len(influence), words=steps)
    return np.ascontiguousarray(influence, np.float64)


def _draw(
    cell: Cell, values: Float64, may: Mask, ends: tuple[float, float], direction: int | None, words: Words, theme: Theme
) -> go.Figure:
    name = called(cell, words.lang)
    # The numbers themselves are half of what is sent or more: of a large map, its colours say as much.
    exact: Part = {"customdata": _as_shown(values)} if len(values) <= EXACT else {}
    size = "%{customdata:.4~g}" if exact else "10<sup>%{z:.1f}</sup>"
    hover: Part = {"name": name, "hovertemplate": f"%{{y}} ← %{{x}}<br>{SYMBOL} = {size}<extra>{name}</extra>"}
    stairs = [] if direction is None else [square.staircase(len(values), direction, theme)]
    return square.draw(
        [square.cells(values, may, ends, theme) | hover | exact, *_signs(values, may, ends, theme)],
        _fields(values, may, theme) + stairs,
        sparse_axis.time_axis(words, theme, square.BESIDE, numbers=True),
        square.rows([f"<i>h</i><sub>{step}</sub>" for step in range(1, len(values) + 1)]),
        sparse_axis.margin(words, theme, square.BESIDE, numbers=True),
        theme,
    )


def _as_shown(values: Float64) -> Array:
    """The same in float32 where there are many, and it holds as many digits of each as are shown."""
    sizes, held = values[(values > 0) & np.isfinite(values)], np.finfo(np.float32)
    fits = not sizes.size or (sizes.min() > held.smallest_normal and sizes.max() < held.max)
    return values.astype(np.float32) if fits and len(values) > FEW else values


def _lost(values: Float64, may: Mask) -> Mapping[str, Mask]:
    """Where what causality allows has no logarithm, by its kind."""
    return {kind: mask & may for kind, mask in log_axis.lost(values).items()}


def _signs(values: Float64, may: Mask, ends: tuple[float, float], theme: Theme) -> list[Part]:
    """A sign on every cell that no colour holds."""
    found = [(kind, mask, log_axis.sign(kind)[1], theme["ink"]) for kind, mask in _lost(values, may).items()]
    found.append(("above", square.above(values, ends) & may, ABOVE[1], theme.on("size", 1)))
    size, width = (8.0, 1.5) if len(values) <= FEW else (3.0, 0.75)
    return [
        square.signs(mask, color, size, symbol, width, theme, name=kind)
        for kind, mask, symbol, color in found
        if 0 < mask.sum() <= MANY
    ]


def _fields(values: Float64, may: Mask, theme: Theme) -> list[Part]:
    """The cells that no colour holds, filled, where they are many: one path a kind."""
    style: Part = {"type": "path", "line": {"width": 0}}
    return [
        style | {"path": _covering(mask), "fillcolor": theme[FILLS[kind]]}
        for kind, mask in _lost(values, may).items()
        if mask.sum() > MANY
    ]


def _covering(mask: Mask) -> str:
    """A path round every run of cells in a row."""
    edges = np.diff(mask, axis=1, prepend=False, append=False)  # at the first cell of a run, and behind its last
    rows, ends = np.nonzero(edges)
    runs = zip(rows[::2].tolist(), ends[::2].tolist(), ends[1::2].tolist(), strict=True)
    return " ".join(
        f"M {since + 0.5},{row + 0.5} L {to + 0.5},{row + 0.5} L {to + 0.5},{row + 1.5} L {since + 0.5},{row + 1.5} Z"
        for row, since, to in runs
    )


def _kept(values: Float64, direction: int | None, lang: str) -> str:
    """What the input read first does to the state read last, beside what the last one does."""
    last, first = (0, len(values) - 1) if direction else (len(values) - 1, 0)
    if not values[last, last] > 0:  # 0, or nothing that one could compare with
        return text("influence_map.no_reference", lang, size=number(float(values[last, last])))
    return change(float(values[last, last]), float(values[last, first]), lang)


def _finding(cell: Cell, values: Float64, may: Mask, direction: int | None, words: Words) -> str:
    lang, end = words.lang, len(values) - 1
    if end == 0:
        said = text("influence_map.one", lang, word=words.said(0), size=number(float(values[0, 0])))
    else:
        first, last = (end, 0) if direction else (0, end)
        said = text(
            "influence_map.backwards" if direction else "influence_map.forwards",
            lang,
            cell=called(cell, lang),
            first=words.said(first),
            last=words.said(last),
            ratio=_kept(values, direction, lang),
        )
    kinds = {kind: int(mask.sum()) for kind, mask in _lost(values, may).items()}
    counts = [text(f"log_axis.{kind}_count", lang, count=count) for kind, count in kinds.items() if count]
    if not counts:
        return said
    odd = text("influence_map.odd", lang, cells=int(may.sum()), counts=text("figures.list", lang).join(counts))
    return text("figures.join", lang, first=said, second=odd)


def _legend(allowed: Float64, ends: tuple[float, float], bare: bool, lang: str, theme: Theme) -> Legend:
    """`allowed` are the values that causality allows; `bare` is whether it forbids any."""
    above = square.above(allowed, ends).sum()
    marks = [
        Mark("■", mark.meaning, theme[FILLS[kind]]) if mask.sum() > MANY else mark
        for mark, (kind, mask) in zip(log_axis.legend([allowed], lang), log_axis.lost(allowed).items(), strict=True)
    ]
    if 0 < above <= MANY:
        marks.append(Mark(ABOVE[0], text("influence_map.above", lang)))
    if bare:
        marks.append(Mark("□", text("influence_map.bare", lang)))
    return Legend(SYMBOL, "size", *square.ends_said(allowed, ends), tuple(marks))


def _table(values: Float64, words: Words) -> Mapping[str, tuple[object, ...] | np.ndarray]:
    """A row a state, a column an input."""
    states = {text("influence_map.state", words.lang): tuple(f"h{step}" for step in range(1, len(values) + 1))}
    return MappingProxyType(
        states | {f"x{step} {word}": values[:, step - 1] for step, word in enumerate(words.tokens, 1)}
    )
