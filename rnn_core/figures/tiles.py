"""Maps of shares, and what is written on a tile: in black or white, whichever reads on its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.theme import Part, Theme
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]
    Places = NDArray[np.integer]

SHARE: Scale = "share"
LEAST = 0.05  # from which share on a tile says its percentage


def shares(values: Array, gap: float, theme: Theme, **more: object) -> Part:
    """A tile a share from 0 to 1, (R, C), so many px apart; `more` says where they are."""
    return {
        "type": "heatmap",
        "z": values,
        "zmin": 0,
        "zmax": 1,
        "colorscale": theme.colorscale(SHARE),
        "showscale": False,
        "xgap": gap,
        "ygap": gap,
        **more,
    }


def labels(columns: Places, rows: Places, written: Sequence[str], shares: Array, scale: Scale, theme: Theme) -> Part:
    """What is written at N places, and at which share of its way the scale is there, in [0, 1]."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": columns.astype(np.int16),
        "y": rows.astype(np.int16),
        "text": list(written),
        "textfont": theme.font() | {"color": [theme.on(scale, float(share)) for share in shares]},
        "hoverinfo": "skip",
    }


def percentages(values: Array, theme: Theme) -> Part:
    """The percentage on each tile of (R, C) that has some of it; rows and columns are counted from 1."""
    rows, columns = np.nonzero(values >= LEAST)
    shown = values[rows, columns]
    return labels(columns + 1, rows + 1, [brief(float(share)) for share in shown], shown, SHARE, theme)
