"""What all kinds of networks have in common: made, stored, kept and counted in one way."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import pytest
import torch
from safetensors.torch import load_file, save_file
from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace, registry
from rnn_core.models import weights as files
from rnn_core.models.family import count_parameters
from rnn_core.models.model_trace import META
from rnn_core.models.sentiment import CLASSIFIERS
from rnn_core.specs import BaselineSpec, ModelSpec, ResponderSpec, TransformerSpec, TranslatorSpec
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import SentimentSpec
from rnn_core.translation.registry import TRANSLATORS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from rnn_core.models.family import Family

ROWS = (
    (registry.RECURRENT, ModelSpec(cell="gru", hidden=4)),
    (registry.BASELINES, BaselineSpec(kind="bag", hidden=4)),
    (registry.TRANSFORMERS, TransformerSpec(hidden=4, heads=2)),
    (registry.RESPONDERS, ResponderSpec(kind="attentive", hidden=4)),
    (CLASSIFIERS, SentimentSpec(asked="word", directions=2)),
    (TRANSLATORS, TranslatorSpec(task="names", attention="dot", hidden=4)),
)
each_kind = pytest.mark.parametrize(("family", "spec"), ROWS, ids=lambda one: getattr(one, "name", ""))


@each_kind
def test_what_was_saved_is_loaded_in_the_type_it_is_stored_in(
    family: Family, spec: ModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    made = family.fresh(spec)
    family.save(made, spec, tmp_path / f"{spec.name}.safetensors")
    loaded = family.load(spec)
    assert not loaded.training
    for name, weight in made.state_dict().items():
        found = loaded.state_dict()[name]
        assert found.dtype == torch.float32
        assert torch.equal(found, weight.to(family.stored).float()), name


@each_kind
def test_one_is_kept_for_all_until_its_file_is_written_anew(
    family: Family, spec: ModelSpec, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    path = tmp_path / f"{spec.name}.safetensors"
    family.save(family.fresh(spec), spec, path)
    with torch.inference_mode():
        kept = family.memoized(spec)
    assert kept is family.memoized(spec)
    assert not any(weight.requires_grad or weight.is_inference() for weight in kept.parameters())
    assert family.load(spec) is not kept
    family.save(family.fresh(spec.model_copy(update={"seed": 1})), spec, path)
    assert family.memoized(spec) is not kept


@each_kind
def test_another_vocabulary_is_another_id(family: Family, spec: ModelSpec) -> None:
    made_for = family.made_for(spec)
    assert made_for["spec"] == spec.canonical
    assert len(made_for["vocabulary"]) == 64


def test_parameters_are_counted_without_the_parts_that_hang_on_the_vocabulary() -> None:
    model = nn.ModuleDict({"embedding": nn.Embedding(5, 2), "recurrent": nn.RNN(2, 3), "readout": nn.Linear(3, 5)})
    assert count_parameters(model) == 3 * 2 + 3 * 3 + 2 * 3
    assert count_parameters(model, ()) == count_parameters(model) + 10 + 20


SENTENCE = ("今日", "は", "天気", "が", "良い", "ね")
SPEC = ModelSpec(cell="lstm", hidden=8)


@pytest.fixture
def weights(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of weights of its own, with those of `SPEC` in it."""
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    path = tmp_path / f"{SPEC.name}.safetensors"
    registry.RECURRENT.save(registry.family_of(SPEC).fresh(SPEC), SPEC, path)
    return path


def test_saved_weights_come_back_and_equal_ones_have_equal_bytes(weights: Path, tmp_path: Path) -> None:
    for name, weight in registry.family_of(SPEC).load(SPEC).state_dict().items():
        assert torch.equal(weight, registry.family_of(SPEC).fresh(SPEC).state_dict()[name])
    for _ in range(5):
        registry.RECURRENT.save(registry.family_of(SPEC).fresh(SPEC), SPEC, tmp_path / "again.safetensors")
        assert (tmp_path / "again.safetensors").read_bytes() == weights.read_bytes()


def test_a_run_reads_its_weights_once_and_anew_when_they_change(weights: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    one = registry.run(SPEC, ["今日", "は"]).distribution
    reads = []
    monkeypatch.setattr(files, "read", lambda *args: reads.append(args))
    np.testing.assert_array_equal(registry.run(SPEC, ["今日", "は"]).distribution, one)
    assert reads == []
    monkeypatch.undo()
    monkeypatch.setattr(model_trace, "PRETRAINED", weights.parent)
    other = registry.RECURRENT.fresh(SPEC.model_copy(update={"seed": 1}))
    registry.RECURRENT.save(other, SPEC, weights)
    assert (registry.run(SPEC, ["今日", "は"]).distribution != one).any()


def test_each_load_is_the_callers_own(weights: Path) -> None:
    with torch.no_grad():
        registry.family_of(SPEC).load(SPEC).readout.bias.fill_(7.0)
    assert (registry.family_of(SPEC).load(SPEC).readout.bias != 7.0).all()


def rewrite(path: Path, change: Callable[[dict[str, torch.Tensor]], None], **meta: str) -> None:
    tensors = load_file(path)
    change(tensors)
    told = {"spec": SPEC.canonical, "vocabulary": smalltalk.tokenizer().id} | meta
    save_file(tensors, path, {META: json.dumps(told)})


def spoil(path: Path, name: str, value: float) -> None:
    rewrite(path, lambda tensors: tensors[name][0, 0].fill_(value))


DAMAGES: dict[str, tuple[str, Callable[[Path], object]]] = {
    "absent": ("weights_missing", lambda path: path.unlink()),
    "a folder": ("weights_missing", lambda path: (path.unlink(), path.mkdir())),
    "empty": ("weights_damaged", lambda path: path.write_bytes(b"")),
    "cut off": ("weights_damaged", lambda path: path.write_bytes(path.read_bytes()[:-100])),
    "another format": ("weights_damaged", lambda path: path.write_bytes(b"PK\x03\x04" + bytes(200))),
    "no metadata": ("weights_outdated", lambda path: save_file(load_file(path), path)),
    "other metadata": ("weights_damaged", lambda path: save_file(load_file(path), path, {META: "no json"})),
    "another spec": ("weights_outdated", lambda path: rewrite(path, lambda _: None, spec="{}")),
    "another vocabulary": ("weights_outdated", lambda path: rewrite(path, lambda _: None, vocabulary="0")),
    "one tensor less": ("weights_sizes", lambda path: rewrite(path, lambda t: t.pop("readout.bias"))),
    "one tensor more": ("weights_sizes", lambda path: rewrite(path, lambda t: t.update(extra=torch.zeros(2)))),
    "another size": ("weights_sizes", lambda path: rewrite(path, lambda t: t.update({"readout.bias": torch.ones(3)}))),
    "another kind": (
        "weights_sizes",
        lambda path: rewrite(path, lambda t: t.update({"readout.bias": t["readout.bias"].half()})),
    ),
    "nan": ("weights_values", lambda path: spoil(path, "recurrent.weight_hh_l0", float("nan"))),
    "inf": ("weights_values", lambda path: spoil(path, "embedding.weight", float("inf"))),
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_damaged_weights_are_refused_with_the_remedy_in_both_languages(weights: Path, damage: str) -> None:
    code, harm = DAMAGES[damage]
    harm(weights)
    with pytest.raises(KiokuError) as caught:
        registry.family_of(SPEC).load(SPEC)
    assert caught.value.code == code
    for lang in ("ja", "en"):
        assert "`make models`" in caught.value.text(lang)
        assert SPEC.name in caught.value.text(lang)


def test_what_was_never_trained_is_said_to_be_missing() -> None:
    with pytest.raises(KiokuError) as caught:
        registry.run(ModelSpec(cell="gru", hidden=9), SENTENCE)
    assert caught.value.code == "weights_missing"
    assert "rnn_core/pretrained/smalltalk-gru-9-seed0.safetensors" in str(caught.value)
