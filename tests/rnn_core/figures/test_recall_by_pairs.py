from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, recall_by_pairs, recall_rewritten
from rnn_core.messages import LANGUAGES
from tests.rnn_core.figures.cases import sound, traces

ONCE = {4: {"linear": 0.99, "delta": 0.98, "softmax": 1.0}, 64: {"linear": 0.3, "delta": 0.2, "softmax": 1.0}}
AGAIN = {8: {"linear": 0.7, "decay": 0.96, "delta": 1.0}, 64: {"linear": 0.15, "decay": 0.9, "delta": 1.0}}


@pytest.mark.parametrize("lang", LANGUAGES)
def test_both_hold_the_shares(lang: str) -> None:
    once = sound(recall_by_pairs(ONCE, 16, lang=lang, theme=Theme()))
    again = sound(recall_rewritten(AGAIN, lang=lang, theme=Theme("dark")))
    assert once.key != again.key
    np.testing.assert_array_equal([trace["y"][-1] for trace in traces(once)], [1.0, 0.3, 0.2])
    np.testing.assert_array_equal([trace["y"][-1] for trace in traces(again)], [1.0, 0.9, 0.15])
    assert "30%" in once.finding
    assert "15%" in again.finding
