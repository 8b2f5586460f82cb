"""A logarithmic value axis, and the shelves beside it for what has no logarithm: 0 below it, ∞ and NaN above it."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.marks import SIGNS
from rnn_core.figures.picture import Mark
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme

    Array = NDArray[np.floating]
    Mask = NDArray[np.bool_]

FORMULA = '"STIX Two Text", "Cambria Math", "DejaVu Sans", "Liberation Serif", serif'  # ‖ and ∂ as narrow as letters
ROW, GAP = 12, 6  # px: of a series on a shelf, between shelf and axis
FEW = 20  # steps up to which signs are large
LABELS = 5.5  # labelled decades at most, and a little
LEAST, MOST = -323, 308  # the decades that a float has
ZERO = ("○", "circle-open")
_NUMBERS: Mapping[str, str] = {"zero": "0", "nan": "NaN", "plus_infinity": "∞"}


@dataclass(frozen=True)
class LogAxis:
    """The decades from `low` to `high`, and which shelves there are.

    Attributes:
        low, high: exponents of 10.
        zero: whether there is a shelf for exact zeros.
        lost: whether there is one for ∞ and NaN.
        rows: the series that share a shelf, each in a row of its own.
    """

    low: float
    high: float
    zero: bool
    lost: bool
    rows: int

    @classmethod
    def of(
        cls, series: Sequence[Array], decades: tuple[float, float] | None = None, rows: int | None = None
    ) -> LogAxis:
        """The axis that holds all values (≥ 0) of the series: `decades`, widened to whole ones as far as they ask."""
        every = np.concatenate([np.asarray(values, np.float64) for values in series])
        known = every[(every > 0) & np.isfinite(every)]
        low, high = decades or (np.inf, -np.inf)
        if known.size:
            least, most = (float(np.log10(value)) for value in (known.min(), known.max()))
            low, high = (low if low <= least else floor(least)), (high if high >= most else ceil(most))
        elif decades is None:
            low = high = 0.0
        zero, lost = bool((every == 0).any()), not bool(np.isfinite(every).all())
        return cls(low, max(high, low + 1), zero, lost, rows or len(series))

    @property
    def foot(self) -> str:
        """The axis under which the labels of the x axis stand."""
        return "y2" if self.zero else "y"

    def height(self, theme: Theme, plot: float) -> float:
        """The height in px of a drawing whose logarithmic part has `plot` px at a desk."""
        return theme.height(plot) + (self.zero + self.lost) * (self._shelf(theme) + theme.px(GAP))

    def layout(self, theme: Theme, plot: float, title: str) -> Part:
        """The y axes, and the grounds of the shelves; `plot` as for `height`, `title` in Plotly's HTML."""
        whole = self.height(theme, plot)
        shelf, gap = self._shelf(theme) / whole, theme.px(GAP) / whole
        bottom, top = (shelf + gap if self.zero else 0.0), (1 - shelf - gap if self.lost else 1.0)
        room = 0.04 * (self.high - self.low)
        axes: Part = {
            "yaxis": {
                "type": "log",
                "domain": [bottom, top],
                "range": [self.low - room, self.high + room],
                "showgrid": True,
                "title": {"text": title, "font": {"family": FORMULA}},
            }
            | self._ticks()
        }
        shelves = []
        for name, there, label, domain in (
            ("yaxis2", self.zero, "0", [0.0, shelf]),
            ("yaxis3", self.lost, "∞ NaN", [1 - shelf, 1.0]),
        ):
            if there:
                axes[name] = {"domain": domain, "range": [-0.5, self.rows - 0.5]} | _middle(self.rows, label)
                shelves.append(_ground(domain, theme))
        return axes | {"shapes": shelves}

    def marks(self, values: Array, row: int, color: str, name: str, theme: Theme) -> list[Part]:
        """Signs on the shelves where a series of T values has a gap; the first series has the topmost row."""
        size = 8.0 if len(values) <= FEW else 4.0
        traces: list[Part] = []
        for kind, mask in lost(values).items():
            steps = np.flatnonzero(mask)
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": name,
                    "meta": kind,
                    "x": (steps + 1).astype(np.int16),
                    "y": np.full(len(steps), self.rows - 1 - row, np.int16),
                    "cliponaxis": False,
                    "yaxis": "y2" if kind == "zero" else "y3",
                    "hovertemplate": f"{name}: {_NUMBERS[kind]}<extra></extra>",
                    "marker": theme.dot(color, size, sign(kind)[1], width=1.5 if size > 5 else 1),
                }
            )
        return traces

    def _shelf(self, theme: Theme) -> float:
        return theme.px(ROW * max(self.rows, 2))

    def _ticks(self) -> Part:
        wide = self.high - self.low
        every = next(k for k in (1, 2, 3, 5, 10, 20, 50, 100, 200) if wide / k <= LABELS)
        shown = [k for k in range(max(ceil(self.low), LEAST), min(floor(self.high), MOST) + 1) if k % every == 0]
        return {
            "tickmode": "array",
            "tickvals": [float(f"1e{k}") for k in shown],
            "ticktext": [raised(k) for k in shown],
        }


def raised(exponent: int) -> str:
    """10 to an exponent as Plotly writes it: the raised digits of Unicode come from two fonts and do not align."""
    return "1" if exponent == 0 else f"10<sup>{exponent}</sup>".replace("-", "−")


def drawable(values: Array) -> Array:
    """The values with a gap (NaN) where there is no logarithm: Plotly would draw a 0 as a line to the floor."""
    found: Array = np.where((values > 0) & np.isfinite(values), values, np.nan)
    return found


def lost(values: Array) -> dict[str, Mask]:
    """Where values (≥ 0) have no logarithm: kind → mask; only the kinds that occur."""
    masks = {"zero": values == 0, "nan": np.isnan(values), "plus_infinity": np.isposinf(values)}
    return {kind: mask for kind, mask in masks.items() if mask.any()}


def sign(kind: str) -> tuple[str, str]:
    """The sign of a kind of `lost`, as text and as Plotly calls it."""
    return ZERO if kind == "zero" else SIGNS[kind][:2]


def legend(series: Sequence[Array], lang: str) -> tuple[Mark, ...]:
    """The signs that occur, with their meaning."""
    kinds = [kind for kind in _NUMBERS if any(kind in lost(values) for values in series)]
    return tuple(Mark(sign(kind)[0], text(f"log_axis.{kind}", lang)) for kind in kinds)


def _middle(rows: int, label: str) -> Part:
    """One label in the middle of a shelf."""
    return {
        "tickmode": "array",
        "tickvals": [(rows - 1) / 2],
        "ticktext": [label],
        "showgrid": False,
        "zeroline": False,
    }


def _ground(domain: Sequence[float], theme: Theme) -> Part:
    return {
        "type": "rect",
        "xref": "paper",
        "yref": "paper",
        "x0": 0,
        "x1": 1,
        "y0": domain[0],
        "y1": domain[1],
        "fillcolor": theme["surface"],
        "line": {"width": 0},
        "layer": "below",
    }
