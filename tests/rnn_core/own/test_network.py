from __future__ import annotations

import numpy as np
import pytest
import torch
from torch import nn

from rnn_core import KiokuError
from rnn_core.own.inputs import read_inputs
from rnn_core.own.network import DrawnVectors, open_network, rebuilt
from rnn_core.own.setup import Setup
from tests.rnn_core.own.making import module, opened

KINDS = [
    (nn.LSTM, {"num_layers": 2, "bidirectional": True}),
    (nn.LSTM, {"proj_size": 2}),
    (nn.GRU, {"bias": False}),
    (nn.RNN, {"nonlinearity": "tanh"}),
]


@pytest.mark.parametrize(("kind", "options"), KINDS)
def test_a_module_is_the_same_with_the_batch_first_and_shares_its_weights(kind: type, options: dict) -> None:
    one = module(kind, **options)
    made, inputs = rebuilt(one, relu=False), torch.randn(4, 3)
    torch.testing.assert_close(made(inputs)[0], one(inputs)[0])
    assert made(inputs[None])[0].shape == (1, *made(inputs)[0].shape)
    assert made.weight_hh_l0.data_ptr() == one.weight_hh_l0.data_ptr()
    assert not any(weight.requires_grad for weight in made.parameters())
    assert all(weight.requires_grad for weight in one.parameters())


def test_a_plain_network_computes_with_the_nonlinearity_that_is_chosen() -> None:
    one, inputs = module(nn.RNN), torch.randn(4, 3)
    with_relu = nn.RNN(3, 5, nonlinearity="relu")
    with_relu.load_state_dict(one.state_dict())
    torch.testing.assert_close(rebuilt(one, relu=True)(inputs)[0], with_relu(inputs)[0])


def test_equal_pieces_have_equal_vectors_and_another_seed_gives_others() -> None:
    drawn, words = DrawnVectors(6, 2, torch.float64), torch.tensor([[5, 9, 5]])
    vectors = drawn(words)
    assert (vectors.shape, vectors.dtype) == ((1, 3, 6), torch.float64)
    assert bool((vectors[0, 0] == vectors[0, 2]).all())
    assert not bool((vectors[0, 0] == vectors[0, 1]).any())
    assert not bool((DrawnVectors(6, 3, torch.float64)(words) == vectors).any())


def test_the_readers_numbers_are_what_is_read() -> None:
    inputs = read_inputs(b"1,2,3\n4,5,6\n").sequence()
    found = open_network(opened(module()), Setup("file:" + "0" * 64), inputs)
    np.testing.assert_array_equal(found.embedding(torch.tensor([2, 1, 0])).numpy(), [[4, 5, 6], [1, 2, 3], [0, 0, 0]])
    assert found.readout is None


def test_numbers_of_another_width_are_refused() -> None:
    with pytest.raises(KiokuError) as caught:
        open_network(opened(module()), Setup("file:" + "0" * 64), read_inputs(b"1,2\n").sequence())
    assert (caught.value.code, caught.value.values) == ("own_width", {"given": 2, "want": 3})
