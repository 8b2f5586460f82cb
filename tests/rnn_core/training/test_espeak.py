"""The synthesiser is there only where weights are made; elsewhere it is said what is missing."""

from __future__ import annotations

from importlib.util import find_spec

import numpy as np
import pytest

from rnn_core.errors import KiokuError
from rnn_core.training.espeak import spoken


def test_it_speaks_or_says_what_is_missing() -> None:
    if find_spec("espeakng_loader") is None:
        with pytest.raises(KiokuError, match="espeakng-loader"):
            spoken("one", "m1", 175)
        return
    assert 2000 < len(spoken("one", "m1", 175)) < 16_000
    assert np.abs(spoken("one", "f1", 175)).max() <= 1
    with pytest.raises(KiokuError, match="nobody"):
        spoken("one", "nobody", 175)
