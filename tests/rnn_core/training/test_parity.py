from __future__ import annotations

import pytest
import torch

from rnn_core.training import parity
from rnn_core.training.parity import KINDS, Counter, SignedMinGRU


def test_the_answers_are_the_parities() -> None:
    bits = torch.tensor([[1, 0, 1, 1], [0, 0, 0, 1]])
    assert parity.odd(bits).tolist() == [[1, 1, 0, 1], [0, 0, 0, 1]]


@pytest.mark.parametrize("kind", KINDS)
def test_a_run_is_the_same_from_its_seed_and_stops_where_it_should(
    kind: parity.Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(parity, "SEQUENCES", 20)
    first, again = (parity.train_counter(kind, 0, most=2) for _ in range(2))
    assert first == again
    assert (first["steps"], first["learned"]) == (2, parity.FIRST)
    assert set(first["accuracy"]) == {str(total) for total in parity.TESTED}
    assert len(first["odd"]) == len(first["moved"]) == parity.ONES


def test_it_gets_better_and_goes_on_to_longer_lengths(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parity, "SEQUENCES", 20)
    found = parity.train_counter("lstm", 0, most=60)
    assert found["learned"] > parity.FIRST


def test_the_signed_cell_has_factors_of_both_signs() -> None:
    layer, x = SignedMinGRU(3, 40), torch.linspace(-2, 2, 30).view(10, 3)
    a, b = layer.coefficients(x)
    assert a.min() < 0 < a.max()
    assert a.abs().max() < 1
    assert torch.equal(b, layer.gates(x)["candidate"])


def test_the_networks_are_of_one_size() -> None:
    assert {Counter(kind).readout[0].in_features for kind in KINDS} == {parity.HIDDEN}
