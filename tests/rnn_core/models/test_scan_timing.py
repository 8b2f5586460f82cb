from __future__ import annotations

import pytest
import torch

from rnn_core.models import scan_timing
from rnn_core.models.scan_timing import KINDS, LENGTHS, build, counts, stages, work


def test_every_network_is_timed_at_every_length() -> None:
    found = list(scan_timing.measure((2, 4)))
    assert [(point.kind, point.words) for point in found] == [(kind, words) for words in (2, 4) for kind in KINDS]
    assert all(point.forward > 0 and point.backward > 0 for point in found)
    assert found[0].training == found[0].forward + found[0].backward


def test_scan_and_loop_are_one_network() -> None:
    x = torch.linspace(-1, 1, 5 * 64).view(1, 5, 64)
    one, other = (build(kind)(x)[0] for kind in ("scan", "loop"))
    assert torch.allclose(one, other, atol=2e-6)


@pytest.mark.parametrize("words", [1, 6, 1024])
def test_what_waits_and_what_is_computed_is_counted(words: int) -> None:
    assert stages("gru", words) == stages("loop", words) == words
    assert stages("scan", words) <= words + 1
    assert work("scan", words) >= work("loop", words) - 64
    assert work("lstm", words) == words * 4 * 64 * 128


def test_all_counts_are_those_of_each_network_at_each_length() -> None:
    found = counts()
    assert {(kind, words) for kind, row in found["work"].items() for words in row} == {
        (kind, words) for kind in KINDS for words in LENGTHS
    }
    assert (found["stages"]["scan"][64], found["work"]["gru"][64]) == (stages("scan", 64), work("gru", 64))
