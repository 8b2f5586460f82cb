"""The network of e2k in torch: it writes what the package writes, and looks where torch's own attention looks."""

from __future__ import annotations

import numpy as np
import pytest
import torch

from bench.translation import encode_pairs, english, written
from rnn_core.errors import KiokuError
from rnn_core.messages import LANGUAGES, text
from rnn_core.translation import katakana


@pytest.fixture(scope="module")
def model() -> katakana.Katakana:
    return katakana.load()


def test_it_writes_what_the_package_writes_for_a_thousand_words(model: katakana.Katakana) -> None:
    import e2k

    package, words = e2k.C2K(model="turbo"), english(1000)
    ours = dict(zip(words, written(model, words), strict=True))
    assert {word: got for word, got in ours.items() if got != package(word)} == {}
    assert len(set(ours.values())) > 900


@pytest.mark.parametrize(("dtype", "gap"), [(torch.float32, 1e-6), (torch.float64, 1e-12)])
def test_its_attention_is_torchs_own_multihead_attention(dtype: torch.dtype, gap: float) -> None:
    model = katakana.load().to(dtype)
    with torch.inference_mode():
        source, lengths = encode_pairs(["weather", "tea"])
        memory = model.encode(source, lengths)
        state, previous = memory.start, torch.tensor([1, 1])
        for _ in range(4):
            step = model.step(previous, state, memory)
            own, weights = model.attn(
                step.state[0][:, None],
                memory.states,
                memory.states,
                key_padding_mask=memory.absent,
                average_attn_weights=False,
            )
            np.testing.assert_allclose(step.attention.weights, weights, rtol=0, atol=gap)
            np.testing.assert_allclose(step.inputs[1][:, 128:], own[:, 0], rtol=0, atol=gap)
            np.testing.assert_allclose(step.attention.weights.sum(-1), 1, rtol=0, atol=gap)
            assert (step.attention.weights[1, :, :, 5:] == 0).all()
            previous, state = step.scores.argmax(dim=-1), step.state


def test_its_weights_are_the_packages_and_it_is_the_callers_own(model: katakana.Katakana) -> None:
    assert sum(weight.numel() for weight in model.parameters()) == 570_968
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}
    before = torch.get_rng_state()
    with torch.no_grad():
        katakana.load().fc.bias.fill_(7.0)
    assert torch.equal(before, torch.get_rng_state())
    assert (katakana.load().fc.bias != 7.0).all()


def test_upper_case_is_read_as_lower_case_and_long_words_are_words() -> None:
    assert katakana.letters(" McCarthy's tea ") == tuple("mccarthy's tea")
    assert len(katakana.letters("a" * katakana.LONGEST)) == katakana.LONGEST


def test_a_word_has_its_longest_length() -> None:
    with pytest.raises(KiokuError, match="41") as caught:
        katakana.letters("a" * (katakana.LONGEST + 1))
    assert caught.value.code == "too_long"
    assert all(str(katakana.LONGEST) in text("controls.english.label", lang) for lang in LANGUAGES)


@pytest.mark.parametrize(("text", "which"), [("route66", "6"), ("東京 2", "東, 京, 2"), ("naïve", "ï"), ("a-b", "-")])
def test_what_it_has_no_place_for_is_named(text: str, which: str) -> None:
    with pytest.raises(KiokuError) as caught:
        katakana.letters(text)
    assert caught.value.code == "katakana_letters"
    assert caught.value.values["given"] == which


@pytest.mark.parametrize("text", ["", "  ", "　"])
def test_nothing_is_no_word(text: str) -> None:
    with pytest.raises(KiokuError) as caught:
        katakana.letters(text)
    assert caught.value.code == "not_words"


def test_a_missing_package_is_said_with_the_remedy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(katakana, "find_spec", lambda _name: None)
    with pytest.raises(KiokuError, match=r"pip install e2k"):
        katakana.load()
