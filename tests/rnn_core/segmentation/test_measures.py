from __future__ import annotations

import copy

import numpy as np
import pytest
import torch

import rnn_core as rc
from rnn_core.segmentation.measures import influences, revealed, score_influence
from rnn_core.segmentation.model import inputs_of, segmented, segmenter
from rnn_core.segmentation.tags import boundaries_of

SENTENCE = "今日はいいてんきですね"


@pytest.mark.parametrize("text", ["あ", "くるまで", SENTENCE])
def test_the_influence_on_the_scores_is_autograds(text: str) -> None:
    model = copy.deepcopy(segmenter()).double()
    inputs = torch.from_numpy(inputs_of(text)).double()
    jacobian = torch.autograd.functional.jacobian(lambda x: model(x)[:, :4], inputs)  # (T, 4, T, D)
    expected = torch.linalg.vector_norm(jacobian, dim=(1, 3)).numpy()
    np.testing.assert_allclose(score_influence(model, inputs), expected, rtol=1e-10, atol=1e-14)


def test_each_direction_reaches_one_side_and_the_scores_both() -> None:
    found = influences(SENTENCE)
    later = np.triu(np.ones((len(SENTENCE),) * 2, dtype=bool), 1)
    assert not found.forward[later].any()
    assert not found.backward[later.T].any()
    assert (found.forward[~later] > 0).all()
    assert (found.backward[~later.T] > 0).all()
    assert (found.scores > 0).all()


def test_without_a_readout_of_one_direction_its_side_is_exactly_zero() -> None:
    model = copy.deepcopy(segmenter())
    model.readout.weight[:, 50:] = 0.0
    found = score_influence(model, torch.from_numpy(inputs_of(SENTENCE)))
    later = np.triu(np.ones((len(SENTENCE),) * 2, dtype=bool), 1)
    assert not found[later].any()
    assert (found[~later] > 0).all()


def test_the_maps_of_the_directions_are_those_of_influence() -> None:
    found, module, inputs = influences(SENTENCE), segmenter().recurrent, inputs_of(SENTENCE)
    np.testing.assert_array_equal(found.forward, rc.influence(module, inputs))
    np.testing.assert_array_equal(found.backward, rc.influence(module, inputs, direction=1))


def test_every_beginning_is_read_as_if_nothing_followed() -> None:
    found = revealed(SENTENCE)
    for n in range(1, len(SENTENCE) + 1):
        ends = {k for k in range(1, len(SENTENCE)) if found.ends[n - 1, k - 1]}
        assert ends == boundaries_of(segmented(SENTENCE[:n]).words)


def test_what_follows_is_not_known_before_it_is_revealed() -> None:
    whole, other = revealed("くるまでまつ"), revealed("くるまでいく")
    np.testing.assert_array_equal(whole.ends[:4, :3], other.ends[:4, :3])
    assert revealed("あ").ends.shape == (1, 0)
