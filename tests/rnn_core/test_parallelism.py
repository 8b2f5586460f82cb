from __future__ import annotations

import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from torch import nn
from torch.nn.attention import SDPBackend, sdpa_kernel
from torch.utils.flop_counter import FlopCounterMode

from rnn_core import parallelism
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.models.language_model import EMBEDDING
from rnn_core.models.timing import build
from rnn_core.parallelism import COST_MODELS, LENGTHS
from rnn_core.quantities import CELLS, Cell
from rnn_core.specs import TransformerSpec

STEPPERS = {"rnn": nn.RNNCell, "lstm": nn.LSTMCell, "gru": nn.GRUCell}
times = st.dictionaries(st.sampled_from(LENGTHS), st.floats(0.1, 10), max_size=7)


def test_the_sizes_are_those_of_the_shipped_networks() -> None:
    shipped = TransformerSpec(hidden=parallelism.WIDTH)
    model = registry.family_of(shipped).load(shipped)
    assert (shipped.layers, shipped.heads) == (parallelism.LAYERS, parallelism.HEADS)
    assert model.blocks[0].linear1.out_features == parallelism.WIDER
    assert parallelism.learned("transformer") == count_parameters(model)
    assert parallelism.INPUTS == EMBEDDING


@pytest.mark.parametrize("cell", COST_MODELS)
def test_all_learn_about_as_many_numbers(cell: Cell) -> None:
    counted = sum(weight.numel() for weight in build(cell).parameters())
    assert parallelism.learned(cell) == counted
    assert counted == pytest.approx(parallelism.learned("transformer"), rel=0.02)


@pytest.mark.parametrize("words", [1, 2, 7, 40])
@pytest.mark.parametrize("cell", COST_MODELS)
def test_the_work_is_what_torchs_own_counter_counts(cell: Cell, words: int) -> None:
    network, counter = build(cell), FlopCounterMode(display=False)
    if cell == "transformer":
        with sdpa_kernel(SDPBackend.MATH), counter, torch.no_grad():
            network(torch.zeros(1, words, parallelism.WIDTH))
    else:
        stepper, state = STEPPERS[cell](parallelism.INPUTS, parallelism.SIZES[cell]), None
        with counter, torch.no_grad():
            for _ in range(words):
                state = stepper(torch.zeros(1, parallelism.INPUTS), state)
    assert 2 * parallelism.multiply_adds(cell, words) == counter.get_total_flops()  # it counts a multiply-add as two


def test_work_and_memory_of_the_transformer_grow_with_the_square_of_the_words() -> None:
    for count in (parallelism.multiply_adds, parallelism.stored_numbers):
        for cell in CELLS:
            assert count(cell, 1024) == 2 * count(cell, 512)
        second = [count("transformer", words) for words in (510, 511, 512)]
        bend = second[2] - 2 * second[1] + second[0]
        assert bend > 0
        assert bend == count("transformer", 3) - 2 * count("transformer", 2) + count("transformer", 1)
    assert parallelism.attention_weights(512) == 2 * 4 * 512**2


def test_the_part_that_grows_with_the_square_leads_from_where_it_is_said() -> None:
    def squared(words: int) -> int:
        return parallelism.LAYERS * words**2 * 2 * parallelism.WIDTH

    first = parallelism.quadratic_from()
    for words in range(1, 600):
        whole = parallelism.multiply_adds("transformer", words)
        assert (squared(words) > whole - squared(words)) == (words >= first)


@given(one=times, other=times)
def test_who_is_ahead_and_from_where_on(one: dict[int, float], other: dict[int, float]) -> None:
    both = sorted(one.keys() & other.keys())
    ahead = parallelism.ahead_at(one, other)
    assert set(ahead) == {words for words in both if one[words] < other[words]}
    first = parallelism.crossover(one, other)
    if first is None:
        assert not both or both[-1] not in ahead
    else:
        assert set(ahead) >= {words for words in both if words >= first}
        assert not [words for words in both if words < first][-1:] or [w for w in both if w < first][-1] not in ahead
