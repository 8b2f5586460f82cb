"""The numbers of a claim as bars: what each is a part of, and how sure a share is that was counted."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_core.statistics.intervals import wilson

if TYPE_CHECKING:
    from rnn_core.claims.rows import Claim, Numbers

LEAST = 1e-30  # where an axis of powers of ten begins


@dataclass(frozen=True)
class Bar:
    """One number of a claim.

    Attributes:
        key: its name among the claim's numbers.
        value: what was measured; of a count the share that it is.
        length: how long its bar is, of 1.
        interval: between which shares it lies with 95 % confidence; None for what was not counted.
    """

    key: str
    value: float
    length: float
    interval: tuple[float, float] | None = None


def bars_of(claim: Claim, numbers: Numbers) -> tuple[Bar, ...]:
    """The bars of a claim from its numbers.

    Example:
        >>> from rnn_core.claims.rows import CLAIMS
        >>> size = next(claim for claim in CLAIMS if claim.name == "gru_size")
        >>> [(bar.key, bar.length) for bar in bars_of(size, {"lstm": 400.0, "gru": 300.0})]
        [('lstm', 1.0), ('gru', 0.75)]
    """
    largest = max((numbers[key] for key in claim.bars), default=0.0)
    found = []
    for key in claim.bars:
        value, interval = numbers[key], None
        if key in claim.of:
            of = round(numbers[claim.of[key]])
            right = round(value if claim.units[key] == "whole" else value * of)
            value = right / of
            low, high = wilson([right], [of])
            interval = (float(low[0]), float(high[0]))
        found.append(Bar(key, value, _length(claim, value, largest), interval))
    return tuple(found)


def _length(claim: Claim, value: float, largest: float) -> float:
    match claim.scale:
        case "share":
            return value
        case "largest":
            return value / largest if largest else 0.0
        case "power":
            return max(0.0, 1 - math.log10(value) / math.log10(LEAST)) if value > 0 else 0.0
