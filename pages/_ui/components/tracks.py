"""A layer's gates and states as rows under an input, as `browser/shared/tracks.js` draws them on its time axis."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.components import packing
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.components.packing import JSON
    from rnn_core.quantities import Quantity
    from rnn_core.recurrent.trace import LayerTrace


def shown(layer: LayerTrace) -> tuple[Quantity, ...]:
    """The rows that there are: the gates of its cell, then its states."""
    every = QUANTITIES.of(layer.cell)
    states = [row for row in every if row.key.endswith("_state")]
    return (*(row for row in every if row.gate), *states)


def pack(lang: str, layer: LayerTrace) -> list[Mapping[str, JSON]]:
    """Its rows, every value of every step and unit.

    Args:
        lang: "ja" or "en".
        layer: of one sequence, each quantity (T, H).
    """
    return [_packed(lang, row, layer) for row in shown(layer)]


def _packed(lang: str, row: Quantity, layer: LayerTrace) -> Mapping[str, JSON]:
    values = layer[row.key]
    head = packing.row(lang, row, layer.cell, row.limits(layer), values)
    return head | {"units": values.shape[1], "values": packing.packed(values)}
