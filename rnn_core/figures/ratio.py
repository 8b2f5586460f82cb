"""A ratio as a sentence says it: 1/33 rather than 0.03, and powers of ten where a million no longer says anything."""

from __future__ import annotations

from math import floor, isfinite, log10

from rnn_core.figures.captions import number
from rnn_core.messages import text
from rnn_core.text.typography import SUPERSCRIPT

PLAIN = 6  # decades up to which a ratio is written out


def power(exponent: float) -> str:
    """10 to a whole exponent, and the round numbers 3, 30, 0.3 … half way between two; plain text.

    Example:
        >>> [power(k) for k in (-3, 0, 0.5, 1, -0.5, 20)]
        ['10⁻³', '1', '3', '10', '0.3', '10²⁰']
    """
    if exponent % 1 or exponent in (0, 1):
        return f"{round(10.0**exponent, 1 - floor(exponent) - 1):g}"
    return "10" + f"{exponent:.0f}".translate(SUPERSCRIPT)


def ratio(value: float, lang: str) -> str:
    """What becomes of 1, to two figures: a fraction below 1/2, a multiple from there on.

    Example:
        >>> [ratio(v, "en") for v in (0.0303, 0.98, 120.4, 3e-27, 0.0, 0.44)]
        ['1/33', '0.98 ×', '120 ×', '10⁻²⁷', '0', '1/2.3']
    """
    if not isfinite(value) or value <= 0:
        return number(value)
    return _said(log10(value), lang)


def change(before: float, after: float, lang: str) -> str:
    """What a size ≥ 0 has become, as a ratio; where it was 0, both sizes.

    Example:
        >>> change(2.0, 0.5, "en"), change(1e-200, 1e200, "en"), change(0.0, 0.5, "en"), change(1.0, 0.0, "en")
        ('1/4', '10⁴⁰⁰ ×', '0 → 0.50', '0')
    """
    if before == 0 and after > 0:
        return f"0 → {number(after)}"
    if after == 0 or not (isfinite(before) and isfinite(after)):
        return number(after)
    return _said(log10(after) - log10(before), lang)


def _said(size: float, lang: str) -> str:
    """The ratio of which this is log10."""
    if size <= -PLAIN:
        return power(floor(size + 0.5))
    if size >= log10(0.5):
        many = power(floor(size + 0.5)) if size >= PLAIN else _two(10**size)
        return text("ratio.times", lang, number=many)
    return f"1/{_two(10**-size)}"


def _two(value: float) -> str:
    """Two significant figures, written out.

    Example:
        >>> [_two(v) for v in (2.27, 33.1, 910_432.0, 0.98, 3.04)]
        ['2.3', '33', '910,000', '0.98', '3']
    """
    return f"{float(f'{value:.2g}'):,.{2 if value < 0.995 else 1}f}".removesuffix(".0")
