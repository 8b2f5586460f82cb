"""A picture that stands alone: its figure holds the title, finding, colour bar and signs that a page has beside it."""

from __future__ import annotations

from dataclasses import replace
from html import escape
from textwrap import wrap
from typing import TYPE_CHECKING, Any

from rnn_core.figures.drawn import Drawn
from rnn_core.figures.margins import GAP, LABEL, text_width

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.figures.picture import Legend, Mark, Picture
    from rnn_core.figures.theme import Part, Theme

TITLE, LINE = 17, 18  # px at a desk: the title's type, and a line of the finding or of the signs
WIDE = 600  # px that the finding and the signs may take
BAR = 14  # px: the width of the colour bar
WIDEST = 0.6 * LABEL  # px that a Latin letter takes


def standalone(shown: Picture, theme: Theme) -> Picture:
    """The picture with all that its reader needs in its figure; `shown` stays as it is."""
    parts = shown.figure.parts
    layout: dict[str, Any] = dict(parts["layout"])
    margin = dict(layout["margin"])
    finding, signs = _lines(shown.finding), _signs(shown.legend)
    head = theme.px(TITLE + LINE * len(finding) + 3 * GAP)
    foot = theme.px(LINE * len(signs) + (GAP if signs else 0))
    traces, beside = _with_bar(parts["data"], shown.legend, theme)
    if signs:
        note = theme.label("<br>".join(signs), "muted", xref="paper", yref="paper", x=0, y=0, align="left")
        note |= {"xanchor": "left", "yanchor": "top", "yshift": -margin["b"]}
        layout["annotations"] = [*layout.get("annotations", ()), note]
    layout["title"] = _title(shown.title, finding, theme)
    layout["margin"] = margin | {
        "t": margin["t"] + head,
        "b": margin["b"] + foot,
        "r": max(margin["r"], beside) if beside else margin["r"],
    }
    layout["height"] = layout["height"] + head + foot
    return replace(shown, figure=Drawn({"data": traces, "layout": layout}))


def _title(title: str, finding: Sequence[str], theme: Theme) -> Part:
    """The quiet name and under it, in the colour of text, what is to be seen."""
    return {
        "text": escape(title, quote=False),
        "font": theme.font(TITLE),
        "subtitle": {"text": "<br>".join(escape(line, quote=False) for line in finding), "font": theme.font()},
        "x": 0,
        "xref": "container",
        "xanchor": "left",
        "y": 1,
        "yref": "container",
        "yanchor": "top",
        "pad": {"l": theme.px(GAP), "t": theme.px(GAP)},
    }


def _lines(plain: str) -> list[str]:
    """A sentence in lines; Japanese characters are as wide as high."""
    letters = int(WIDE / max(text_width(plain) / max(len(plain), 1), WIDEST))
    return wrap(plain, letters)


def _signs(legend: Legend | None) -> list[str]:
    """The signs with their meanings, as many in a line as stand side by side."""
    lines: list[str] = []
    for mark in legend.marks if legend else ():
        said = _said(mark)
        if lines and text_width(lines[-1] + said) < WIDE:
            lines[-1] += "&nbsp;&nbsp; " + said
        else:
            lines.append(said)
    return lines


def _said(mark: Mark) -> str:
    meaning = escape(mark.meaning, quote=False)
    return (
        f'<span style="color:{mark.color}">{mark.glyph}</span> {meaning}' if mark.color else f"{mark.glyph} {meaning}"
    )


def _with_bar(
    traces: Sequence[Mapping[str, Any]], legend: Legend | None, theme: Theme
) -> tuple[list[Mapping[str, Any]], float]:
    """The traces, the first map of them with a colour bar, and how many px it takes beside the plot; 0 for none."""
    maps = [at for at, trace in enumerate(traces) if trace["type"] == "heatmap"]
    if not maps or legend is None or legend.scale is None:
        return list(traces), 0.0
    first = traces[maps[0]]
    ends = [first["zmin"], first["zmax"]]
    names = [legend.low, legend.high]
    if -first["zmin"] == first["zmax"]:
        ends, names = [ends[0], 0, ends[1]], [names[0], "0", names[1]]
    bar = {
        "title": {"text": legend.symbol, "font": theme.font(), "side": "top"},
        "thickness": theme.px(BAR),
        "outlinewidth": 0,
        "tickmode": "array",
        "tickvals": ends,
        "ticktext": names,
        "tickfont": theme.font(LABEL, "muted"),
        "xpad": theme.px(GAP),
    }
    widest = max(map(text_width, (*names, legend.symbol)))
    shown = {**first, "showscale": True, "colorbar": bar}
    return [shown if at == maps[0] else trace for at, trace in enumerate(traces)], theme.px(widest + BAR + 4 * GAP)
