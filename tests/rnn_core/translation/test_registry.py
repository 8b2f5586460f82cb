"""Encoder-decoders by their spec: their weights, stored in half precision, and what their numbers stand for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import torch
from safetensors.torch import load as from_bytes
from safetensors.torch import load_file, save_file

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace, weights
from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.text.symbols import BEGIN, END, SPECIALS, UNKNOWN_ID
from rnn_core.translation import registry

if TYPE_CHECKING:
    from pathlib import Path

SPEC = TranslatorSpec(task="phrases", attention="additive", hidden=6)
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)


@pytest.fixture
def stored(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of weights of its own, with those of `SPEC` in it."""
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    registry.TRANSLATORS.save(registry.TRANSLATORS.fresh(SPEC), SPEC, weights.path_of(SPEC.name))
    return weights.path_of(SPEC.name)


def test_weights_are_stored_in_half_and_computed_with_in_float32(stored: Path) -> None:
    model, fresh = registry.TRANSLATORS.load(SPEC), registry.TRANSLATORS.fresh(SPEC).state_dict()
    for name, weight in load_file(stored).items():
        assert weight.dtype == torch.float16
        assert torch.equal(weight, fresh[name].half())
        assert torch.equal(model.state_dict()[name], weight.float())
    assert from_bytes(registry.TRANSLATORS.weights_bytes(SPEC)).keys() == fresh.keys()
    again = stored.with_name("again")
    registry.TRANSLATORS.save(registry.TRANSLATORS.fresh(SPEC), SPEC, again)
    assert again.read_bytes() == stored.read_bytes()


@pytest.mark.parametrize(
    ("harm", "code"),
    [
        (lambda path: path.unlink(), "weights_missing"),
        (lambda path: path.write_bytes(path.read_bytes()[:-9]), "weights_damaged"),
        (lambda path: save_file(load_file(path), path), "weights_outdated"),
        (
            lambda path: registry.TRANSLATORS.save(
                registry.TRANSLATORS.fresh(SPEC), SPEC.model_copy(update={"seed": 1}), path
            ),
            "weights_outdated",
        ),
        (
            lambda path: registry.TRANSLATORS.save(
                registry.TRANSLATORS.fresh(SPEC.model_copy(update={"hidden": 8})), SPEC, path
            ),
            "weights_sizes",
        ),
    ],
)
def test_what_is_not_its_file_is_refused_with_the_remedy(stored: Path, harm, code: str) -> None:
    harm(stored)
    with pytest.raises(KiokuError) as caught:
        registry.TRANSLATORS.load(SPEC)
    assert caught.value.code == code
    assert all("`make models`" in caught.value.text(lang) for lang in ("ja", "en"))


def test_what_is_kept_follows_the_file(stored: Path) -> None:
    with torch.inference_mode():
        kept = registry.memoized(SPEC)
    assert not any(weight.is_inference() for weight in kept.parameters())
    assert registry.memoized(SPEC) is kept
    assert not any(weight.requires_grad for weight in kept.parameters())
    other = registry.TRANSLATORS.fresh(SPEC.model_copy(update={"seed": 1}))
    registry.TRANSLATORS.save(other, SPEC, stored)
    assert registry.memoized(SPEC) is not kept


def test_a_fresh_model_is_drawn_from_its_seed_and_leaves_the_global_chance_alone() -> None:
    before = torch.get_rng_state()
    one, again = (
        registry.TRANSLATORS.fresh(SPEC),
        registry.TRANSLATORS.load(SPEC.model_copy(update={"weights": "fresh"})),
    )
    assert torch.equal(before, torch.get_rng_state())
    assert all(torch.equal(weight, again.state_dict()[name]) for name, weight in one.state_dict().items())


@pytest.mark.parametrize("task", TRANSLATIONS)
def test_the_two_sides_are_the_tasks(task: str) -> None:
    spec = TranslatorSpec(task=task, attention="dot", hidden=4)
    known = registry.vocabularies(spec)
    assert known.source[:4] == known.target[:4] == SPECIALS
    assert (known.begin, known.end) == (BEGIN, END)
    words = (known.source[-1], "未知語🙂", known.source[4])
    tokens, ids = registry.read_tokens(spec, words)
    assert [known.source[index] for index in ids] == [words[0], SPECIALS[UNKNOWN_ID], words[2]]
    assert [(token.text, token.known) for token in tokens] == [(words[0], True), (words[1], False), (words[2], True)]
    assert len(registry.tokenizer(spec).id) == 64


def test_a_word_for_katakana_is_read_between_its_marks() -> None:
    tokens, ids = registry.read_tokens(KATAKANA, ("T", "e", "a"))
    assert [token.text for token in tokens] == ["<sos>", "t", "e", "a", "<eos>"]
    assert [registry.vocabularies(KATAKANA).source[index] for index in ids] == [token.text for token in tokens]


@pytest.mark.parametrize("wrong", [(), [], "今日は", ["今日", ""], ["今日", 3]])
def test_what_is_no_list_of_tokens_is_refused(wrong: object) -> None:
    for spec in (SPEC, KATAKANA):
        with pytest.raises(KiokuError) as caught:
            registry.read_tokens(spec, wrong)
        assert caught.value.code == "not_words"


@pytest.mark.parametrize(
    ("spec", "typed", "tokens"),
    [
        (SPEC, "今日は天気が良いね。", ("今日", "は", "天気", "が", "良い", "ね")),
        (TranslatorSpec(task="names", attention="dot", hidden=4), "はなこ", ("は", "な", "こ")),
        (KATAKANA, "Tea", ("t", "e", "a")),
    ],
)
def test_what_is_typed_is_read_as_the_task_reads_it(spec: TranslatorSpec, typed: str, tokens: tuple[str, ...]) -> None:
    assert registry.tokens(spec, typed) == tokens


def test_what_is_written_is_put_together_as_the_task_writes_it() -> None:
    assert registry.text(KATAKANA, ("テ", "ィ", "ー")) == "ティー"
    assert registry.text(TranslatorSpec(task="names", attention="dot", hidden=4), ("h", "a")) == "ha"
