import hashlib
import shutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
import torch
from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from rnn_core import contrasts
from rnn_core.models import model_trace, registry
from rnn_core.models.model_trace import PRETRAINED, load_model_trace
from rnn_core.order import NETWORKS, READERS
from rnn_core.quantities import CELLS
from rnn_core.recurrent.trace import LayerTrace
from rnn_core.specs import BaselineSpec, ModelSpec, NetworkSpec
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training import shipped
from rnn_core.training.metrics import bigram_perplexity, score, unigram_perplexity
from rnn_core.training.shipped import REPEATED, SHIPPED, manifest, sentences
from rnn_core.training.spec import TrainSpec

RIGHT = {
    ("今日", "は", "天気", "が", "良い", "ね"): "そうだね!",
    ("犬", "が", "人", "を", "噛む"): None,
    ("人", "が", "犬", "を", "噛む"): None,
}
MANIFEST = manifest()


def test_the_weights_were_made_for_todays_vocabulary() -> None:
    assert MANIFEST["vocabulary"] == smalltalk.tokenizer().id, "the vocabulary has changed: run `make models`"


def test_every_file_is_listed_whole_and_small() -> None:
    names = {f"{spec.name}.safetensors" for spec in (*SHIPPED, *READERS)} | {"first-picture.safetensors"}
    files = {name: (PRETRAINED / name).read_bytes() for name in names}
    assert MANIFEST["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert max(map(len, files.values())) <= 2**20
    assert sum(map(len, files.values())) <= 2 * 2**20


@pytest.mark.parametrize("spec", SHIPPED + REPEATED, ids=lambda spec: spec.name)
def test_the_manifest_says_how_each_model_was_made(spec: ModelSpec) -> None:
    line = MANIFEST["models"][spec.name]
    assert ModelSpec(**line["spec"]) == spec
    assert TrainSpec(**line["train"]) == shipped.recipe(spec)
    assert len(MANIFEST["models"]) == len(SHIPPED) + len(REPEATED)


@pytest.mark.parametrize("spec", READERS, ids=lambda spec: spec.name)
def test_the_manifest_says_how_each_network_without_recurrence_was_made(spec: BaselineSpec) -> None:
    line = MANIFEST["readers"][spec.name]
    assert BaselineSpec(**line["spec"]) == spec
    assert TrainSpec(**line["train"]) == shipped.recipe(spec)
    assert set(MANIFEST["readers"]) == {spec.name for spec in READERS}
    assert set(MANIFEST["order"]) == {spec.name for spec in NETWORKS}
    score = MANIFEST["order"][spec.name]
    assert line["reply_accuracy"] == pytest.approx(score["right"] / score["readable"])


@pytest.mark.parametrize("spec", SHIPPED + READERS, ids=lambda spec: spec.name)
def test_each_shipped_model_loads_in_float32(spec: NetworkSpec) -> None:
    assert {weight.dtype for weight in registry.family_of(spec).load(spec).state_dict().values()} == {torch.float32}


def test_the_manifests_numbers_are_those_that_are_measured() -> None:
    learned, held_out = sentences()
    assert (MANIFEST["sentences"]["train"], MANIFEST["sentences"]["test"]) == (len(learned), len(held_out))
    words, outputs = len(smalltalk.vocabulary()), len(smalltalk.outputs())
    assert MANIFEST["baselines"]["unigram"] == pytest.approx(unigram_perplexity(learned, held_out, outputs))
    assert MANIFEST["baselines"]["bigram"] == pytest.approx(bigram_perplexity(learned, held_out, words, outputs))
    spec = ModelSpec(cell="gru", hidden=16)
    line, measured = MANIFEST["models"][spec.name], score(registry.family_of(spec).load(spec), held_out)
    assert line["reply_accuracy"] == pytest.approx(measured["reply_accuracy"], abs=1e-3)
    assert line["perplexity"] == pytest.approx(measured["perplexity"], rel=1e-4)


def test_what_is_held_out_is_not_learned() -> None:
    learned, held_out = ({tuple(row) for row in part.words.tolist()} for part in sentences())
    width = max(part.words.shape[1] for part in sentences())
    learned, held_out = ({(*row, *[0] * (width - len(row))) for row in part} for part in (learned, held_out))
    assert learned.isdisjoint(held_out)


@pytest.mark.parametrize("cell", ["lstm", "gru"])
def test_large_lstm_and_gru_answer_right_on_new_combinations(cell: str) -> None:
    names = [ModelSpec(cell=cell, hidden=64, seed=seed).name for seed in shipped.SEEDS]
    assert mean(MANIFEST["models"][name]["reply_accuracy"] for name in names) >= 0.95


@pytest.mark.parametrize("name", MANIFEST["models"])
def test_every_model_guesses_better_than_counting_pairs_of_words(name: str) -> None:
    baselines = MANIFEST["baselines"]
    assert MANIFEST["models"][name]["perplexity"] < baselines["bigram"] < baselines["unigram"]


@pytest.mark.parametrize("cell", CELLS)
def test_more_memory_answers_better(cell: str) -> None:
    accuracy = [MANIFEST["models"][ModelSpec(cell=cell, hidden=hidden).name]["reply_accuracy"] for hidden in (8, 64)]
    assert accuracy[0] < accuracy[1]


@pytest.mark.parametrize("spec", [spec for spec in SHIPPED if spec.hidden >= 16], ids=lambda spec: spec.name)
@pytest.mark.parametrize("words", RIGHT, ids="".join)
def test_the_sentences_of_the_first_view_are_answered_right(spec: ModelSpec, words: tuple[str, ...]) -> None:
    (reply,) = {example.reply for example in smalltalk.examples() if example.words == words}
    assert RIGHT[words] in (None, reply)
    assert registry.run(spec, words).reply.text == reply


def test_what_is_shipped_was_made_by_todays_recipe() -> None:
    assert shipped.up_to_date()


def test_another_recipe_vocabulary_or_a_lost_file_asks_for_new_weights(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module, name, value in (
        (shipped, "recipe", lambda _: TrainSpec(epochs=1, rate=0.5)),
        (shipped, "READERS", ()),
        (shipped, "REPEATED", ()),
        (shipped, "FIRST_PICTURE", tmp_path / "none"),
        (model_trace, "PRETRAINED", tmp_path),
        (smalltalk, "tokenizer", lambda: Tokenizer(Vocabulary(("another",)))),
    ):
        with monkeypatch.context() as patch:
            patch.setattr(module, name, value)
            assert not shipped.up_to_date()


class InProcess:
    """A pool that has no processes: what is replaced in this one holds for its work too."""

    def __init__(self, *_: object) -> None: ...

    def __enter__(self) -> "InProcess":
        return self

    def __exit__(self, *_: object) -> None: ...

    def map(self, work: Callable[[ModelSpec], object], jobs: Iterable[ModelSpec]) -> Iterator[object]:
        return map(work, jobs)


def test_building_writes_weights_picture_and_manifest(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    spec, repeated = ModelSpec(cell="lstm", hidden=16), ModelSpec(cell="rnn", hidden=8, seed=1)
    reader = BaselineSpec(kind="window", words=8, hidden=4)
    learned, held_out = (part.take(torch.arange(100)) for part in sentences())
    for module, name, value in (
        (shipped, "ProcessPoolExecutor", InProcess),
        (shipped, "SHIPPED", (spec,)),
        (shipped, "REPEATED", (repeated,)),
        (shipped, "READERS", (reader,)),
        (shipped, "NETWORKS", (reader, spec)),
        (shipped, "twins", lambda: torch.arange(100) < 10),
        (shipped.contrast, "find", lambda _: contrasts.forgotten()),
        (model_trace, "PRETRAINED", tmp_path),
        (shipped, "FIRST_PICTURE", tmp_path / "first-picture.safetensors"),
        (shipped, "sentences", lambda: (learned, held_out)),
        (shipped, "recipe", lambda spec: TrainSpec(epochs=1, rate=0.01, seed=spec.seed)),
    ):
        monkeypatch.setattr(module, name, value)
    lines = dict(shipped.build())
    assert list(lines) == [spec.name, repeated.name, reader.name]
    made = manifest()
    assert made["models"] | made["readers"] == lines
    assert list(made["readers"]) == [reader.name]
    assert set(made["order"]) == {reader.name, spec.name}
    assert made["order"][reader.name]["readable"] == int((held_out.lengths <= 8).sum())
    assert made["sentences"] == {"train": 100, "test": 100, "twins": 10}
    assert made["torch"] == torch.__version__
    assert shipped.up_to_date()
    files = sorted(path.name for path in tmp_path.iterdir())
    weights = [f"{spec.name}.safetensors", f"{reader.name}.safetensors"]
    assert files == ["first-picture.safetensors", "manifest.json", *weights]
    assert sorted(made["sha256"]) == [files[0], *weights]
    assert lines[spec.name]["reply_accuracy"] == score(registry.family_of(spec).load(spec), held_out)["reply_accuracy"]
    picture = load_model_trace(tmp_path / files[0])
    assert (picture.spec, "".join(token.text for token in picture.tokens)) == (spec, "今日は天気が良いね")


def test_the_first_picture_can_be_made_anew_without_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, picture = manifest(), tmp_path / "first-picture.safetensors"
    written: dict[str, shipped.Manifest] = {}
    monkeypatch.setattr(shipped.manifests, "write", written.__setitem__)
    shutil.copy(shipped.FIRST_PICTURE, picture)
    monkeypatch.setattr(shipped, "FIRST_PICTURE", picture)
    assert (shipped.redraw(), written) == (False, {})
    registry.run(ModelSpec(cell="lstm", hidden=8), ("今日",)).save(picture)
    assert shipped.redraw()
    (made,) = written.values()
    assert {**made, "sha256": {**made["sha256"], picture.name: before["sha256"][picture.name]}} == before
    assert not shipped.redraw()
    tensors = load_file(picture)  # as one that was stored before there was this quantity
    tensors.pop(next(name for name in tensors if name.endswith("kept")))
    with safe_open(picture, "np") as file:
        save_file(tensors, picture, file.metadata())
    assert shipped.redraw()
    stored = load_model_trace(picture)
    kept = {**stored.layer(), "kept": stored.layer()["kept"] + 1}
    other = replace(stored, layers=replace(stored.layers, layers=((LayerTrace("lstm", kept),),)))
    monkeypatch.setattr(shipped.registry, "run", lambda *_: other)
    assert shipped.redraw()
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert written[shipped.NAME]["sha256"][picture.name] == digest != before["sha256"][picture.name]
    assert not shipped.redraw()
