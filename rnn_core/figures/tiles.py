"""What is written on the tiles of a map: a number each, in black or white, whichever reads on the tile's colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.figures.captions import brief

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from rnn_core.figures.theme import Look, Part
    from rnn_core.quantities import Scale

    Array = NDArray[np.floating]
    Places = NDArray[np.integer]

LEAST = 0.05  # from which share on a tile says its percentage


def labels(columns: Places, rows: Places, written: Sequence[str], shares: Array, scale: Scale, look: Look) -> Part:
    """What is written at N places, and at which share of its way the scale is there, in [0, 1]."""
    return {
        "type": "scatter",
        "mode": "text",
        "x": columns.astype(np.int16),
        "y": rows.astype(np.int16),
        "text": list(written),
        "textfont": look.font() | {"color": [look.on(scale, float(share)) for share in shares]},
        "hoverinfo": "skip",
    }


def percentages(shares: Array, scale: Scale, look: Look) -> Part:
    """The percentage on each tile of (R, C) that has some of it; rows and columns are counted from 1."""
    rows, columns = np.nonzero(shares >= LEAST)
    shown = shares[rows, columns]
    return labels(columns + 1, rows + 1, [brief(float(share)) for share in shown], shown, scale, look)
