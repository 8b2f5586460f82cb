"""How much is recalled from a state of fixed size, by how many pairs were written into it; softmax keeps them all."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core.figures import measured_lines
from rnn_core.figures.captions import percent
from rnn_core.figures.measured_lines import Line
from rnn_core.figures.picture import Picture
from rnn_core.figures.theme import LINES
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.theme import Theme

DASHES = {"softmax": "solid", "linear": "solid", "delta": "dash", "decay": "dot"}
SYMBOLS = {"softmax": "square", "linear": "circle", "delta": "diamond", "decay": "triangle-up"}
COLORS = {"linear": 0, "delta": 1, "decay": 3}  # of `LINES`


def recall_by_pairs(found: Mapping[int, Mapping[str, float]], width: int, *, lang: str, theme: Theme) -> Picture:
    """Random keys, each written once.

    Args:
        found: number of pairs → rule → the share recalled.
        width: the numbers of a key.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    most = max(found)
    shares = {f"{rule}_share": percent(found[most][rule], lang) for rule in ("linear", "delta", "softmax")}
    finding = text("recall_by_pairs.finding", lang, pairs=most, **shares)
    method = text("recall_by_pairs.method", lang, width=width)
    return _picture(
        "recall_by_pairs", _lines(found, ("softmax", "linear", "delta"), lang, theme), finding, method, lang, theme
    )


def recall_rewritten(found: Mapping[int, Mapping[str, float]], *, lang: str, theme: Theme) -> Picture:
    """Orthonormal keys, written again and again in random order.

    Args:
        found: number of writes → rule → the share of latest values recalled.
        lang: the reader's language.
        theme: light or dark, and how large.
    """
    most = max(found)
    shares = {f"{rule}_share": percent(found[most][rule], lang) for rule in ("linear", "delta", "decay")}
    finding = text("recall_by_pairs.rewritten_finding", lang, writes=most, **shares)
    method = text("recall_by_pairs.rewritten_method", lang)
    return _picture(
        "recall_rewritten", _lines(found, ("delta", "decay", "linear"), lang, theme), finding, method, lang, theme
    )


def _picture(key: str, shown: Sequence[Line], finding: str, method: str, lang: str, theme: Theme) -> Picture:
    across = text(f"recall_by_pairs.{'pairs' if key == 'recall_by_pairs' else 'writes'}", lang)
    return Picture(
        key=key,
        figure=measured_lines.draw(shown, across, text("recall_by_pairs.share", lang), (0.0, 1.0), theme, names=160),
        title=text(f"{'recall_by_pairs.title' if key == 'recall_by_pairs' else 'recall_by_pairs.rewritten'}", lang),
        finding=finding,
        method=method,
        legend=None,
        table=MappingProxyType(measured_lines.table(shown, across)),
    )


def _lines(found: Mapping[int, Mapping[str, float]], rules: Sequence[str], lang: str, theme: Theme) -> list[Line]:
    def colors(rule: str) -> tuple[str, str]:
        if rule == "softmax":
            return theme.mark("transformer"), theme.text("transformer")
        color = LINES[theme.mode][COLORS[rule]]
        return color, color

    return [
        Line(
            text(f"recall_by_pairs.{rule}", lang),
            *colors(rule),
            {count: shares[rule] for count, shares in found.items()},
            DASHES[rule],
            SYMBOLS[rule],
        )
        for rule in rules
    ]
