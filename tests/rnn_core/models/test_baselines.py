from __future__ import annotations

import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from torch import Tensor

from rnn_core.errors import KiokuError
from rnn_core.models.baselines import KINDS, BagOfWords, Convolution, FeedForwardBaseline, Window
from rnn_core.models.language_model import EMBEDDING
from rnn_core.specs import BaselineSpec

WORDS, OUTPUTS = 30, 12
SPECS = [
    BaselineSpec(kind="bag", hidden=8),
    BaselineSpec(kind="window", words=10, hidden=8),
    BaselineSpec(kind="convolution", words=3, hidden=8),
]
sentences = st.lists(st.integers(0, WORDS - 1), min_size=1, max_size=10)


def made(spec: BaselineSpec, seed: int = 0) -> FeedForwardBaseline:
    torch.manual_seed(seed)
    return KINDS[spec.kind](spec, WORDS, OUTPUTS)


def last(model: FeedForwardBaseline, words: list[int]) -> Tensor:
    with torch.inference_mode():
        return model(torch.tensor([words]))[0, -1]


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind)
@settings(max_examples=25, deadline=None)
@given(words=sentences)
def test_each_is_its_textbook_formula_after_every_word(spec: BaselineSpec, words: list[int]) -> None:
    model = made(spec).double()
    embedded = model.embedding.weight[words]  # (T, E)
    weight, bias = model.hidden.weight, model.hidden.bias
    for t in range(len(words)):
        total = bias
        if spec.kind == "bag":
            total = total + weight @ embedded[: t + 1].sum(dim=0)
        elif spec.kind == "window":
            for s in range(t + 1):
                total = total + weight[:, s * EMBEDDING : (s + 1) * EMBEDDING] @ embedded[s]
        else:
            for back in range(min(3, t + 1)):
                total = total + weight[:, :, 2 - back] @ embedded[t - back]
        expected = model.readout.weight @ torch.tanh(total) + model.readout.bias
        torch.testing.assert_close(model(torch.tensor([words]))[0, t], expected)


@settings(max_examples=60, deadline=None)
@given(words=sentences, seed=st.integers(0, 3), data=st.data())
def test_a_bag_gives_every_order_the_same_output_to_the_last_bit(
    words: list[int], seed: int, data: st.DataObject
) -> None:
    model = made(SPECS[0], seed)
    assert torch.equal(last(model, words), last(model, data.draw(st.permutations(words))))


@settings(max_examples=60, deadline=None)
@given(
    words=st.lists(st.integers(0, WORDS - 1), min_size=4, max_size=40),
    kernel=st.integers(1, 5),
    seed=st.integers(0, 3),
    data=st.data(),
)
def test_a_convolution_sees_its_kernel_and_not_one_word_more(
    words: list[int], kernel: int, seed: int, data: st.DataObject
) -> None:
    model = made(BaselineSpec(kind="convolution", words=kernel, hidden=8), seed)
    place = data.draw(st.integers(0, len(words) - 1))
    changed = [*words[:place], (words[place] + 1) % WORDS, *words[place + 1 :]]
    seen = place >= len(words) - kernel
    assert torch.equal(last(model, words), last(model, changed)) is not seen


@settings(max_examples=30, deadline=None)
@given(words=st.lists(st.integers(0, WORDS - 1), min_size=2, max_size=10, unique=True), data=st.data())
def test_a_window_has_other_weights_for_each_place(words: list[int], data: st.DataObject) -> None:
    model = made(SPECS[1])
    other = data.draw(st.permutations(words))
    assert torch.equal(last(model, words), last(model, other)) is (words == other)


def test_a_window_takes_as_many_words_as_it_has_places_and_not_one_more() -> None:
    model = made(SPECS[1])
    assert last(model, [1] * 10).shape == (OUTPUTS,)
    with pytest.raises(KiokuError) as caught:
        last(model, [1] * 11)
    assert caught.value.code == "window_full"
    assert caught.value.values == {"words": 11, "places": 10}
    assert "10" in caught.value.text("ja")
    assert "11" in caught.value.text("ja")


@pytest.mark.parametrize("spec", [SPECS[0], SPECS[2]], ids=lambda spec: spec.kind)
def test_the_others_take_any_length(spec: BaselineSpec) -> None:
    assert made(spec)(torch.tensor([[1, 2] * 100])).shape == (1, 200, OUTPUTS)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.kind)
def test_what_comes_later_changes_nothing_before(spec: BaselineSpec) -> None:
    model = made(spec)
    one, other = (model(torch.tensor([words]))[0, :3] for words in ([1, 2, 3, 4, 5], [1, 2, 3, 9, 9]))
    torch.testing.assert_close(one, other)


def test_the_kinds_are_what_they_are_called() -> None:
    assert {"bag": BagOfWords, "window": Window, "convolution": Convolution} == KINDS
    assert isinstance(made(SPECS[2]).hidden, torch.nn.Conv1d)
