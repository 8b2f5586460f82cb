"""One cell in depth: its circuit, its equations in numbers and its heatmaps, all at one step of one unit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from pages._ui.components import packing
from pages._ui.components.assets import component
from pages._ui.components.place import Bounds, Spot, placed, reported, telling
from pages._ui.memo import memoized
from pages._ui.words import SYMBOLS
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES
from rnn_core.recurrent.circuit import FOLLOWS, equations, limits, wires
from rnn_core.recurrent.clamps import listed

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from numpy.typing import NDArray

    from pages._ui.components.packing import JSON
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell
    from rnn_core.recurrent.clamps import Clamp

    Wires = Mapping[str, NDArray[np.floating]]

LABELS = (
    *("title", "unit", "mean", "of", "up", "down", "finding", "now", "comma", "value"),
    *("mean_note", "rounded", "loop", "held"),
)
SIGNS = ("σ", "⊙")  # of the equations: not everybody knows them

_render = component("cell", "cell")


def cell(
    lang: str,
    trace: ModelTrace,
    on_wires: Wires,
    *,
    step: int | None = None,
    unit: int | None = 1,
    quantity: str | None = None,
    order: Sequence[int] | None = None,
    clamps: Sequence[Clamp] = (),
    alongside: Sequence[tuple[ModelTrace, Wires]] = (),
    key: str = "cell",
    on_step_change: Callable[[Spot], None] | None = None,
) -> Spot | None:
    """Draw one cell of the network that read the sentence of `trace`: its first recurrent layer, forward.

    Args:
        lang: "ja" or "en".
        trace: what the model computed.
        on_wires: `rnn_core.recurrent.circuit.compute_wires` of the same layer.
        step, unit, quantity: the place at which the drawing opens, 1-based; None for the last word, the mean of all
            units and the last quantity. While the sentence and the model stay, the reader's own place is kept unless
            one of these changes.
        order: the units (0-based) from the top of each heatmap to its bottom; None as they are numbered.
        clamps: what is held, to be marked: the trace is already the clamped one.
        alongside: other traces of the same cell that the page shows beside it: one colour scale holds all.
        key: the widget's key.
        on_step_change: called with the place on which the reader rests, before the page runs again.

    Returns:
        Where the reader rests, or None where they have not moved yet. Its quantity is always one of the cell's own: a
        wire in between stands for the quantity that it belongs to.
    """
    rows = QUANTITIES.of(trace.layers.cell)
    units = trace.layer()[rows[-1].key].shape[1]
    of, bounds = packing.identity(trace), Bounds(len(trace), units, tuple(row.key for row in rows))
    wanted = Spot(
        len(trace) if step is None else min(max(step, 1), len(trace)),
        None if unit is None else min(max(unit, 1), units),
        quantity if quantity in bounds.quantities else rows[-1].key,
    )
    data = (
        memoized(drawing, lang, trace, on_wires, tuple(alongside))
        | overlay(len(trace), units, order, clamps)
        | placed(key, of, wanted, bounds)
    )

    def read() -> Spot | None:
        return reported(key, of, bounds)

    _render(key=key, data=data, default={"spot": None}, on_spot_change=telling(on_step_change, read))
    return read()


def drawing(
    lang: str, trace: ModelTrace, on_wires: Wires, alongside: Sequence[tuple[ModelTrace, Wires]] = ()
) -> dict[str, JSON]:
    """What the script draws, apart from the reader's place: every number and every row comes from the tables."""
    kind = trace.layers.cell
    layer = trace.layer()
    others = [(other.layer(), values) for other, values in alongside]
    ends = limits([layer, *(layer for layer, _ in others)], [on_wires, *(values for _, values in others)])
    arrays = {**layer, **on_wires}
    quantities = {row.key: row for row in (*QUANTITIES.of(kind), *wires(kind))}
    belongs = {row.key: row.key for row in QUANTITIES.of(kind)} | {wire.key: wire.belongs[kind] for wire in wires(kind)}
    return {
        "cell": kind,
        "tokens": packing.words(lang, trace.tokens),
        "units": arrays[shown(kind)[-1]].shape[1],
        "rows": {
            key: packing.row(lang, row, kind, ends[key], arrays[key]) | {"belongs": belongs[key]}
            for key, row in quantities.items()
        },
        "shown": list(shown(kind)),
        "equations": [
            {"key": one.key, "symbol": one.symbol, "formula": one.formula, "lines": [list(line) for line in one.lines]}
            for one in equations(kind)
        ],
        "sum": added(kind),
        "values": packed({key: arrays[key] for key in quantities}),
        "signs": {sign: text(f"ui.symbol.{SYMBOLS[sign]}", lang) for sign in SIGNS},
        "text": packing.labels(lang, {name: f"circuit.{name}" for name in LABELS}),
    }


def packed(arrays: Mapping[str, NDArray[np.floating]]) -> dict[str, JSON]:
    """Every array (T, H): in base64, or where others tell it to the last bit by their keys.

    One key: it is what that one was a step before, zeros first. Two: it is their product in float32.

    Example:
        >>> packed({"hidden_state": np.ones((2, 1)), "hidden_before": np.array([[0.0], [1.0]])})
        {'hidden_state': 'AACAPwAAgD8=', 'hidden_before': ['hidden_state']}
    """
    exact = {key: np.ascontiguousarray(values, "<f4") for key, values in arrays.items()}

    def told(key: str) -> JSON:
        for others in FOLLOWS.get(key, ()):
            if exact.keys() >= {*others}:
                first, *rest = (exact[other] for other in others)
                made = first * rest[0] if rest else np.concatenate([np.zeros_like(first[:1]), first[:-1]])
                if made.tobytes() == exact[key].tobytes():
                    return list(others)
        return packing.packed(exact[key])

    return {key: told(key) for key in exact}


def added(kind: Cell) -> dict[str, JSON]:
    """What the finding says: the shares that a state is the sum of; where none is one, what the state is the tanh of.

    Example:
        >>> added("lstm"), added("rnn")
        ({'parts': ['kept', 'written'], 'gives': 'cell_state'}, {'parts': ['preactivation'], 'gives': 'hidden_state'})
    """
    first, *_, last = QUANTITIES.of(kind)
    found = next((row for row in QUANTITIES.of(kind) if row.forms[kind].parts), None)
    parts = found.forms[kind].parts if found else (first.key,)
    return {"parts": list(parts), "gives": (found or last).key}


def shown(kind: Cell) -> tuple[str, ...]:
    """The keys of the heatmaps, in the order of computation. The two shares of an RNN's sum are worth a row each."""
    rows = tuple(row.key for row in QUANTITIES.of(kind))
    shares = {part for one in equations(kind) if one.key == rows[0] for line in one.lines for part in line}
    return tuple(wire.key for wire in wires(kind) if wire.key in shares and "t" in wire.forms[kind].symbol) + rows


def overlay(steps: int, units: int, order: Sequence[int] | None, clamps: Sequence[Clamp]) -> dict[str, JSON]:
    """In which order the units stand, and what is held."""
    return {
        "order": [int(unit) for unit in (range(units) if order is None else order)],
        "clamps": [
            {
                "key": clamp.quantity,
                "steps": listed(clamp.steps, steps),
                "units": listed(clamp.units, units),
                "value": float(clamp.value),
            }
            for clamp in clamps
        ],
    }
