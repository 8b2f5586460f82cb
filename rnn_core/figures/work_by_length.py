"""What a whole sentence takes, counted: multiply-adds, and numbers to keep; for the Transformer both bend with T²."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core import parallelism
from rnn_core.figures import by_length
from rnn_core.figures.by_length import Line
from rnn_core.figures.log_axis import raised
from rnn_core.figures.picture import Picture
from rnn_core.figures.ratio import change
from rnn_core.messages import text
from rnn_core.parallelism import COST_MODELS, LENGTHS

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import CostModel

ENDS_WORK, ENDS_KEPT = (5.0, 8.0), (2.0, 7.0)  # exponents of 10


def multiply_adds(*, lang: str, theme: Theme) -> Picture:
    """The multiply-adds of every compared network."""
    return _picture("multiply_adds", parallelism.multiply_adds, ENDS_WORK, lang, theme)


def numbers_kept(*, lang: str, theme: Theme) -> Picture:
    """The numbers that are there to keep: states, and of the Transformer the weights of its attention."""
    return _picture("numbers_kept", parallelism.stored_numbers, ENDS_KEPT, lang, theme)


def _picture(
    key: str, count: Callable[[CostModel, int], int], ends: tuple[float, float], lang: str, theme: Theme
) -> Picture:
    shown = [Line(cell, by_length.name(cell), {words: count(cell, words) for words in LENGTHS}) for cell in COST_MODELS]
    first, last = LENGTHS[0], LENGTHS[-1]
    recurrent, attends = COST_MODELS[1], COST_MODELS[-1]
    found = {
        "first": first,
        "last": last,
        "longer": change(first, last, lang),
        "recurrent": change(count(recurrent, first), count(recurrent, last), lang),
        "transformer": change(count(attends, first), count(attends, last), lang),
        "ratio": change(count(recurrent, last), count(attends, last), lang),
        "squared": parallelism.quadratic_from(),
    }
    return Picture(
        key=key,
        figure=by_length.draw(shown, text(f"work_by_length.{key}_axis", lang), ends, written, lang, theme),
        title=text(f"work_by_length.{key}", lang),
        finding=text(f"work_by_length.{key}_finding", lang, **found),
        method=text(f"work_by_length.{key}_method", lang),
        legend=None,
        table=by_length.table(shown, lang),
    )


def written(count: float) -> str:
    """A count as a reader writes it: a round power of ten as such, any other in full.

    Example:
        >>> written(1e6), written(1234.0)
        ('10<sup>6</sup>', '1,234')
    """
    digits = f"{count:.0f}"
    return raised(len(digits) - 1) if digits.strip("0") == "1" and len(digits) > 1 else f"{count:,.0f}"
