"""What can be seen inside a recurrent layer, and of attention over one: one table, one row a quantity.

Figures, captions, legends, clamps, exports and tests are derived from it. A new gate is one row here, its equation in
`cells.py`, and its name in the catalogues (`quantities.<key>.name`).

Symbols and equations are written in a small markup: `c_{t-1}` has a subscript, `⊙` multiplies element by element.
The letters are torch's: i, f, g, o for the LSTM, r, z, n for the GRU.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal

from rnn_core.errors import KiokuError, unknown_quantity

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import numpy as np
    from numpy.typing import NDArray

    Array = NDArray[np.floating]

Recurrent = Literal["rnn", "lstm", "gru"]
Minimal = Literal["mingru", "minlstm"]  # whose gates read the input only
CostModel = Recurrent | Literal["transformer"]  # whose costs are compared
Cell = CostModel | Minimal | Literal["bidirectional", "attentive"]  # whose states can be traced
Scale = Literal["signed", "share", "size"]
CELLS: tuple[Recurrent, ...] = ("rnn", "lstm", "gru")
MINIMAL: tuple[Minimal, ...] = ("mingru", "minlstm")
COMPOSED: tuple[Cell, ...] = ("bidirectional", "attentive", "transformer")
"""What is made of other parts than one cell; of these the states are traced."""
BLOCKS: Mapping[Cell, int] = MappingProxyType({"rnn": 1, "lstm": 4, "gru": 3})
"""How many blocks of H rows torch's weight matrices of a cell hold: one a gate, one for the candidate."""


@dataclass(frozen=True)
class Form:
    """How one cell writes a quantity: its symbol (`f_t`) and the right-hand side of its equation.

    `parts` are the keys of the quantities that add up to it, where its equation is such a sum.
    """

    symbol: str
    equation: str
    parts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Quantity:
    """One row of the table.

    Attributes:
        key: the name under which a `LayerTrace` has it.
        forms: the cells that have it, and how each writes it; "attention" for what looks back.
        scale: the colour scale: "signed" (symmetric about 0), "share" ([0, 1]) or "size" (≥ 0, logarithmic).
        bounds: the closed range of its values, or None where they have no bound.
        axes: what its two axes are.
        group: unbounded quantities of one group are drawn on one shared limit.
    """

    key: str
    forms: Mapping[Cell | Literal["attention"], Form]
    scale: Scale
    bounds: tuple[float, float] | None
    axes: tuple[str, str] = ("time", "unit")
    group: str | None = None

    @property
    def cells(self) -> tuple[Recurrent, ...]:
        """The cells that have this quantity."""
        return tuple(cell for cell in CELLS if cell in self.forms)

    @property
    def gate(self) -> bool:
        """Whether it is how much of something passes; what 0 and 1 do then is `quantities.<key>.low` and `.high`."""
        return self.scale == "share" and self.axes == ("time", "unit")

    def limits(self, *layers: Mapping[str, Array]) -> tuple[float, float]:
        """The ends of the colour scale for these layer traces together, so that what is compared shares one scale.

        A bounded quantity keeps its bounds while its values do. Otherwise the scale is symmetric about 0 and its limit
        (of the whole group) holds 95 % of the sizes, in tenths and at least 1, so that one runaway unit does not bleach
        the rest; a figure marks what lies beyond.
        """
        if self.bounds is not None:
            low, high = self.bounds
            if all(((layer[self.key] >= low) & (layer[self.key] <= high)).all() for layer in layers):
                return self.bounds
        keys = [row.key for row in QUANTITIES if row.key == self.key or (self.group and row.group == self.group)]
        limit = colour_limit(*(layer[key] for layer in layers for key in keys if key in layer))
        return -limit, limit


def colour_limit(*values: Array) -> float:
    """How far a colour scale reaches on both sides of 0: to 1, or as far as 95 % of the finite sizes ask, in tenths."""
    import numpy as np

    sizes = np.concatenate([np.abs(array).ravel() for array in values])
    sizes = sizes[np.isfinite(sizes)]
    return max(1.0, float(np.ceil(np.quantile(sizes, 0.95, method="higher") * 10)) / 10) if sizes.size else 1.0


class Table:
    """The rows in the order in which a cell computes them."""

    def __init__(self, rows: tuple[Quantity, ...]) -> None:
        self._rows = {row.key: row for row in rows}

    def __iter__(self) -> Iterator[Quantity]:
        return iter(self._rows.values())

    def __len__(self) -> int:
        return len(self._rows)

    def __contains__(self, key: object) -> bool:
        return key in self._rows

    def __getitem__(self, key: str) -> Quantity:
        if key not in self._rows:
            raise unknown_quantity(key, self._rows)
        return self._rows[key]

    @property
    def over_time(self) -> tuple[Quantity, ...]:
        """The quantities that a layer has at each step, one number a unit: what can be held, and chosen for a map."""
        return tuple(row for row in self if row.cells)

    def of(self, cell: str) -> tuple[Quantity, ...]:
        """The quantities of one cell, or of what is composed of others, in the order of its computation.

        Raises:
            KiokuError: no such cell.
        """
        if cell not in (*CELLS, *MINIMAL, *COMPOSED):
            raise KiokuError("unknown_cell", given=cell, known=", ".join(CELLS))
        return tuple(row for row in self if cell in row.forms)

    def state(self, cell: str) -> Quantity:
        """What a cell hands on to the next step and shows to others: the last thing that it computes.

        Raises:
            KiokuError: no such cell.
        """
        return self.of(cell)[-1]


def _gate(key: str, **forms: Form) -> Quantity:
    return Quantity(key, forms, "share", (0.0, 1.0))  # type: ignore[arg-type]  # keyword names are the cells' names


UNIT = (-1.0, 1.0)
LEDGER = ("kept", "written")

QUANTITIES = Table(
    (
        Quantity(
            "preactivation", {"rnn": Form("a_t", "W_{hh} h_{t-1} + W_{xh} x_t + b")}, "signed", None, group="drive"
        ),
        _gate(
            "input_gate",
            lstm=Form("i_t", "σ(W_{hi} h_{t-1} + W_{xi} x_t + b_i)"),
            minlstm=Form("i_t", "1 − f_t"),
        ),
        _gate(
            "forget_gate",
            lstm=Form("f_t", "σ(W_{hf} h_{t-1} + W_{xf} x_t + b_f)"),
            minlstm=Form("f_t", "σ(W_{xf} x_t + b_f) / (σ(W_{xf} x_t + b_f) + σ(W_{xi} x_t + b_i))"),
        ),
        Quantity("cell_candidate", {"lstm": Form("g_t", "tanh(W_{hg} h_{t-1} + W_{xg} x_t + b_g)")}, "signed", UNIT),
        _gate("output_gate", lstm=Form("o_t", "σ(W_{ho} h_{t-1} + W_{xo} x_t + b_o)")),
        _gate("reset_gate", gru=Form("r_t", "σ(W_{hr} h_{t-1} + W_{xr} x_t + b_r)")),
        _gate(
            "update_gate",
            gru=Form("z_t", "σ(W_{hz} h_{t-1} + W_{xz} x_t + b_z)"),
            mingru=Form("z_t", "σ(W_{xz} x_t + b_z)"),
        ),
        Quantity(
            "candidate",
            {
                "gru": Form("n_t", "tanh(W_{xn} x_t + b_{xn} + r_t ⊙ (W_{hn} h_{t-1} + b_{hn}))"),
                "mingru": Form("n_t", "W_{xn} x_t + b_n"),
                "minlstm": Form("n_t", "W_{xn} x_t + b_n"),
            },
            "signed",
            UNIT,
        ),
        Quantity(
            "kept",
            {
                "lstm": Form("f_t⊙c_{t-1}", "f_t ⊙ c_{t-1}"),
                "gru": Form("z_t⊙h_{t-1}", "z_t ⊙ h_{t-1}"),
                "mingru": Form("z_t⊙h_{t-1}", "z_t ⊙ h_{t-1}"),
                "minlstm": Form("f_t⊙h_{t-1}", "f_t ⊙ h_{t-1}"),
            },
            "signed",
            None,
            group="ledger",
        ),
        Quantity(
            "written",
            {
                "lstm": Form("i_t⊙g_t", "i_t ⊙ g_t"),
                "gru": Form("(1−z_t)⊙n_t", "(1 − z_t) ⊙ n_t"),
                "mingru": Form("(1−z_t)⊙n_t", "(1 − z_t) ⊙ n_t"),
                "minlstm": Form("i_t⊙n_t", "i_t ⊙ n_t"),
            },
            "signed",
            None,
            group="ledger",
        ),
        Quantity(
            "cell_state", {"lstm": Form("c_t", "f_t ⊙ c_{t-1} + i_t ⊙ g_t", LEDGER)}, "signed", None, group="ledger"
        ),
        Quantity("cell_output", {"lstm": Form("tanh c_t", "tanh(c_t)")}, "signed", UNIT),
        Quantity(
            "hidden_state",
            {
                "rnn": Form("h_t", "tanh(a_t)"),
                "lstm": Form("h_t", "o_t ⊙ tanh(c_t)"),
                "gru": Form("h_t", "z_t ⊙ h_{t-1} + (1 − z_t) ⊙ n_t", LEDGER),
                "mingru": Form("h_t", "z_t ⊙ h_{t-1} + (1 − z_t) ⊙ n_t", LEDGER),
                "minlstm": Form("h_t", "f_t ⊙ h_{t-1} + i_t ⊙ n_t", LEDGER),
                "bidirectional": Form("h_t", "h_t forwards; h_t backwards"),
                "attentive": Form("h_t", "Σ_{s≤t} α_{ts} h_s"),
                "transformer": Form("h_t", "norm(y_t + W_2 relu(W_1 y_t + b_1) + b_2)"),
            },
            "signed",
            UNIT,
        ),
        Quantity(
            "attention",
            {"attention": Form("a_{ts}", "exp(e_{ts}) / Σ_{s'} exp(e_{ts'})")},
            "share",
            (0.0, 1.0),
            axes=("target", "source"),
        ),
    )
)
