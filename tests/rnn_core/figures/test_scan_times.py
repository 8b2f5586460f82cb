from __future__ import annotations

import numpy as np
import pytest

from rnn_core.figures import Theme, scan_times
from rnn_core.messages import LANGUAGES
from rnn_core.models.scan_timing import KINDS, ScanPoint
from tests.rnn_core.figures.cases import sound, traces

POINTS = tuple(
    ScanPoint(kind, words, 1e-4 * (at + 1) * words / 16, 1e-4, words, 10 * words)
    for words in (16, 64)
    for at, kind in enumerate(KINDS)
)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("count", [0, 1, 7, 12])
def test_a_run_is_drawn_as_far_as_it_is(lang: str, count: int) -> None:
    picture = sound(scan_times(POINTS[:count], lang=lang, theme=Theme()))
    assert sum(len(trace["y"]) for trace in traces(picture)) == count
    nothing = scan_times((), lang=lang, theme=Theme()).finding
    assert (picture.finding == nothing) == (count < 6)


def test_the_finding_says_who_is_first() -> None:
    picture = scan_times(POINTS, lang="en", theme=Theme())
    assert picture.finding == "T = 64: RNN fastest. minGRU scan 1.70 ms, GRU 1.30 ms."
    np.testing.assert_allclose(traces(picture)[0]["y"], [2e-4, 5e-4])
