"""How many numbers a recurrent layer learns, and how the count comes about."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from rnn_core.quantities import BLOCKS, Cell

LAYERS = 2  # of a Transformer
WIDER = 3.5  # how much wider the middle of a block is; with it 2 layers of 32 learn as many numbers as an LSTM of 64


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


@dataclass(frozen=True)
class ComposedCount:
    """The learned numbers of what is composed of others, between embedding and readout.

    Attributes:
        cell: "bidirectional", an LSTM of half the units in each direction; "attentive", an LSTM and additive attention
            over its states; "transformer", two layers.
        inputs: D, the size of what comes in; of the Transformer it is `hidden`.
        hidden: H, how many numbers a state has.

    Example:
        >>> ComposedCount("bidirectional", 24, 16).formula, ComposedCount("attentive", 24, 16).formula
        ('2 · 4 · 8 · (24 + 8 + 2) = 2,176', '4 · 16 · (24 + 16 + 2) + 16 · (2 · 16 + 1) = 3,216')
        >>> ComposedCount("transformer", 32, 32).formula
        '2 · (4 · 32 · 33 + 112 · 33 + 32 · 113 + 4 · 32) = 23,328'
    """

    cell: Literal["bidirectional", "attentive", "transformer"]
    inputs: int
    hidden: int

    @property
    def total(self) -> int:
        """The count."""
        return self._told[0]

    @property
    def formula(self) -> str:
        """The count in numbers."""
        total, said = self._told
        return f"{said} = {total:,}"

    @property
    def _told(self) -> tuple[int, str]:
        size, inputs = self.hidden, self.inputs
        if self.cell == "bidirectional":
            half = size // 2
            return 2 * 4 * half * (inputs + half + 2), f"2 · 4 · {half} · ({inputs} + {half} + 2)"
        if self.cell == "attentive":
            looks = f"{size} · (2 · {size} + 1)"  # W_a, U_a and v
            return (
                4 * size * (inputs + size + 2) + size * (2 * size + 1),
                f"4 · {size} · ({inputs} + {size} + 2) + {looks}",
            )
        wider = round(WIDER * size)
        layer = 4 * size * (size + 1) + wider * (size + 1) + size * (wider + 1) + 4 * size
        said = f"4 · {size} · {size + 1} + {wider} · {size + 1} + {size} · {wider + 1} + 4 · {size}"
        return LAYERS * layer, f"{LAYERS} · ({said})"
