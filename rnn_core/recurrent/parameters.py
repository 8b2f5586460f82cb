"""How many numbers a recurrent layer learns, and how the count comes about."""

from __future__ import annotations

from dataclasses import dataclass

from rnn_core.quantities import BLOCKS, Cell


@dataclass(frozen=True)
class ParameterCount:
    """The learned numbers of one direction of one layer, with torch's two bias vectors.

    Attributes:
        cell: "rnn", "lstm" or "gru".
        inputs: D, the size of what comes in.
        hidden: H, the number of units.

    Example:
        >>> lstm, gru = ParameterCount("lstm", 24, 16), ParameterCount("gru", 24, 16)
        >>> lstm.formula, gru.total / lstm.total
        ('4 · 16 · (24 + 16 + 2) = 2,688', 0.75)
    """

    cell: Cell
    inputs: int
    hidden: int

    @property
    def blocks(self) -> int:
        """1 for the RNN, 3 for the GRU, 4 for the LSTM: each gate and the candidate has weights of its own."""
        return BLOCKS[self.cell]

    @property
    def total(self) -> int:
        """blocks · H · (D + H + 2): a row for each unit of each block, over the inputs, the units and two biases."""
        return self.blocks * self.hidden * (self.inputs + self.hidden + 2)

    @property
    def formula(self) -> str:
        """The count in numbers."""
        return f"{self.blocks} · {self.hidden} · ({self.inputs} + {self.hidden} + 2) = {self.total:,}"
