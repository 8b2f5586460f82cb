"""What a recurrent cell looks like as a circuit: the values on the wires that a trace does not hold.

A trace holds the quantities that have a name of their own (`quantities.py`). A drawing of the cell has more wires: the
state that comes in, the shares of a sum before it is summed, 1 − z. They are declared here, one row a wire, and
computed from the trace, the inputs and the weights. How a quantity's number comes about from other numbers is declared
here too, so that the equation on the screen is the one that a test has added up.

Needs no torch: `weights` are plain arrays by torch's names.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from rnn_core.quantities import CELLS, MINIMAL, QUANTITIES, UNIT, Cell, Form, Quantity

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from rnn_core.recurrent.trace import LayerTrace

    Array: TypeAlias = NDArray[np.floating]
    Double: TypeAlias = NDArray[np.float64]

Line: TypeAlias = tuple[str, ...]

# What follows from others where nothing is held, and from which: the state before a step, and the shares of a sum.
FOLLOWS: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "hidden_before": (("hidden_state",),),
    "cell_before": (("cell_state",),),
    "kept": (("forget_gate", "cell_before"), ("update_gate", "hidden_before"), ("forget_gate", "hidden_before")),
    "written": (("input_gate", "cell_candidate"), ("let_in", "candidate"), ("input_gate", "candidate")),
}


@dataclass(frozen=True)
class Wire(Quantity):
    """A row like a quantity's, for a value that stands on a wire only.

    Attributes:
        belongs: for each cell that has it, the quantity whose chart shows what this wire does.
    """

    belongs: Mapping[Cell, str] = field(default_factory=dict)


WIRES: tuple[Wire, ...] = (
    Wire(
        "hidden_before",
        {cell: Form("h_{t-1}", "h_{t-1}") for cell in (*CELLS, *MINIMAL)},
        "signed",
        UNIT,
        belongs={cell: "hidden_state" for cell in (*CELLS, *MINIMAL)},
    ),
    Wire(
        "cell_before",
        {"lstm": Form("c_{t-1}", "c_{t-1}")},
        "signed",
        None,
        group="ledger",
        belongs={"lstm": "cell_state"},
    ),
    Wire(
        "recurrent",
        {
            "rnn": Form("W_{hh} h_{t-1}", "W_{hh} h_{t-1}"),
            "gru": Form("W_{hn} h + b_{hn}", "W_{hn} h_{t-1} + b_{hn}"),
        },
        "signed",
        None,
        group="drive",
        belongs={"rnn": "preactivation", "gru": "candidate"},
    ),
    Wire(
        "input",
        {"rnn": Form("W_{xh} x_t", "W_{xh} x_t"), "gru": Form("W_{xn} x + b_{xn}", "W_{xn} x_t + b_{xn}")},
        "signed",
        None,
        group="drive",
        belongs={"rnn": "preactivation", "gru": "candidate"},
    ),
    Wire("bias", {"rnn": Form("b", "b")}, "signed", None, group="drive", belongs={"rnn": "preactivation"}),
    Wire(
        "admitted",
        {"gru": Form("r_t⊙(W_{hn} h + b_{hn})", "r_t ⊙ (W_{hn} h_{t-1} + b_{hn})")},
        "signed",
        None,
        group="drive",
        belongs={"gru": "candidate"},
    ),
    Wire(
        "summed",
        {"gru": Form("a_t", "W_{xn} x_t + b_{xn} + r_t ⊙ (W_{hn} h_{t-1} + b_{hn})")},
        "signed",
        None,
        group="drive",
        belongs={"gru": "candidate"},
    ),
    Wire(
        "let_in",
        {cell: Form("1−z_t", "1 − z_t") for cell in ("gru", "mingru")},
        "share",
        (0.0, 1.0),
        belongs={cell: "update_gate" for cell in ("gru", "mingru")},
    ),
)

# How a number comes about: lines of keys and operators. Where there are two, the second has the products worked out.
WORKED: Mapping[Cell, Mapping[str, tuple[Line, ...]]] = {
    "rnn": {
        "preactivation": (("recurrent", "+", "input", "+", "bias"),),
        "hidden_state": (("tanh(", "preactivation", ")"),),
    },
    "lstm": {
        "cell_state": (
            ("forget_gate", "×", "cell_before", "+", "input_gate", "×", "cell_candidate"),
            ("kept", "+", "written"),
        ),
        "hidden_state": (("output_gate", "×", "cell_output"),),
    },
    "gru": {
        "candidate": (("tanh(", "input", "+", "reset_gate", "×", "recurrent", ")"),),
        "hidden_state": (
            ("update_gate", "×", "hidden_before", "+", "let_in", "×", "candidate"),
            ("kept", "+", "written"),
        ),
    },
    "mingru": {
        "hidden_state": (
            ("update_gate", "×", "hidden_before", "+", "let_in", "×", "candidate"),
            ("kept", "+", "written"),
        ),
    },
    "minlstm": {
        "hidden_state": (
            ("forget_gate", "×", "hidden_before", "+", "input_gate", "×", "candidate"),
            ("kept", "+", "written"),
        ),
    },
}


@dataclass(frozen=True)
class Equation:
    """One equation of a cell as it is written beside its circuit.

    Attributes:
        key: the quantity that it gives.
        symbol, formula: its two sides, in the markup of `quantities.py`.
        lines: the same in numbers (see `WORKED`); empty where the numbers would be whole vectors.
    """

    key: str
    symbol: str
    formula: str
    lines: tuple[Line, ...]


def wires(cell: Cell) -> tuple[Wire, ...]:
    """The wires of one cell that are not quantities of its trace."""
    return tuple(wire for wire in WIRES if cell in wire.forms)


def equations(cell: Cell) -> tuple[Equation, ...]:
    """The equations of one cell in the order of its computation.

    The addends of a sum that is worked out in two lines have no equation of their own: they are its first line.

    Example:
        >>> [equation.symbol for equation in equations("rnn")]
        ['a_t', 'h_t']
    """
    worked = WORKED[cell]
    addends = {key for lines in worked.values() for line in lines[1:] for key in line}
    return tuple(
        Equation(row.key, row.forms[cell].symbol, row.forms[cell].equation, worked.get(row.key, ()))
        for row in QUANTITIES.of(cell)
        if row.key not in addends
    )


def compute_wires(layer: LayerTrace, inputs: Array, weights: Mapping[str, Array]) -> Mapping[str, Array]:
    """The values on the wires of one forward layer that started from a state of zeros.

    Args:
        layer: its trace, unbatched: quantities of shape (T, H), no projection.
        inputs: what the layer read, (T, D).
        weights: of an RNN or GRU, else nothing of them is needed: `weight_ih_l0` (G·H, D), `weight_hh_l0` (G·H, H) and,
            unless the layer has none, `bias_ih_l0` and `bias_hh_l0` (G·H,): torch's names and gate order.

    Returns:
        Key of `WIRES` → array (T, H) in the trace's own dtype. Products are taken in float64 and rounded once, so the
        shares of a sum add up to what the trace holds within the rounding of the layer itself. Where a quantity was
        clamped, the wires after it follow the clamped value.

    Example:
        >>> from rnn_core.recurrent.trace import LayerTrace
        >>> layer = LayerTrace("rnn", {"preactivation": np.full((2, 1), 2.0), "hidden_state": np.full((2, 1), 1.0)})
        >>> weights = {"weight_ih_l0": np.eye(1), "weight_hh_l0": np.eye(1)}
        >>> compute_wires(layer, np.full((2, 1), 2.0), weights)["recurrent"].ravel()
        array([0., 1.])
    """
    compute = {"rnn": _rnn, "lstm": _lstm, "gru": _gru, "mingru": _mingru, "minlstm": _minlstm}[layer.cell]
    values = compute(layer, inputs, weights)
    dtype = layer["hidden_state"].dtype
    return {key: array.astype(dtype) for key, array in values.items()}


def limits(layers: Sequence[LayerTrace], on_wires: Sequence[Mapping[str, Array]]) -> Mapping[str, tuple[float, float]]:
    """The ends of the colour scale of each quantity and wire, shared by all `layers` (of one cell) that are compared.

    A wire has the ends of the quantity that it belongs to where both are of one kind, so that a wire, its heatmap and
    its chart never disagree. The GRU's sums, which no quantity of its trace shows, have those of a preactivation.
    """
    cell = layers[0].cell
    ends = {row.key: row.limits(*layers) for row in QUANTITIES.of(cell)}
    drive = [wire.key for wire in wires(cell) if wire.group == "drive"]
    for wire in wires(cell):
        row = QUANTITIES[wire.belongs[cell]]
        if (wire.bounds, wire.group) == (row.bounds, row.group):
            ends[wire.key] = ends[row.key]
        elif wire.bounds is not None:
            ends[wire.key] = wire.bounds
        else:
            sums = np.concatenate([values[key].ravel() for values in on_wires for key in drive])  # each of its own size
            ends[wire.key] = QUANTITIES["preactivation"].limits({"preactivation": sums})
    return ends


def _before(states: Array) -> Double:
    """The state before each step, (T, H): zeros first."""
    shifted = np.zeros(states.shape, np.float64)
    shifted[1:] = states[:-1]
    return shifted


def _share(vectors: Array, weights: Mapping[str, Array], side: str) -> tuple[Double, Double]:
    """W v for each step, (T, G·H), and the bias that goes with it, (G·H,): `side` is "ih" or "hh"."""
    weight = np.asarray(weights[f"weight_{side}_l0"], np.float64)
    bias = weights.get(f"bias_{side}_l0")
    product: Double = np.asarray(vectors, np.float64) @ weight.T
    return product, np.zeros(len(weight)) if bias is None else np.asarray(bias, np.float64)


def _rnn(layer: LayerTrace, inputs: Array, weights: Mapping[str, Array]) -> dict[str, Double]:
    before = _before(layer["hidden_state"])
    recurrent, bias_hh = _share(before, weights, "hh")
    from_word, bias_ih = _share(inputs, weights, "ih")
    bias = np.broadcast_to(bias_ih + bias_hh, before.shape)
    return {"hidden_before": before, "recurrent": recurrent, "input": from_word, "bias": bias}


def _lstm(layer: LayerTrace, _inputs: Array, _weights: Mapping[str, Array]) -> dict[str, Double]:
    return {"hidden_before": _before(layer["hidden_state"]), "cell_before": _before(layer["cell_state"])}


def _gru(layer: LayerTrace, inputs: Array, weights: Mapping[str, Array]) -> dict[str, Double]:
    before = _before(layer["hidden_state"])
    units = before.shape[1]
    from_memory, bias_hh = _share(before, weights, "hh")
    from_word, bias_ih = _share(inputs, weights, "ih")
    # the third of torch's stacked gates is n; its recurrent bias stands inside r ⊙ (…)
    recurrent = (from_memory + bias_hh)[:, 2 * units :]  # (T, H)
    word = (from_word + bias_ih)[:, 2 * units :]  # (T, H)
    admitted = layer["reset_gate"] * recurrent
    return {
        "hidden_before": before,
        "recurrent": recurrent,
        "input": word,
        "admitted": admitted,
        "summed": word + admitted,
        "let_in": 1 - layer["update_gate"].astype(np.float64),
    }


def _minlstm(layer: LayerTrace, _inputs: Array, _weights: Mapping[str, Array]) -> dict[str, Double]:
    return {"hidden_before": _before(layer["hidden_state"])}


def _mingru(layer: LayerTrace, _inputs: Array, _weights: Mapping[str, Array]) -> dict[str, Double]:
    let_in = 1 - layer["update_gate"].astype(np.float64)
    return {"hidden_before": _before(layer["hidden_state"]), "let_in": let_in}
