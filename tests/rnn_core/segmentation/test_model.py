from __future__ import annotations

import copy
import random

import nagisa
import nagisa_utils
import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import load
from torch import nn

import rnn_core as rc
from rnn_core.messages import LANGUAGES, catalogue
from rnn_core.segmentation.model import Segmenter, characters, inputs_of, segmented, segmenter, weights_bytes
from rnn_core.segmentation.tags import LATER, MAX_CHARACTERS
from rnn_core.tasks import smalltalk

SENTENCE = "今日はいいてんきですね"
OTHER = "すもももももももものうち"


def states_of_nagisa(text: str) -> np.ndarray:
    """Both directions as nagisa's own kernel computes them, (T, 2H)."""
    model = nagisa.tagger._model
    states: np.ndarray = model.ws_model.transduce(inputs_of(text))
    return states


def sentences(count: int) -> list[str]:
    """Some of the small talk and of the project's own prose, always the same."""
    spoken = ["".join(example.words) for example in smalltalk.examples()]
    prose = sorted(value for value in catalogue("ja").values() if value.strip())
    chance = random.Random(0)
    return chance.sample(spoken, count // 2) + chance.sample(prose, count // 2)


def test_the_segmentation_is_nagisas_own() -> None:
    for sentence in sentences(120):
        found = segmented(sentence)
        assert list(found.words) == nagisa.wakati(found.characters.text), sentence
        assert found.layers.parity <= 1e-5


def test_states_and_scores_are_nagisas_own() -> None:
    for sentence in sentences(20):
        found = segmented(sentence)
        text = found.characters.text
        np.testing.assert_allclose(found.layers.output, states_of_nagisa(text), rtol=0, atol=1e-5)
        features = nagisa_utils.feature_extraction(
            text.lower(), nagisa.tagger._uni2id, nagisa.tagger._bi2id, nagisa.tagger._word2id, 3
        )
        scores = np.array(nagisa.tagger._model.encode_ws(features))
        np.testing.assert_allclose(found.emissions, scores, rtol=0, atol=5e-5)


def test_the_weights_are_the_packages_and_loading_draws_nothing() -> None:
    torch.manual_seed(3)
    before = torch.random.get_rng_state()
    segmenter.cache_clear()
    model = segmenter()
    assert torch.equal(before, torch.random.get_rng_state())
    assert (model.recurrent.input_size, model.recurrent.hidden_size, model.recurrent.num_layers) == (200, 50, 1)
    assert not any(weight.requires_grad for weight in model.parameters())


@pytest.fixture(scope="module")
def double() -> Segmenter:
    return copy.deepcopy(segmenter()).double()


def test_without_its_backward_half_it_is_a_network_of_one_direction(double: Segmenter) -> None:
    """In float64: a one-directional LSTM with the forward weights, read by the forward half of the readout."""
    inputs = torch.from_numpy(inputs_of(SENTENCE)).double()
    one = nn.LSTM(200, 50).double()
    one.load_state_dict({key: value for key, value in double.recurrent.state_dict().items() if "reverse" not in key})
    with torch.inference_mode():
        expected = one(inputs)[0] @ double.readout.weight[:, :50].T + double.readout.bias
    held = rc.record(double.recurrent, inputs, clamps=[rc.Clamp("hidden_state", 0.0, direction=1)])
    with torch.inference_mode():
        scores = double.readout(torch.tensor(held.output))
    torch.testing.assert_close(scores, expected, rtol=0, atol=1e-12)


def test_off_leaves_the_forward_half_bit_for_bit_and_zeros_beside_it() -> None:
    own, off = segmented(SENTENCE), segmented(SENTENCE, "off")
    one = nn.LSTM(200, 50)
    state = segmenter().recurrent.state_dict()
    one.load_state_dict({key: value for key, value in state.items() if "reverse" not in key})
    with torch.inference_mode():
        expected = one(torch.tensor(own.inputs))[0].numpy()
    np.testing.assert_array_equal(own.layers.output[:, :50], expected)
    assert not off.layers.layers[0][1]["hidden_state"].any()
    np.testing.assert_array_equal(off.layers.output, np.hstack([expected, np.zeros_like(expected)]))


def test_reversing_the_text_swaps_what_the_directions_do(double: Segmenter) -> None:
    """The backward direction over x is the forward one, with its weights, over x from the end."""
    swapped = nn.LSTM(200, 50).double()
    state = double.recurrent.state_dict()
    swapped.load_state_dict({k.removesuffix("_reverse"): v for k, v in state.items() if k.endswith("_reverse")})
    inputs = torch.from_numpy(inputs_of(SENTENCE)).double()
    with torch.inference_mode():
        backward = double.recurrent(inputs)[0][:, 50:]
        torch.testing.assert_close(swapped(inputs.flip(0))[0].flip(0), backward, rtol=0, atol=1e-12)


def test_alone_has_read_its_own_character_and_nothing_after_it() -> None:
    own, alone = segmented(SENTENCE), segmented(SENTENCE, "alone")
    for t in range(len(own)):
        each = rc.record(segmenter().recurrent, own.inputs[t : t + 1])
        np.testing.assert_allclose(
            alone.layers.layers[0][1]["hidden_state"][t], each.layers[0][1]["hidden_state"][0], rtol=0, atol=1e-6
        )
    np.testing.assert_allclose(alone.layers.output[-1], own.layers.output[-1], atol=1e-6)  # nothing comes after it


def test_reversed_and_other_take_states_from_where_they_say() -> None:
    own = segmented(SENTENCE)
    backward = own.layers.layers[0][1]["hidden_state"]
    np.testing.assert_array_equal(segmented(SENTENCE, "reversed").layers.layers[0][1]["hidden_state"], backward[::-1])
    short = segmented("とりがいる")
    lent = segmented(SENTENCE, "other", "とりがいる").layers.layers[0][1]["hidden_state"]
    np.testing.assert_array_equal(lent[:5], short.layers.layers[0][1]["hidden_state"])
    np.testing.assert_array_equal(lent[5:10], short.layers.layers[0][1]["hidden_state"])
    np.testing.assert_array_equal(segmented(SENTENCE, "other", SENTENCE).emissions, own.emissions)


@pytest.mark.parametrize("later", LATER[1:])
def test_nothing_but_its_own_half_has_a_parity(later: str) -> None:
    found = segmented(SENTENCE, later, OTHER)
    assert np.isnan(found.layers.parity)
    forward, own = (one.layers.layers[0][0]["hidden_state"] for one in (found, segmented(SENTENCE)))
    np.testing.assert_array_equal(forward, own)
    backward = found.layers.layers[0][1]["hidden_state"]
    np.testing.assert_allclose(found.layers.output[:, 50:], backward, rtol=0, atol=1e-6)  # what the readout is given
    weights = segmenter().state_dict()
    scores = found.layers.output @ weights["readout.weight"].numpy().T + weights["readout.bias"].numpy()
    np.testing.assert_allclose(found.emissions, scores, rtol=0, atol=1e-5)


@pytest.mark.parametrize("text", ["", " \u3000\n", "\u200b\u202e", "\ud800"])
def test_nothing_to_read_is_said(text: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        segmented(text)
    assert error.value.code == "empty_text"
    with pytest.raises(rc.KiokuError):
        segmented(SENTENCE, "other", text)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_unknown_half_is_refused(lang: str) -> None:
    with pytest.raises(rc.KiokuError) as error:
        segmented(SENTENCE, "later")  # type: ignore[arg-type]  # on purpose
    assert "'later'" in error.value.text(lang)
    assert "alone" in error.value.text(lang)


def test_more_than_the_limit_is_cut() -> None:
    assert not characters("あ" * MAX_CHARACTERS).cut
    found = segmented("あ" * (MAX_CHARACTERS + 1))
    assert found.characters.cut
    assert len(found) == MAX_CHARACTERS


def test_what_the_network_has_no_numbers_for_is_named_once() -> None:
    assert characters("🎉今日🎉は Ａ").unknown == ("🎉",)
    assert characters("🎉今日🎉は Ａ").text == "🎉今日🎉は\u3000A"


@settings(max_examples=40)
@given(text=st.text(max_size=30))
def test_any_text_is_read_whole_or_refused_in_words(text: str) -> None:
    try:
        found = segmented(text)
    except rc.KiokuError as error:
        code = error.code
    else:
        code = "read"
        assert "".join(found.words) == found.characters.text
        assert np.isfinite(found.emissions).all()
    assert code in ("read", "empty_text")


def test_what_was_computed_cannot_be_changed() -> None:
    found = segmented(SENTENCE)
    for array in (found.inputs, found.emissions, found.transitions, found.layers.output):
        with pytest.raises(ValueError, match="read-only"):
            array[0, 0] = 1.0
    assert not np.shares_memory(found.transitions, segmenter().transitions.numpy())


def test_what_is_taken_home_are_the_weights_and_what_came_in() -> None:
    own, lent = (load(weights_bytes(segmented(SENTENCE, later, "とりがいる"))) for later in ("own", "other"))
    weights = segmenter().state_dict()
    assert own.keys() - weights.keys() == {"inputs"}
    assert lent.keys() - weights.keys() == {"inputs", "other"}
    assert all(torch.equal(own[name], weight) for name, weight in weights.items())
    np.testing.assert_array_equal(own["inputs"].numpy(), inputs_of(SENTENCE))
    np.testing.assert_array_equal(lent["other"].numpy(), inputs_of("とりがいる"))
