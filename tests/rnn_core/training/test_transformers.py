from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.models import model_trace, registry
from rnn_core.models.family import count_parameters
from rnn_core.models.model_trace import PRETRAINED
from rnn_core.specs import ModelSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training import shipped, transformers
from rnn_core.training.metrics import score
from rnn_core.training.spec import TrainSpec
from rnn_core.training.transformers import REPEATED, SHIPPED, manifest

if TYPE_CHECKING:
    from pathlib import Path

MANIFEST = manifest()
LARGE = [TransformerSpec(hidden=32, positions=placed, seed=seed) for placed in (True, False) for seed in shipped.SEEDS]


def test_the_weights_were_made_for_todays_vocabulary_and_recipe() -> None:
    assert MANIFEST["vocabulary"] == smalltalk.tokenizer().id, "the vocabulary has changed: run `make models`"
    assert transformers.up_to_date()


def test_every_file_is_listed_whole_and_small() -> None:
    files = {path.name: path.read_bytes() for path in (PRETRAINED / f"{spec.name}.safetensors" for spec in SHIPPED)}
    assert MANIFEST["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert max(map(len, files.values())) <= 2**20
    assert sum(map(len, files.values())) <= 0.5 * 2**20


@pytest.mark.parametrize("spec", SHIPPED + REPEATED, ids=lambda spec: spec.name)
def test_the_manifest_says_how_each_model_was_made(spec: TransformerSpec) -> None:
    line = MANIFEST["models"][spec.name]
    assert TransformerSpec(**line["spec"]) == spec
    assert TrainSpec(**line["train"]) == shipped.recipe(spec)
    assert len(MANIFEST["models"]) == len(SHIPPED) + len(REPEATED)


@pytest.mark.parametrize("spec", LARGE, ids=lambda spec: spec.name)
def test_each_seed_answers_right_on_new_combinations(spec: TransformerSpec) -> None:
    assert MANIFEST["models"][spec.name]["reply_accuracy"] >= 0.95


@pytest.mark.parametrize("spec", SHIPPED[2:], ids=lambda spec: spec.name)
def test_the_manifests_numbers_are_those_that_are_measured(spec: TransformerSpec) -> None:
    held_out = shipped.sentences()[1].take(torch.arange(0, 1700, 2))
    found = score(registry.family_of(spec).load(spec), held_out)
    assert found["reply_accuracy"] == pytest.approx(MANIFEST["models"][spec.name]["reply_accuracy"], abs=0.01)
    assert found["perplexity"] == pytest.approx(MANIFEST["models"][spec.name]["perplexity"], rel=0.05)


def test_the_shares_of_a_size_are_those_of_its_seeds() -> None:
    lines = MANIFEST["models"]
    for positions, three in ((True, LARGE[:3]), (False, LARGE[3:])):
        of = transformers.baselines().sentences
        shares = [lines[spec.name]["reply_accuracy"] for spec in three]
        assert [right / of for right in transformers.correct(32, positions=positions)] == pytest.approx(
            shares, abs=1e-9
        )
        small = TransformerSpec(hidden=16, positions=positions)
        (right,) = transformers.correct(16, positions=positions)
        assert right / of == pytest.approx(lines[small.name]["reply_accuracy"], abs=1e-9)


def test_the_baselines_are_counted_on_the_held_out_sentences() -> None:
    parts, found = smalltalk.split(), transformers.baselines()
    assert found.sentences == len(parts.test)
    shares = {
        reply: sum(one.reply == reply for one in parts.test) / len(parts.test)
        for reply in {one.reply for one in parts.train}
    }
    frequent = max(shares, key=lambda reply: sum(one.reply == reply for one in parts.train))
    assert found.majority == shares[frequent]
    assert found.chance == 1 / len(shares)


def test_it_learns_about_as_many_numbers_as_the_lstm_that_it_is_compared_with() -> None:
    ours, lstm = (
        count_parameters(registry.family_of(spec).load(spec)) for spec in (LARGE[0], ModelSpec(cell="lstm", hidden=64))
    )
    assert ours == pytest.approx(lstm, rel=0.02)


def test_another_recipe_or_vocabulary_or_a_lost_file_asks_for_new_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (shipped, "recipe", lambda _: TrainSpec(epochs=1, rate=0.5)),
        (transformers, "REPEATED", ()),
        (model_trace, "PRETRAINED", tmp_path),
        (smalltalk, "tokenizer", lambda: Tokenizer(Vocabulary(("another",)))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            assert not transformers.up_to_date()


def test_building_writes_weights_and_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, repeated = TransformerSpec(hidden=16), TransformerSpec(hidden=16, seed=1)
    learned, held_out = (part.take(torch.arange(100)) for part in shipped.sentences())
    for module, name, value in (
        (transformers, "SHIPPED", (spec,)),
        (transformers, "REPEATED", (repeated,)),
        (model_trace, "PRETRAINED", tmp_path),
        (shipped, "sentences", lambda: (learned, held_out)),
        (shipped, "recipe", lambda spec: TrainSpec(epochs=1, rate=0.01, seed=spec.seed)),
    ):
        monkeypatch.setattr(module, name, value)
    lines = dict(transformers.build())
    assert list(lines) == [spec.name, repeated.name]
    assert transformers.manifest()["models"] == lines
    assert [path.name for path in tmp_path.glob("*.safetensors")] == [f"{spec.name}.safetensors"]
    assert transformers.up_to_date()
