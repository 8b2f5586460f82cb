"""One theme for every chart: colours, scales, type and a Plotly template, for the light and the dark page.

The drawings of the pages use the same colours and scales, so that a chart and a drawing never disagree. Colours that
carry a mark have at least 3:1 on the page, those that carry text 4.5:1; `tests/rnn_core/figures/test_theme.py`
measures it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

from rnn_core.colours import SCALES, channels, mixed
from rnn_core.figures import margins
from rnn_core.figures.drawn import Drawn
from rnn_core.figures.margins import LABEL

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.quantities import Cell, Scale

Mode = Literal["light", "dark"]
Part: TypeAlias = dict[str, object]  # a piece of a Plotly figure, as Plotly's own JSON has it

FONT = (
    '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Hiragino Sans", "BIZ UDPGothic", '
    '"Noto Sans JP", "Noto Sans CJK JP", "Yu Gothic UI", Meiryo, sans-serif'
)
WORD = 15  # px at a desk: the words on an axis; everything else is a LABEL

# edge: outlines and cursors that carry meaning, never text; line: decoration only
TOKENS: Mapping[Mode, Mapping[str, str]] = {
    "light": {
        "bg": "#FFFFFF",
        "surface": "#F6F7F9",
        "ink": "#1B1F24",
        "muted": "#5B6470",
        "line": "#D9DEE5",
        "edge": "#7C8794",
    },
    "dark": {
        "bg": "#0F1318",
        "surface": "#171D24",
        "ink": "#E6EAF0",
        "muted": "#9AA6B4",
        "line": "#2B333D",
        "edge": "#78848F",
    },
}
# (mark, text): Okabe–Ito, adjusted to each ground
CELLS: Mapping[Cell, Mapping[Mode, tuple[str, str]]] = {
    "rnn": {"light": ("#D55E00", "#B34700"), "dark": ("#FF8A3D", "#FF8A3D")},
    "lstm": {"light": ("#0072B2", "#00629B"), "dark": ("#56B4E9", "#56B4E9")},
    "gru": {"light": ("#009E73", "#00755A"), "dark": ("#2CC295", "#2CC295")},
    "mingru": {"light": ("#4D6B12", "#4D6B12"), "dark": ("#B5D66B", "#B5D66B")},
    "minlstm": {"light": ("#3F6373", "#3F6373"), "dark": ("#9CC3D4", "#9CC3D4")},
    "bidirectional": {"light": ("#5A63C4", "#454EAE"), "dark": ("#A3ABFA", "#A3ABFA")},
    "attentive": {"light": ("#94720B", "#7A5C00"), "dark": ("#E0B84C", "#E0B84C")},
    "transformer": {"light": ("#BF6499", "#9E3F74"), "dark": ("#E39AC4", "#E39AC4")},
}
# Lines of one chart that are not cells. Neither the blue and red of a sign nor a cell's colour; dash and symbol carry
# the difference without colour too.
LINES: Mapping[Mode, tuple[str, ...]] = {
    "light": ("#1B1F24", "#8A4B08", "#5C33A3", "#0B6B66", "#8C2F66", "#5B6470"),
    "dark": ("#E6EAF0", "#F0B95A", "#B698EA", "#62CCBF", "#E39AC4", "#9AA6B4"),
}
DASHES = ("solid", "dash", "dot", "dashdot", "longdash", "longdashdot")
SYMBOLS = ("circle", "square", "diamond", "triangle-up", "x", "circle-open")


@dataclass(frozen=True)
class Theme:
    """How a chart looks: on which ground, and how large.

    Attributes:
        mode: "light" or "dark".
        size: 1.0 at a desk, 1.7 on a projector: type, lines and marks grow together, the layout stays.
        narrow: whether it stands on a phone, where words beside each other need not have room.

    Example:
        >>> Theme("dark")["bg"]
        '#0F1318'
    """

    mode: Mode = "light"
    size: float = 1.0
    narrow: bool = False

    def __getitem__(self, token: str) -> str:
        """The colour of a token: bg, surface, ink, muted, line or edge."""
        return TOKENS[self.mode][token]

    def px(self, at_desk: float) -> float:
        """A length in pixels."""
        return round(at_desk * self.size, 1)

    def height(self, at_desk: float) -> int:
        """The height of a picture. On a projector type grows by 1.7, pictures by 1.25: one screen holds them."""
        return round(at_desk * (1 + (self.size - 1) * 0.35))

    def mark(self, cell: Cell) -> str:
        """The colour of a cell's lines and points."""
        return CELLS[cell][self.mode][0]

    def text(self, cell: Cell) -> str:
        """The colour of a cell's name in text."""
        return CELLS[cell][self.mode][1]

    def ramp(self, scale: Scale) -> tuple[str, ...]:
        """The colours of a scale at equal distances, from its low to its high end."""
        return SCALES[scale][self.mode]

    def colorscale(self, scale: Scale) -> list[list[object]]:
        """A scale as Plotly takes it."""
        stops = self.ramp(scale)
        return [[index / (len(stops) - 1), color] for index, color in enumerate(stops)]

    def on(self, scale: Scale, share: float) -> str:
        """Black or white, whichever reads on a scale at `share` in [0, 1] of its way: at least 4.58:1."""
        light = luminance(self.at(scale, share))
        return "#000000" if light > 0.179 else "#FFFFFF"

    def at(self, scale: Scale, share: float) -> str:
        """The colour of a scale at `share` in [0, 1] of its way, mixed in sRGB as Plotly does."""
        return "#" + "".join(f"{value:02X}" for value in mixed(self.ramp(scale), share))

    def font(self, size: float = LABEL, token: str = "ink") -> Part:
        """A font of `size` px at a desk, in a token's colour or in a colour of its own."""
        return {"size": self.px(size), "color": TOKENS[self.mode].get(token, token)}

    def stroke(self, color: str, width: float = 1, dash: str = "solid") -> Part:
        """A line."""
        return {"color": color, "width": self.px(width), "dash": dash}

    def dot(self, color: str, size: float, symbol: str = "circle", rim: str | None = None, width: float = 2) -> Part:
        """A marker."""
        rim_line = {"color": rim or color, "width": self.px(width)}
        return {"color": color, "size": self.px(size), "symbol": symbol, "line": rim_line}

    def label(self, text: str, token: str = "ink", **where: object) -> Part:
        """An annotation without an arrow: words lie on the picture, not in a legend."""
        return {"text": text, "showarrow": False, "font": self.font(LABEL, token), **where}

    def draw(self, height: float, traces: Sequence[Part], **layout: Any) -> Drawn:
        """The figure with these traces and this layout, under the template."""
        shape = {"template": self.template(), "height": height, **layout}
        shape["margin"] = self._margin(layout)
        return Drawn({"data": list(traces), "layout": shape})

    def _margin(self, layout: Mapping[str, Any]) -> dict[str, float]:
        """The margin, with room at the left and at the foot for what the axes say there.

        Plotly would measure it by drawing each chart twice or more; the words are known here.
        """
        given: dict[str, float] = {side: self.px(8) for side in "lrtb"} | layout.get("margin", {})
        left, foot = margins.beside(layout), margins.below(layout)
        return given | {"l": given["l"] + self.px(left), "b": max(given["b"], self.px(foot))}

    def template(self) -> Part:
        """What all charts share. Small, since it travels with every figure."""
        axis = {
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
            "ticklabeloverflow": "allow",
            "ticks": "",
            "gridcolor": self["line"],
            "tickfont": self.font(LABEL, "muted"),
            "title": {"font": self.font(LABEL, "muted"), "standoff": self.px(8)},
        }
        font = {"family": FONT} | self.font()
        hover = {"bgcolor": self["surface"], "bordercolor": self["edge"], "align": "left", "font": font}
        layout: Part = {
            "font": font,
            "paper_bgcolor": self["bg"],  # opaque: a PNG of it has a ground
            "plot_bgcolor": self["bg"],
            "showlegend": False,
            "dragmode": False,
            "hoverlabel": hover,
            "xaxis": axis,
            "yaxis": axis,
        }
        return {"layout": layout}


def luminance(color: str) -> float:
    """The relative luminance of `#RRGGBB`, 0 to 1.

    Source: WCAG 2.2, definition of relative luminance.
    """
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (v / 255 for v in channels(color))]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, 1 to 21.

    Source: WCAG 2.2, definition of contrast ratio.

    Example:
        >>> contrast("#000000", "#FFFFFF")
        21.0
    """
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)
