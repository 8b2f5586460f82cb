"""What the steps back do together, beside what they could do if each got what it can stretch most."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures import columns, gradient_lines, log_axis, square
from rnn_core.figures.captions import joined, number
from rnn_core.figures.gradient_lines import Line
from rnn_core.figures.networks import called
from rnn_core.figures.picture import Legend, Mark, Picture
from rnn_core.figures.ratio import change, power
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.theme import Theme
    from rnn_core.quantities import Cell

    Float64 = NDArray[np.float64]

FINITE = 300  # decades that a float holds


def step_stretch(
    cell: Cell,
    stretch: Float64,
    products: Float64,
    bounds: Float64,
    tokens: Sequence[str],
    at: int,
    *,
    lang: str,
    theme: Theme,
    decades: tuple[float, float] | None = None,
    glosses: Sequence[str] = (),
    suffix: str = "",
) -> Picture:
    """The largest singular value of all steps from the loss on together, in full, and the product of theirs, thin.

    Args:
        cell: whose steps.
        stretch, products, bounds: (T,), as `SentenceSteps` has them: NaN where they were not computed.
        tokens: the T words.
        at: the word (0-based) at which the loss reads the state.
        lang: the reader's language.
        theme: light or dark, and how large.
        decades: the ends of the axis as exponents of 10, as for `gradient_norms`; `common_decades` of all that are
            compared.
        glosses: the words' meanings.
        suffix: for the picture's key.

    Raises:
        KiokuError: another number of words than steps.
    """
    words, name = Words(tuple(tokens), tuple(glosses), lang), called(cell, lang)
    done, most = text("step_stretch.done", lang), text("step_stretch.most", lang)
    shown = [
        Line(done, cell, gradient_lines.sizes(_power(products), words, name), sparse=True),
        Line(most, cell, gradient_lines.sizes(_power(bounds), words, name), thin=True, sparse=True),
    ]
    lost = log_axis.legend([line.known for line in shown], lang)
    return Picture(
        key=f"stretch_{cell}{suffix}",
        figure=gradient_lines.draw(
            shown, words, at, "", theme, decades=decades, level=(1.0, ""), named=False, room=square.BESIDE
        ),
        title=text("step_stretch.title", lang, cell=name),
        finding=_finding(stretch, float(products[0]), at, lang),
        method=text("step_stretch.method", lang),
        legend=Legend("", None, marks=(Mark("━", done), Mark("─", most), *lost)),
        table=columns.table(words, {"σₘₐₓ": stretch, f"log₁₀ {done}": products, f"log₁₀ {most}": bounds}),
    )


def common_decades(*logarithms: Float64) -> tuple[float, float]:
    """The ends of one axis that holds all of these (log₁₀), as whole exponents.

    Example:
        >>> common_decades(np.array([-26.2, 0.0, np.nan]), np.array([np.inf, 3.5]))
        (-27.0, 4.0)
    """
    every = np.concatenate(logarithms)
    known = np.clip(every[np.isfinite(every)], -FINITE, FINITE)
    return float(np.floor(known.min(initial=0.0))), float(np.ceil(known.max(initial=0.0)))


def _power(decades: Float64) -> Float64:
    """10 to these powers as far as a float holds them; 0 only where it is exactly 0."""
    held = np.where(np.isfinite(decades), np.clip(decades, -FINITE, FINITE), decades)
    found: Float64 = 10.0**held
    return found


def _finding(stretch: Float64, product: float, at: int, lang: str) -> str:
    known = stretch[np.isfinite(stretch)]
    if at == 0:
        return text("step_stretch.none", lang)
    if not known.size or np.isnan(product):
        return text("step_stretch.lost", lang)
    low, high = (number(float(end)) for end in (known.min(), known.max()))
    one = text("step_stretch.same" if low == high else "step_stretch.range", lang, low=low, high=high)
    return joined([one, text("step_stretch.product", lang, steps=at, size=_size(product, lang))], lang)


def _size(decades: float, lang: str) -> str:
    """A ratio of which log₁₀ is known."""
    if np.isfinite(decades) and abs(decades) > FINITE:
        return power(round(decades))
    return change(1.0, float(10.0**decades), lang)
