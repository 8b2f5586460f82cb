"""A sentence read as if it ended after each of its characters: when is each decision right, and stays so?"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Mask = NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class Revealed:
    """Where a word ends in every beginning of a sentence.

    "Right" means as in the whole sentence. Everything is computed on the part that is revealed, what the network
    receives included, so nothing of what follows is known. At its last character a part has no decision to make.

    Attributes:
        text: the T characters.
        ends: `ends[n − 1, k − 1]`: whether a word ends after k of the first n characters, (T, T − 1) of bool, False
            where n ≤ k; read-only.
    """

    text: str
    ends: Mask

    def __post_init__(self) -> None:
        if self.ends.shape != (len(self.text), max(len(self.text) - 1, 0)):
            raise KiokuError("revealed_shape", characters=len(self.text), shape=self.ends.shape)
        self.ends.flags.writeable = False

    @property
    def open(self) -> Mask:
        """Where there is a decision: (T, T − 1) of bool, n > k."""
        steps = len(self.text)
        decided: Mask = np.tri(steps, max(steps - 1, 0), -1, dtype=bool)
        return decided

    @property
    def wrong(self) -> Mask:
        """Which decisions are not as in the whole sentence: (T, T − 1) of bool."""
        found: Mask = (self.ends != self.ends[-1:]) & self.open
        return found

    @property
    def settled(self) -> tuple[int, ...]:
        """For k = 1 … T − 1: after how many characters the decision after k is right and stays so; k + 1 at least."""
        last_wrong = [np.flatnonzero(column) for column in self.wrong.T]
        return tuple(int(rows[-1]) + 2 if rows.size else k + 1 for k, rows in enumerate(last_wrong, 1))

    @property
    def waits(self) -> tuple[int, ...]:
        """How many characters beyond the first one after it each decision had to wait for, (T − 1)."""
        return tuple(settled - k - 1 for k, settled in enumerate(self.settled, 1))
