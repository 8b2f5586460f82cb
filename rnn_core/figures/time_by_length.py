"""How long the compared networks took on this machine, as measured: a step of training, and word by word."""

from __future__ import annotations

from math import log10
from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core import parallelism
from rnn_core.figures import by_length
from rnn_core.figures.by_length import Line
from rnn_core.figures.captions import number
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import change
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.models.timing import Point
    from rnn_core.quantities import Cell, Recurrent

GUESS = "▼"
ENDS, ENDS_GENERATED = (-4.0, -1.0), (-4.0, 0.0)  # seconds, as exponents of 10: they do not jump as points come in
ATTENDS: Cell = "transformer"


def time_training(
    points: Sequence[Point], *, lang: str, theme: Theme, guesses: Mapping[Recurrent, int | None] = MappingProxyType({})
) -> Picture:
    """Forward and backward over a whole sentence, by the number of words; an empty chart before the first point.

    Args:
        points: what has been measured.
        lang: the reader's language.
        theme: light or dark, and how large.
        guesses: network → from how many words on the reader expects the Transformer to be faster, None for never.
    """
    times = trained(points)
    shown = [Line(cell, by_length.name(cell), values) for cell, values in times.items()]
    marks = [_guess(cell, words, row, lang, theme) for row, (cell, words) in enumerate(guesses.items())]
    figure = by_length.draw(shown, text("time_by_length.axis", lang), ENDS, written, lang, theme, over=marks)
    guessed = (Mark(GUESS, text("time_by_length.guess", lang)),) if marks else ()
    return Picture(
        key="time_training",
        figure=figure,
        title=text("time_by_length.training", lang),
        finding=_finding(times, lang),
        method=text("time_by_length.training_method", lang),
        legend=Legend("", None, marks=guessed) if guessed else None,
        table=_table(points, lang),
    )


def _guess(cell: Recurrent, words: int | None, row: int, lang: str, theme: Theme) -> Part:
    """A guess as a sign over the length that it names, in the colour of the network; never stands at the right end."""
    name = by_length.name(cell)
    said = text("time_by_length.guessed_never", lang, cell=name) if words is None else f"{GUESS} {name}"
    at = parallelism.LENGTHS[-1] if words is None else words
    return theme.label(
        said,
        theme.text(cell),
        x=log10(at),
        y=1,
        yref="paper",
        xanchor="right" if at == parallelism.LENGTHS[-1] else "left",
        yanchor="top",
        yshift=-row * theme.px(20),
    )


def time_generation(points: Sequence[Point], *, lang: str, theme: Theme) -> Picture:
    """The same number of words one after the other, by how many; an empty chart before the first point."""
    kept = {cell: {point.words: point.generate for point in points if point.cell == cell} for cell in _cells(points)}
    again = {point.words: point.again for point in points if point.again is not None}
    shown = [Line(cell, by_length.name(cell), values) for cell, values in kept.items()]
    if again:
        shown.append(Line(ATTENDS, text("time_by_length.again", lang), again, thin=True))
    return Picture(
        key="time_generation",
        figure=by_length.draw(shown, text("time_by_length.axis", lang), ENDS_GENERATED, written, lang, theme),
        title=text("time_by_length.generation", lang),
        finding=_generated(kept, again, lang),
        method=text("time_by_length.generation_method", lang),
        legend=None,
        table=by_length.table(shown, lang),
    )


def written(seconds: float) -> str:
    """A time as a reader writes it.

    Example:
        >>> [written(value) for value in (0.0001, 0.00123, 0.5, 1.0)]
        ['0.1 ms', '1.23 ms', '500 ms', '1 s']
    """
    return f"{seconds:.3g} s" if seconds >= 1 else f"{1e3 * seconds:.3g} ms"


def trained(points: Sequence[Point]) -> Mapping[Cell, Mapping[int, float]]:
    """Network → number of words → seconds forward and backward, those that have been measured."""
    return {cell: {point.words: point.training for point in points if point.cell == cell} for cell in _cells(points)}


def _cells(points: Sequence[Point]) -> list[Cell]:
    return [cell for cell in parallelism.COST_MODELS if any(point.cell == cell for point in points)]


def _finding(times: Mapping[Cell, Mapping[int, float]], lang: str) -> str:
    """Who is first at the most words, and at which lengths the Transformer is ahead of each."""
    lengths = [words for words in parallelism.LENGTHS if all(words in values for values in times.values())]
    if len(times) < len(parallelism.COST_MODELS) or not lengths:
        return text("time_by_length.nothing", lang)
    said = _first(times, lengths[-1], lang)
    ahead = (_ahead(times, cell, lang) for cell in times if cell != ATTENDS)
    each = text("time_by_length.between", lang).join(ahead)
    return text("figures.join", lang, first=said, second=text("time_by_length.ahead", lang, each=each))


def _first(times: Mapping[Cell, Mapping[int, float]], words: int, lang: str) -> str:
    first = min(times, key=lambda cell: times[cell][words])
    ours, best = times[ATTENDS][words], times[first][words]
    key, ratio = ("itself_first", "") if first == ATTENDS else ("first", change(best, ours, lang))
    return text(
        f"time_by_length.{key}", lang, words=words, first=by_length.name(first), time=number(1e3 * best), ratio=ratio
    )


def _ahead(times: Mapping[Cell, Mapping[int, float]], cell: Cell, lang: str) -> str:
    lengths = parallelism.ahead_at(times[ATTENDS], times[cell])
    if not lengths:
        return text("time_by_length.never", lang, cell=by_length.name(cell))
    return text("time_by_length.at", lang, cell=by_length.name(cell), lengths=by_length.span(lengths, lang))


def _generated(kept: Mapping[Cell, Mapping[int, float]], again: Mapping[int, float], lang: str) -> str:
    if ATTENDS not in kept or not again:
        return text("time_by_length.nothing", lang)
    words, last = max(again), max(kept[ATTENDS])
    first = min(kept, key=lambda cell: kept[cell].get(last, float("inf")))
    said = text(
        "time_by_length.generated",
        lang,
        words=last,
        first=by_length.name(first),
        time=number(1e3 * kept[first][last]),
        ours=number(1e3 * kept[ATTENDS][last]),
    )
    saved = text("time_by_length.saved", lang, words=words, ratio=change(kept[ATTENDS][words], again[words], lang))
    return text("figures.join", lang, first=said, second=saved)


def _table(points: Sequence[Point], lang: str) -> Mapping[str, tuple[object, ...]]:
    """A row a point: forward and backward apart, in seconds."""
    return {
        text("by_length.network", lang): tuple(by_length.name(point.cell) for point in points),
        text("by_length.words", lang): tuple(point.words for point in points),
        text("time_by_length.forward", lang): tuple(point.forward for point in points),
        text("time_by_length.backward", lang): tuple(point.backward for point in points),
    }
