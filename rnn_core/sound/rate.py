"""The one rate at which everything listens, and how a sound of another rate comes to it."""

from __future__ import annotations

from math import gcd

import numpy as np
from jaxtyping import Float

RATE = 16_000  # samples a second


def resampled(samples: Float[np.ndarray, " N"], rate: int) -> Float[np.ndarray, " M"]:
    """The same sound at `RATE`, in float32; what lies above half of either rate is filtered out.

    Example:
        >>> resampled(np.zeros(44_100), 44_100).shape
        (16000,)
    """
    from scipy.signal import resample_poly

    shared = gcd(rate, RATE)
    found = samples if rate == RATE else resample_poly(samples, RATE // shared, rate // shared)
    return np.asarray(found, np.float32)
