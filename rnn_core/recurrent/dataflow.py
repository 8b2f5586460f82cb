"""A cell without its weights: which of a trace's numbers each is computed from, and where it stands in a drawing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.circuit import wires

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.quantities import Cell
    from rnn_core.recurrent.circuit import Line
    from rnn_core.recurrent.trace import LayerTrace

# What each quantity is computed from, of what a trace holds: the arrows of a circuit without the weights.
SOURCES: Mapping[Cell, Mapping[str, Line]] = {
    "rnn": {"preactivation": ("hidden_before",), "hidden_state": ("preactivation",)},
    "lstm": {
        "kept": ("cell_before", "forget_gate"),
        "written": ("input_gate", "cell_candidate"),
        "cell_state": ("kept", "written"),
        "cell_output": ("cell_state",),
        "hidden_state": ("cell_output", "output_gate"),
    },
    "gru": {
        "candidate": ("reset_gate",),
        "kept": ("hidden_before", "update_gate"),
        "written": ("update_gate", "candidate"),
        "hidden_state": ("kept", "written"),
    },
}
STATE = "hidden_state"
BEFORE = {"hidden_before": STATE, "cell_before": "cell_state"}


def step_values(layer: LayerTrace, step: int, unit: int, direction: int = 0) -> Mapping[str, float]:
    """What one unit computed at one step, key → number: every quantity, and the state that it came from.

    The state before the first step that is read is not in a trace, and is left out.

    Example:
        >>> from rnn_core.recurrent.trace import LayerTrace
        >>> states = np.array([[0.5], [1.0]])
        >>> layer = LayerTrace("rnn", {"preactivation": 2 * states, "hidden_state": states})
        >>> dict(step_values(layer, 1, 0))
        {'hidden_before': 0.5, 'preactivation': 2.0, 'hidden_state': 1.0}
    """
    before = step + 1 if direction else step - 1
    known = [wire.key for wire in wires(layer.cell) if wire.key in BEFORE] if 0 <= before < len(layer[STATE]) else []
    sources = {key for keys in SOURCES[layer.cell].values() for key in keys}
    found = {key: float(layer[BEFORE[key]][before, unit]) for key in known if key in sources}
    return found | {row.key: float(layer[row.key][step, unit]) for row in QUANTITIES.of(layer.cell)}


def places(cell: Cell) -> Mapping[str, tuple[float, float]]:
    """Where each quantity stands in a drawing of `SOURCES`: its column from the left, its row from the top.

    A column is behind those of all that it is computed from; a row is in the middle of theirs.

    Example:
        >>> dict(places("rnn"))
        {'hidden_before': (0, 0.0), 'preactivation': (1, 0.0), 'hidden_state': (2, 0.0)}
    """
    sources = SOURCES[cell]
    columns: dict[str, int] = {}
    rows: dict[str, float] = {}

    def stand(key: str) -> None:
        if key in rows:
            return
        for source in sources.get(key, ()):
            stand(source)
        above = sources.get(key, ())
        columns[key] = 1 + max((columns[source] for source in above), default=-1)
        leaves = sum(one not in sources for one in rows)
        rows[key] = float(np.mean([rows[source] for source in above])) if above else float(leaves)

    stand(QUANTITIES.state(cell).key)
    for key in columns.keys() - sources.keys():  # what is computed from the input alone stands where it is needed
        columns[key] = min(columns[later] for later, above in sources.items() if key in above) - 1
    return {key: (columns[key], rows[key]) for key in columns}
