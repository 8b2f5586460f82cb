from __future__ import annotations

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.models import registry, shuffle
from rnn_core.specs import TransformerSpec
from rnn_core.tasks import smalltalk

WORDS = ("今日", "は", "天気", "が", "良い", "ね")
PLACED, UNPLACED = (TransformerSpec(hidden=32, positions=placed) for placed in (True, False))


@pytest.mark.parametrize("places", [(0, 3, 2, 1), (3, 2, 1, 0), (2, 1, 0, 3), (1, 2, 3, 0)])
@pytest.mark.parametrize("sentence", [WORDS, ("犬", "が", "人", "を", "噛む"), ("は", "は", "ね", "電卓")])
def test_only_without_places_and_mask_nothing_changes(sentence: tuple[str, ...], places: tuple[int, ...]) -> None:
    places = (*places, *range(4, len(sentence)))
    for spec in (PLACED, UNPLACED):
        for causal in (True, False):
            moved = shuffle.compare_orders(spec, sentence, places, causal=causal)
            assert moved.shape == (len(sentence),)
            assert bool((moved == 0).all()) == (not spec.positions and not causal)


@pytest.mark.parametrize("spec", [PLACED, UNPLACED], ids=lambda spec: spec.name)
def test_the_states_are_those_of_the_shipped_model(spec: TransformerSpec) -> None:
    with torch.inference_mode():
        expected = (
            registry.family_of(spec).load(spec).double().states(torch.tensor([smalltalk.vocabulary().encode(WORDS)]))[0]
        )
    np.testing.assert_allclose(shuffle.states(spec, WORDS, causal=True), expected.numpy(), atol=2e-5, rtol=0)


def test_a_word_is_followed_to_its_new_place() -> None:
    places = (1, 0, 2, 3, 4, 5)
    moved = shuffle.compare_orders(PLACED, WORDS, places, causal=True)
    before, after = (
        shuffle.states(PLACED, words, causal=True) for words in (WORDS, [WORDS[place] for place in places])
    )
    np.testing.assert_allclose(moved[1], np.sqrt(((before[0] - after[1]) ** 2).mean()), rtol=1e-5)
    np.testing.assert_allclose(moved[0], np.sqrt(((before[1] - after[0]) ** 2).mean()), rtol=1e-5)


@pytest.mark.parametrize("places", [(0, 1), (0, 1, 2, 3, 4, 4), (1, 2, 3, 4, 5, 6)])
def test_what_is_no_order_is_a_kioku_error(places: tuple[int, ...]) -> None:
    with pytest.raises(KiokuError) as caught:
        shuffle.compare_orders(PLACED, WORDS, places, causal=True)
    assert caught.value.code == "no_such_order"


def test_one_word_stays() -> None:
    assert shuffle.compare_orders(PLACED, ("今日",), (0,), causal=False).tolist() == [0.0]
