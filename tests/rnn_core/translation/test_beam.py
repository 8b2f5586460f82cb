"""Beam search: 1 is greedy, wide enough is exhaustive, and the tree adds up."""

from __future__ import annotations

import itertools
import math

import numpy as np
import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.specs import TranslatorSpec
from rnn_core.translation import beam as search
from rnn_core.translation import registry
from rnn_core.translation.beam import WIDEST, beam_search
from rnn_core.translation.decoding import translate
from rnn_core.translation.encoder_decoder import Translator
from rnn_core.translation.registry import Vocabularies

SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)
SPECS = [
    TranslatorSpec(task="phrases", attention=a, hidden=8, weights="fresh", seed=4) for a in ("none", "additive", "dot")
]
CASES = [*((spec, SENTENCE) for spec in SPECS), (KATAKANA, tuple("weather")), (KATAKANA, tuple("streamlit"))]
TINY, LONG = 6, 4  # target tokens and steps of the exhaustive search


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=str)
def test_a_beam_of_1_is_greedy(spec: TranslatorSpec, tokens: tuple[str, ...]) -> None:
    greedy, found = translate(spec, tokens, length=12), beam_search(spec, tokens, 1, length=12)
    assert tuple(node.index for node in found.nodes) == greedy.chosen
    np.testing.assert_allclose([node.probability for node in found.nodes], greedy.distribution.max(axis=1), rtol=1e-5)
    assert found.tokens == greedy.source.tokens


def tiny(seed: int, monkeypatch: pytest.MonkeyPatch) -> Translator:
    """A network with six target tokens, sharp enough that outputs differ much in their probability."""
    torch.manual_seed(seed)
    model = Translator(SPECS[1], 10, TINY).requires_grad_(False)
    for weight in model.parameters():
        weight.mul_(3.0)
    known = Vocabularies(tuple("abcdefghij"), ("<pad>", "<unk>", "<begin>", "<end>", "x", "y"), 2, 3)
    monkeypatch.setattr(search, "vocabularies", lambda _spec: known)
    monkeypatch.setattr(search, "memoized", lambda _spec: model)
    monkeypatch.setattr(search, "read_tokens", lambda _spec, _tokens: ((), (4, 5, 6)))
    return model


def exhaustive(model: Translator) -> tuple[tuple[int, ...], float]:
    """The likeliest of all whole outputs of at most `LONG` tokens, each scored on its own."""
    best = ((), -math.inf)
    for length in range(1, LONG + 1):
        for words in itertools.product([0, 1, 2, 4, 5], repeat=length - 1):
            target = (*words, 3)
            scores = model(torch.tensor([[4, 5, 6]]), torch.tensor([3]), torch.tensor([[2, *target[:-1]]]))[0]
            logs = scores.double().log_softmax(dim=-1)
            total = float(sum(logs[t, token] for t, token in enumerate(target)))
            best = max(best, (target, total), key=lambda pair: pair[1])
    return best


@pytest.mark.parametrize(("seed", "tokens"), [(1, 1), (6, 2), (7, 3), (19, 4)])
def test_a_wide_enough_beam_is_exhaustive_search(seed: int, tokens: int, monkeypatch: pytest.MonkeyPatch) -> None:
    best, total = exhaustive(tiny(seed, monkeypatch))
    assert len(best) == tokens
    monkeypatch.setattr(search, "WIDEST", TINY**LONG)
    found = beam_search(SPECS[1], ("x",), TINY**LONG, length=LONG)
    assert tuple(found.nodes[at].index for at in found.path(found.best)) == best
    assert found.nodes[found.best].log_probability == pytest.approx(total, abs=1e-5)


def test_greedy_can_miss_the_likeliest_output(monkeypatch: pytest.MonkeyPatch) -> None:
    _, total = exhaustive(tiny(1, monkeypatch))
    narrow, wide = (beam_search(SPECS[1], ("x",), width, length=LONG) for width in (1, 3))
    assert narrow.nodes[narrow.best].ends
    assert narrow.nodes[narrow.best].log_probability < total - 0.1
    assert wide.nodes[wide.best].log_probability == pytest.approx(total, abs=1e-5)


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=str)
@pytest.mark.parametrize("width", [2, 5])
def test_the_tree_adds_up(spec: TranslatorSpec, tokens: tuple[str, ...], width: int) -> None:
    found = beam_search(spec, tokens, width, length=7)
    for place, node in enumerate(found.nodes):
        before = 0.0
        if node.parent is not None:
            parent = found.nodes[node.parent]
            assert node.parent < place
            assert parent.step == node.step - 1
            assert parent.in_beam
            assert not parent.ends
            before = parent.log_probability
        assert (node.parent is None) == (node.step == 0)
        assert node.log_probability == pytest.approx(before + math.log(node.probability), abs=1e-9)
    for _, column in itertools.groupby(found.nodes, key=lambda node: node.step):
        step = sorted(column, key=lambda node: -node.log_probability)
        assert [node.in_beam for node in step] == [place < width for place in range(len(step))]
    path = found.path(found.best)
    assert [found.nodes[at].step for at in path] == list(range(len(path)))
    ended = [node.log_probability for node in found.nodes if node.ends and node.in_beam]
    assert not ended or found.nodes[found.best].log_probability == max(ended)


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=str)
def test_every_number_is_that_of_the_output_alone(spec: TranslatorSpec, tokens: tuple[str, ...]) -> None:
    """The batch over the beam, against teacher forcing one by one, in float64."""
    found = beam_search(spec, tokens, 4, length=5)
    model, known = registry.family_of(spec).load(spec).double(), registry.vocabularies(spec)
    ids = torch.tensor([registry.read_tokens(spec, tokens)[1]])
    with torch.inference_mode():
        memory = model.encode(ids, torch.tensor([ids.shape[1]]))
        for place, node in enumerate(found.nodes):
            target = [found.nodes[at].index for at in found.path(place)]
            logs = model.follow(memory, torch.tensor([[known.begin, *target[:-1]]]))[0].log_softmax(dim=-1)
            assert node.log_probability == pytest.approx(
                sum(logs[t, token].item() for t, token in enumerate(target)), abs=1e-4
            )
            assert known.target[node.index] == node.token


def test_nothing_goes_on_that_could_not_become_likelier_than_a_whole_output() -> None:
    found = beam_search(KATAKANA, tuple("streamlit"), 5)
    parents = [found.nodes[node.parent] for node in found.nodes if node.parent is not None]
    for parent in parents:
        ended = [
            node.log_probability for node in found.nodes if node.in_beam and node.ends and node.step <= parent.step
        ]
        assert parent.log_probability > max(ended, default=-math.inf)
    assert found.nodes[-1].step < 15


def test_what_is_written_leaves_out_the_end() -> None:
    found = beam_search(KATAKANA, tuple("tea"), 3)
    assert "".join(found.written()) == "ティー"
    assert found.nodes[found.best].ends
    with pytest.raises(KiokuError, match="node"):
        found.path(len(found.nodes))


@pytest.mark.parametrize("width", [0, -1, WIDEST + 1, 2.5, "3", True, None])
def test_a_width_that_is_none_is_refused(width: object) -> None:
    with pytest.raises(KiokuError) as caught:
        beam_search(KATAKANA, tuple("tea"), width)
    assert caught.value.code == "beam_width"
    assert str(WIDEST) in caught.value.text("ja")


def test_an_empty_source_is_refused() -> None:
    with pytest.raises(KiokuError, match="one or more words"):
        beam_search(SPECS[0], (), 2)
