from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.models import model_trace, registry
from rnn_core.models.family import count_parameters
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.specs import ResponderSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training import responders, shipped
from rnn_core.training.responders import SHIPPED, manifest
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = manifest()


def test_the_weights_were_made_for_todays_vocabulary_and_recipe() -> None:
    assert MANIFEST["vocabulary"] == smalltalk.tokenizer().id, "the vocabulary has changed: run `make models`"
    assert responders.up_to_date()


def test_every_file_is_listed_whole_and_small() -> None:
    files = {path.name: path.read_bytes() for path in (PRETRAINED / f"{spec.name}.safetensors" for spec in SHIPPED)}
    assert MANIFEST["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert max(map(len, files.values())) <= 200_000


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_the_manifest_says_how_each_was_made_and_what_it_is_worth(spec: ResponderSpec) -> None:
    line = MANIFEST["models"][spec.name]
    assert ResponderSpec(**line["spec"]) == spec
    assert TrainSpec(**line["train"]) == responders.recipe(spec)
    model, examples = registry.RESPONDERS.load(spec), smalltalk.split().test
    assert line["parameters"] == count_parameters(model)
    assert line["sentences"] == len(examples)
    assert line["reply_accuracy"] == line["right"] / line["sentences"]
    right = sum(registry.run(spec, example.words).reply.text == example.reply for example in examples[:200])
    counted = responders.entry(spec, model)
    assert counted["right"] == pytest.approx(line["right"], abs=2)
    assert right / 200 == pytest.approx(line["reply_accuracy"], abs=0.1)


@pytest.mark.parametrize("spec", [spec for spec in SHIPPED if spec.units >= 16], ids=lambda spec: spec.name)
def test_new_combinations_are_answered_right(spec: ResponderSpec) -> None:
    assert MANIFEST["models"][spec.name]["reply_accuracy"] >= 0.95


def test_another_recipe_or_vocabulary_or_a_lost_file_asks_for_new_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (responders, "recipe", lambda _: TrainSpec(epochs=1, rate=0.5)),
        (responders, "SHIPPED", SHIPPED[:1]),
        (model_trace, "PRETRAINED", tmp_path),
        (smalltalk, "tokenizer", lambda: Tokenizer(Vocabulary(("another",)))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            assert not responders.up_to_date()


def test_building_writes_weights_and_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    specs = tuple(ResponderSpec(kind=kind, hidden=8) for kind in ("bidirectional", "attentive"))
    learned, held_out = (part.take(torch.arange(100)) for part in shipped.sentences())
    for module, name, value in (
        (responders, "SHIPPED", specs),
        (model_trace, "PRETRAINED", tmp_path),
        (responders, "sentences", lambda: (learned, held_out)),
        (responders, "recipe", lambda spec: TrainSpec(epochs=1, rate=0.01, seed=spec.seed)),
    ):
        monkeypatch.setattr(module, name, value)
    lines = dict(responders.build())
    assert list(lines) == [spec.name for spec in specs]
    assert responders.manifest()["models"] == lines
    assert responders.up_to_date()
    anew = responders.train(specs[0]).state_dict()
    assert all(
        torch.equal(anew[name], weight) for name, weight in registry.RESPONDERS.load(specs[0]).state_dict().items()
    )
