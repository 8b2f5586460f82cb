"""What no colour scale holds: NaN, ±∞ and values beyond its ends get a sign of their own, never a colour alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.picture import Legend, Mark
from rnn_core.messages import text

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]
    Mask = NDArray[np.bool_]

# kind → (sign in text, Plotly's symbol, the end of the scale on which it lies, None for the bare ground)
SIGNS: dict[str, tuple[str, str, float | None]] = {
    "nan": ("×", "x-thin", None),
    "plus_infinity": ("▲", "triangle-up", None),
    "minus_infinity": ("▼", "triangle-down", None),
    "above": ("△", "triangle-up-open", 1.0),
    "below": ("▽", "triangle-down-open", 0.0),
}


@dataclass(frozen=True, eq=False)
class Outliers:
    """Where an array holds what a scale from `low` to `high` can't show: kind → mask of the array's shape."""

    masks: dict[str, Mask]

    @classmethod
    def of(cls, values: Array, low: float, high: float) -> Outliers:
        """Those of `values` on a scale from `low` to `high`."""
        finite = np.isfinite(values)
        masks = {
            "nan": np.isnan(values),
            "plus_infinity": np.isposinf(values),
            "minus_infinity": np.isneginf(values),
            "above": finite & (values > high),
            "below": finite & (values < low),
        }
        return cls({kind: mask for kind, mask in masks.items() if mask.any()})

    def said(self, lang: str) -> str:
        """What a finding adds about them; "" where there are none."""
        counts = [text(f"figures.marks.{kind}_count", lang, count=int(mask.sum())) for kind, mask in self.masks.items()]
        if not counts:
            return ""
        return text("figures.marks.said", lang, counts=text("figures.list", lang).join(counts))

    def traces(self, theme: Theme, scale: Scale, size: float) -> list[Part]:
        """A trace of signs a kind, `size` px large, over a heatmap of (T, H) values at x = 1 … T, y = 0 … H − 1."""
        traces: list[Part] = []
        for kind, mask in self.masks.items():
            steps, units = np.nonzero(mask)
            _, symbol, end = SIGNS[kind]
            color = theme["ink"] if end is None else theme.on(scale, end)
            traces.append(
                {
                    "type": "scatter",
                    "mode": "markers",
                    "name": kind,
                    "x": (steps + 1).astype(np.int16),
                    "y": units.astype(np.int16),
                    "hoverinfo": "skip",
                    "marker": theme.dot(color, size, symbol, width=1.5 if size > 5 else 1),
                }
            )
        return traces

    def legend(self, lang: str) -> tuple[Mark, ...]:
        """The signs that occur, with their meaning."""
        return tuple(Mark(SIGNS[kind][0], text(f"figures.marks.{kind}", lang)) for kind in self.masks)


def on_shelf(values: Array, level: float, color: str, theme: Theme) -> list[Part]:
    """Signs at height `level` where a line of T values has a gap because a value isn't finite."""
    traces: list[Part] = []
    for kind, mask in Outliers.of(values, -np.inf, np.inf).masks.items():
        steps = np.flatnonzero(mask)
        traces.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": kind,
                "x": (steps + 1).astype(np.int16),
                "y": np.full(len(steps), level),
                "hoverinfo": "skip",
                "marker": theme.dot(color, 9, SIGNS[kind][1], width=2),
            }
        )
    return traces


def legend(symbol: str, scale: Scale, limits: tuple[float, float], outliers: Outliers, lang: str) -> Legend:
    """The legend of a map: the ends of its scale, which say so where something lies beyond them."""
    low, high = (f"{end:g}".replace("-", "−") for end in limits)
    return Legend(
        symbol,
        scale,
        f"≤ {low}" if "below" in outliers.masks else low,
        f"≥ {high}" if "above" in outliers.masks else high,
        outliers.legend(lang),
    )
