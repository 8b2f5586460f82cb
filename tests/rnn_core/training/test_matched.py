from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core import lineup
from rnn_core.models import model_trace, registry
from rnn_core.models.family import count_parameters
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.specs import ModelSpec, ResponderSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training import matched, responders, shipped
from rnn_core.training.accuracy import find_accuracy
from rnn_core.training.matched import COMPARED, SHIPPED, manifest
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = manifest()


def test_the_weights_were_made_for_todays_vocabulary_and_recipe() -> None:
    assert MANIFEST["vocabulary"] == smalltalk.tokenizer().id, "the vocabulary has changed: run `make models`"
    assert matched.up_to_date()


def test_every_file_is_listed_whole_and_small() -> None:
    files = {path.name: path.read_bytes() for path in (PRETRAINED / f"{spec.name}.safetensors" for spec in SHIPPED)}
    assert MANIFEST["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert max(map(len, files.values())) <= 2**20


def test_no_file_belongs_to_no_manifest_or_to_two() -> None:
    manifests = (json.loads(path.read_text(encoding="utf-8")) for path in PRETRAINED.glob("*.json"))
    listed = [name for one in manifests for name in one.get("sha256", ()) if name.startswith("smalltalk-")]
    assert sorted(listed) == sorted(path.name for path in PRETRAINED.glob("smalltalk-*.safetensors"))


def test_whatever_can_be_compared_is_there_and_was_counted() -> None:
    for spec in COMPARED:
        assert registry.family_of(spec).load(spec) is not None
        assert find_accuracy(spec) is not None


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_manifest_says_how_each_was_made_and_what_it_is_worth(spec: lineup.Compared) -> None:
    line = MANIFEST["models"][spec.name]
    assert TrainSpec(**line["train"]) == matched.recipe(spec)
    model, examples = registry.family_of(spec).load(spec), smalltalk.split().test[:200]
    assert line["parameters"] == count_parameters(model)
    right = sum(registry.run(spec, example.words).reply.text == example.reply for example in examples)
    assert right / 200 == pytest.approx(line["reply_accuracy"], abs=0.1)


def test_another_recipe_or_vocabulary_or_a_lost_file_asks_for_new_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (shipped, "recipe", lambda _: TrainSpec(epochs=1, rate=0.5)),
        (matched, "SHIPPED", SHIPPED[:1]),
        (model_trace, "PRETRAINED", tmp_path),
        (smalltalk, "tokenizer", lambda: Tokenizer(Vocabulary(("another",)))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            assert not matched.up_to_date()


def test_building_writes_weights_and_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    specs = (ModelSpec(cell="rnn", hidden=5), ResponderSpec(kind="attentive", hidden=5))
    parts = tuple(part.take(torch.arange(100)) for part in shipped.sentences())
    for module, name, value in (
        (matched, "SHIPPED", specs),
        (model_trace, "PRETRAINED", tmp_path),
        (shipped, "sentences", lambda: parts),
        (responders, "sentences", lambda: parts),
        (shipped, "recipe", lambda spec: TrainSpec(epochs=1, rate=0.01, seed=spec.seed)),
        (responders, "recipe", lambda spec: TrainSpec(epochs=1, rate=0.01, seed=spec.seed)),
    ):
        monkeypatch.setattr(module, name, value)
    lines = dict(matched.build())
    assert list(lines) == [spec.name for spec in specs]
    assert matched.manifest()["models"] == lines
    assert matched.up_to_date()
