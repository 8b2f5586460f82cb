from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, digit_answers
from rnn_core.messages import LANGUAGES
from rnn_core.speech.digits import Answers
from rnn_core.tasks.digits import SHIPPED
from tests.rnn_core.figures.cases import sound, traces

SHARES = np.full((4, 10), 0.02, np.float32)
SHARES[:, 3] = (0.1, 0.5, 0.8, 0.82)
SHARES[0, 1] = 0.7


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_plots_the_answers_themselves(lang: str) -> None:
    drawn = sound(digit_answers(Answers(SHIPPED[2], SHARES.copy(), 3), lang=lang, theme=Theme()))
    (cells,) = traces(drawn)
    np.testing.assert_array_equal(cells["z"], SHARES.T)
    assert list(cells["x"]) == [0, 16, 32, 48]
    assert (cells["zmin"], cells["zmax"]) == (0, 1)
    assert "82%" in drawn.finding
    assert "16 ms" in drawn.finding


def test_what_is_spoken_is_said_where_it_is_known() -> None:
    said = [digit_answers(Answers(SHIPPED[2], SHARES.copy(), of), lang="en", theme=Theme()) for of in (3, 8, None)]
    assert [("correct" in one.finding, "spoken was" in one.finding) for one in said] == [
        (True, False),
        (False, True),
        (False, False),
    ]
    assert [bool(one.legend and one.legend.marks) for one in said] == [True, True, False]
