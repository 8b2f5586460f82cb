"""A chart as a PNG or an SVG with its name, its finding and its key over it, as a slide needs it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from pages._ui.components.assets import component
from pages._ui.words import formula, plain
from rnn_core.figures.margins import LABEL

if TYPE_CHECKING:
    from pages._ui.components.packing import JSON
    from rnn_core.figures import Picture, Theme

MATHS = "STIX Two Text, Cambria Math, DejaVu Sans, serif"  # in which ‖ and ∂ are not as wide as a kanji, as on the page
STOPS = 32  # steps of colour in the ramp; more than the eye tells apart at its length

_render = component("save_image", "save")


def save_image(lang: str, theme: Theme, shown: Picture) -> None:
    """The two buttons. What the file says beyond the chart is put over it when one of them is pressed."""
    _render(key=f"image_{shown.key}", data=said(lang, theme, shown), width="content")


def said(lang: str, theme: Theme, shown: Picture) -> dict[str, JSON]:
    """What the script writes over the chart; text is in the markup that Plotly knows."""
    legend = shown.legend
    scale = legend.scale if legend else None
    return {
        "key": shown.key,
        "lang": lang,
        "title": _markup(formula(shown.title)),
        "finding": _markup(formula(shown.finding)),
        "symbol": f'<span style="font-family: {MATHS}">{legend.symbol}</span>' if legend and legend.symbol else "",
        "low": _markup(plain(legend.low)) if legend else "",
        "high": _markup(plain(legend.high)) if legend else "",
        "ramp": [theme.at(scale, stop / (STOPS - 1)) for stop in range(STOPS)] if scale else [],
        "marks": [
            {"glyph": _markup(plain(mark.glyph)), "meaning": _markup(plain(mark.meaning)), "color": mark.color}
            for mark in (legend.marks if legend else ())
        ],
        "size": theme.px(LABEL),
        "ink": theme["ink"],
        "muted": theme["muted"],
        "edge": theme["edge"],
    }


def _markup(html: str) -> str:
    """HTML of the page as Plotly takes it, which knows no classes and not every entity."""
    bare = re.sub("</?span[^>]*>", "", html)
    return bare.replace("&quot;", '"').replace("&#x27;", "'")
