from __future__ import annotations

import itertools

import pytest
import torch
from torch.autograd.graph import saved_tensors_hooks

from rnn_core.models import timing
from rnn_core.parallelism import COST_MODELS, INPUTS, LENGTHS, WIDTH
from rnn_core.quantities import Cell

BOUND = 64 * 2**20  # bytes that one sentence of the longest may take


def inputs(cell: Cell, words: int) -> torch.Tensor:
    return torch.randn(1, words, WIDTH if cell == "transformer" else INPUTS)


def test_points_come_one_by_one_every_network_at_every_length() -> None:
    points = list(timing.measure((3, 5)))
    assert [(point.words, point.cell) for point in points] == list(itertools.product((3, 5), COST_MODELS))
    for point in points:
        assert min(point.forward, point.backward, point.generate) > 0
        assert point.training == point.forward + point.backward
        assert (point.again is not None) == (point.cell == "transformer")


def test_nothing_is_measured_before_it_is_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(timing, "_point", lambda *of: asked.append(of[-1]))
    points = timing.measure((6, 10_000_000))
    assert asked == []
    next(points)
    assert asked == [6]


def test_reading_all_anew_is_not_measured_where_it_would_hold_others_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(timing, "LONGEST_AGAIN", 4)
    again = [point.again for point in timing.measure((4, 5)) if point.cell == "transformer"]
    assert again[0] is not None
    assert again[1] is None
    assert timing.measure.__defaults__ == (LENGTHS,)


@pytest.mark.parametrize("cell", COST_MODELS)
def test_word_by_word_gives_the_states_of_the_whole(cell: Cell) -> None:
    network, words = timing.build(cell).double(), inputs(cell, 9).double()
    with torch.inference_mode():
        whole = network(words)
        whole = whole[0] if isinstance(whole, tuple) else whole
        torch.testing.assert_close(torch.cat(timing.generated(network, words), 1), whole, atol=1e-12, rtol=0)
        if cell == "transformer":
            torch.testing.assert_close(torch.cat(timing.reread(network, words), 1), whole, atol=1e-12, rtol=0)


@pytest.mark.parametrize("cell", COST_MODELS)
def test_the_longest_sentence_keeps_little(cell: Cell) -> None:
    kept: list[int] = []

    def keep(tensor: torch.Tensor) -> torch.Tensor:
        kept.append(tensor.numel() * tensor.element_size())
        return tensor

    with saved_tensors_hooks(keep, lambda tensor: tensor):
        timing.build(cell)(inputs(cell, LENGTHS[-1]).requires_grad_())
    assert 0 < sum(kept) <= BOUND


def test_a_measurement_takes_some_runs_and_never_long() -> None:
    runs = 0
    while timing._more(runs, 0.0):
        runs += 1
    assert runs == timing.MOST
    assert timing._more(0, 1e9)
    assert not timing._more(1, timing.LONG)
    assert timing._more(timing.LEAST - 1, timing.ENOUGH)
    assert not timing._more(timing.LEAST, timing.ENOUGH)


def test_building_leaves_chance_as_it_was() -> None:
    torch.manual_seed(1)
    before = torch.random.get_rng_state()
    timing.build("lstm")
    assert torch.equal(before, torch.random.get_rng_state())
