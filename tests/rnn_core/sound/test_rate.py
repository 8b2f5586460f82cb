from __future__ import annotations

import numpy as np
import pytest

from rnn_core.sound.rate import RATE, resampled


@pytest.mark.parametrize("rate", [4000, 8000, 11_025, 16_000, 22_050, 44_099, 44_100, 48_000, 96_000])
def test_a_tone_is_the_same_tone(rate: int) -> None:
    found = resampled(np.sin(2 * np.pi * 440 * np.arange(rate) / rate), rate)
    assert (len(found), found.dtype) == (RATE, np.float32)
    wanted = np.sin(2 * np.pi * 440 * np.arange(RATE) / RATE)
    np.testing.assert_allclose(found[800:-800], wanted[800:-800], atol=0.02)


def test_what_the_lower_rate_cannot_hold_is_gone() -> None:
    high = np.sin(2 * np.pi * 15_000 * np.arange(48_000) / 48_000)
    assert np.abs(resampled(high, 48_000)[800:-800]).max() < 0.01
