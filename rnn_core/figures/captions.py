"""Numbers as a sentence says them, and what a heatmap's finding says: where to look, and what the numbers are there."""

from __future__ import annotations

from functools import reduce
from math import isfinite, isnan
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.messages import text
from rnn_core.statistics import comparison
from rnn_core.text.typography import SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from rnn_core.figures.marks import Outliers
    from rnn_core.figures.words import Words
    from rnn_core.quantities import Quantity

    Array = NDArray[np.floating]


def number(value: float) -> str:
    """Two decimals where they say enough, two significant digits where not, with a real minus.

    Example:
        >>> [number(v) for v in (-0.876, 0.0034, 1234.5, 0.0, 2.5e-9, 1e-5, float("inf"))]
        ['−0.88', '0.0034', '1,234', '0', '2.5 × 10⁻⁹', '10⁻⁵', '∞']
    """
    size, sign = abs(value), "−" if value < 0 else ""
    if isnan(value):
        return "NaN"
    if not isfinite(value):
        return sign + "∞"
    if size == 0:
        return "0"
    if 1e-4 <= size < 1e6:
        return sign + (f"{size:,.0f}" if size >= 100 else f"{size:.2f}" if size >= 0.01 else f"{size:.2g}")
    head, power = f"{size:.1e}".split("e")
    ten = "10" + str(int(power)).translate(SUPERSCRIPT)
    return sign + (ten if head == "1.0" else f"{head} × {ten}")


def signed(value: float) -> str:
    """A number with its sign, for what is added or taken away."""
    return ("+" if value > 0 else "") + number(value)


def percent(share: float, lang: str, digits: int = 0) -> str:
    """A share as a percentage with so many decimals, in which only nothing is 0 and only all is 100.

    Example:
        >>> [percent(v, "en") for v in (0.873, 0.0001, 0.9999, 1.0)]
        ['87%', '< 1%', '> 99%', '100%']
    """
    return text("figures.percent", lang, number=hundredths(share, digits))


def hundredths(share: float, digits: int = 0) -> str:
    """The number of `percent`, with so many decimals.

    Example:
        >>> [hundredths(v, 1) for v in (0.8734, 0.0001, 0.9996, 1.0)], hundredths(0.9996)
        (['87.3', '< 0.1', '> 99.9', '100.0'], '> 99')
    """
    least = 10**-digits
    said = f"{100 * share:.{digits}f}"
    if float(said) == 0 and share > 0:
        return f"< {least:g}"
    if float(said) == 100 and share < 1:
        return f"> {100 - least:g}"
    return said


def brief(share: float) -> str:
    """The number of `percent` where there is little room.

    Example:
        >>> brief(0.9996), brief(0.25)
        ('>99', '25')
    """
    return hundredths(share).replace(" ", "")


def joined(sentences: Iterable[str], lang: str) -> str:
    """Sentences, at least one, as one text.

    Example:
        >>> joined(["One.", "Two.", "Three."], "en")
        'One. Two. Three.'
    """
    return reduce(lambda first, second: text("figures.join", lang, first=first, second=second), sentences)


def heatmap(row: Quantity, values: Array, words: Words, outliers: Outliers) -> str:
    """What is to be seen now in T × H values of `row`."""
    known = np.isfinite(values)
    if not known.any():
        return text("figures.heatmap.nothing", words.lang)
    if values[known].min() == values[known].max():
        said = text("figures.heatmap.constant", words.lang, value=number(float(values[known][0])))
    elif row.scale == "share":
        said = _gates(values, words)
    else:
        said = _states(values, words)
    return said + outliers.said(words.lang)


def strongest(values: Array) -> tuple[int, int]:
    """The step and the unit of the largest finite size in (T, H) values, of which one at least is finite."""
    sizes = np.where(np.isfinite(values), np.abs(values), -1)
    step, unit = np.unravel_index(sizes.argmax(), sizes.shape)
    return int(step), int(unit)


def _states(values: Array, words: Words) -> str:
    lang = words.lang
    step, unit = strongest(values)
    peak = text(
        "figures.heatmap.strongest",
        lang,
        word=words.said(step),
        unit=unit + 1,
        value=number(float(values[step, unit])),
    )
    moved = comparison.changes(values)  # (T − 1,)
    if not np.isfinite(moved).any():
        return peak
    most = int(np.nanargmax(np.where(np.isfinite(moved), moved, np.nan)))
    change = text("figures.heatmap.change", lang, word=words.said(most + 1), change=number(float(moved[most])))
    return text("figures.join", lang, first=change, second=peak)


def _gates(values: Array, words: Words) -> str:
    lang = words.lang
    opened, shut = comparison.saturation(values)
    shares = text("figures.heatmap.gates", lang, open=percent(opened, lang), shut=percent(shut, lang))
    means = comparison.means(values)  # (T,)
    if len(means) < 2 or not np.isfinite(means).all():
        return shares
    low, high = int(means.argmin()), int(means.argmax())
    if number(float(means[low])) == number(float(means[high])):
        return shares
    ends = text(
        "figures.heatmap.means",
        lang,
        low=words.said(low),
        low_mean=number(float(means[low])),
        high=words.said(high),
        high_mean=number(float(means[high])),
    )
    return text("figures.join", lang, first=ends, second=shares)
