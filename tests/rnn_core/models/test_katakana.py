"""The network of e2k in torch: it writes what the package writes, and looks where torch's own attention looks."""

from __future__ import annotations

import re
import subprocess
import sys
from pydoc_data.topics import topics

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.models import katakana

# A thousand English words: every so-manieth of those in Python's own help pages, by the alphabet.
FOUND = sorted({word for page in topics.values() for word in re.findall(r"\b[a-z]{2,14}\b", page)})
WORDS = FOUND[:: len(FOUND) // 1000][:1000]


@pytest.fixture(scope="module")
def model() -> katakana.Katakana:
    return katakana.load()


def encode(words: list[str]) -> tuple[torch.Tensor, torch.Tensor]:
    known = katakana.tables()
    ids = [[known.begin, *(known.source.index(letter) for letter in word), known.end] for word in words]
    return (
        torch.nn.utils.rnn.pad_sequence([torch.tensor(one) for one in ids], batch_first=True),
        torch.tensor([len(one) for one in ids]),
    )


def greedy(model: katakana.Katakana, words: list[str]) -> list[str]:
    known = katakana.tables()
    with torch.inference_mode():
        memory = model.encode(*encode(words))
        previous, state, rows = torch.full((len(words),), known.begin), memory.start, []
        for _ in range(katakana.LIMIT):
            step = model.step(previous, state, memory)
            previous, state = step.scores.argmax(dim=-1), step.state
            rows.append(previous)
    written = [[known.target[index] for index in row] for row in torch.stack(rows, dim=1).tolist()]
    end = known.target[known.end]
    return ["".join(row[: row.index(end)] if end in row else row) for row in written]


def test_it_writes_what_the_package_writes_for_a_thousand_words(model: katakana.Katakana) -> None:
    import e2k

    package = e2k.C2K(model="turbo")
    assert len(WORDS) == 1000
    written = dict(zip(WORDS, greedy(model, WORDS), strict=True))
    assert {word: got for word, got in written.items() if got != package(word)} == {}
    assert len(set(written.values())) > 900


@pytest.mark.parametrize(("dtype", "gap"), [(torch.float32, 1e-6), (torch.float64, 1e-12)])
def test_its_attention_is_torchs_own_multihead_attention(dtype: torch.dtype, gap: float) -> None:
    model = katakana.load().to(dtype)
    with torch.inference_mode():
        source, lengths = encode(["weather", "tea"])
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
            np.testing.assert_allclose(step.look.weights, weights, rtol=0, atol=gap)
            np.testing.assert_allclose(step.inputs[1][:, 128:], own[:, 0], rtol=0, atol=gap)
            np.testing.assert_allclose(step.look.weights.sum(-1), 1, rtol=0, atol=gap)
            assert (step.look.weights[1, :, :, 5:] == 0).all()
            previous, state = step.scores.argmax(dim=-1), step.state


def test_its_weights_are_the_packages_and_it_is_the_callers_own(model: katakana.Katakana) -> None:
    assert sum(weight.numel() for weight in model.parameters()) == 570_968
    assert {weight.dtype for weight in model.parameters()} == {torch.float32}
    with torch.no_grad():
        katakana.load().fc.bias.fill_(7.0)
    assert (katakana.load().fc.bias != 7.0).all()


def test_upper_case_is_read_as_lower_case_and_long_words_are_words() -> None:
    assert katakana.letters(" McCarthy's tea ") == tuple("mccarthy's tea")
    assert len(katakana.letters("a" * 200)) == 200


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


def test_the_package_is_not_imported_by_using_its_weights() -> None:
    program = "import sys; from rnn_core.models import katakana; katakana.load(); sys.exit('e2k' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
