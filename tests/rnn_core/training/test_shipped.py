from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest
import torch

from rnn_core import contrasts
from rnn_core.errors import KiokuError
from rnn_core.models import model_trace, registry
from rnn_core.models.model_trace import load_model_trace
from rnn_core.order import NETWORKS, READERS
from rnn_core.quantities import CELLS
from rnn_core.specs import BaselineSpec, ModelSpec, NetworkSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import first_picture, shipped
from rnn_core.training import task as rows
from rnn_core.training.metrics import bigram_perplexity, score, unigram_perplexity
from rnn_core.training.shipped import sentences
from rnn_core.training.spec import TrainSpec
from rnn_core.training.tasks import SMALLTALK

RIGHT = {
    ("今日", "は", "天気", "が", "良い", "ね"): "そうだね!",
    ("犬", "が", "人", "を", "噛む"): None,
    ("人", "が", "犬", "を", "噛む"): None,
}
MANIFEST = SMALLTALK.manifest()
SHIPPED = tuple(spec for spec in SMALLTALK.kept if isinstance(spec, ModelSpec))


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
        (rows, "ProcessPoolExecutor", InProcess),
        (shipped, "NETWORKS", (reader, spec)),
        (shipped, "twins", lambda: torch.arange(100) < 10),
        (shipped.contrast, "find", lambda _: contrasts.forgotten()),
        (model_trace, "PRETRAINED", tmp_path),
        (shipped, "sentences", lambda: (learned, held_out)),
    ):
        monkeypatch.setattr(module, name, value)
    task = replace(
        SMALLTALK,
        kept=(spec, reader),
        measured=(repeated,),
        apart={"readers": (reader,)},
        drawn={tmp_path / "first-picture.safetensors": first_picture.draw},
        recipe=lambda spec: TrainSpec(epochs=1, rate=0.01, seed=spec.seed),
    )
    lines = dict(task.build())
    assert list(lines) == [spec.name, repeated.name, reader.name]
    made = task.manifest()
    assert made["models"] | made["readers"] == lines
    assert list(made["readers"]) == [reader.name]
    assert set(made["order"]) == {reader.name, spec.name}
    assert made["order"][reader.name]["readable"] == int((held_out.lengths <= 8).sum())
    assert made["sentences"] == {"train": 100, "test": 100, "twins": 10}
    assert made["torch"] == torch.__version__
    assert task.up_to_date()
    files = sorted(path.name for path in tmp_path.iterdir())
    weights = [f"{spec.name}.safetensors", f"{reader.name}.safetensors"]
    assert files == ["first-picture.safetensors", "manifest.json", *weights]
    assert sorted(made["sha256"]) == [files[0], *weights]
    assert lines[spec.name]["reply_accuracy"] == score(registry.family_of(spec).load(spec), held_out)["reply_accuracy"]
    picture = load_model_trace(tmp_path / files[0])
    assert (picture.spec, "".join(token.text for token in picture.tokens)) == (spec, "今日は天気が良いね")


def test_a_manifest_in_which_a_compared_network_is_not_counted_is_damaged(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shipped, "NETWORKS", (*NETWORKS, ModelSpec(cell="lstm", hidden=63)))
    with pytest.raises(KiokuError, match=r"manifest\.json is damaged"):
        SMALLTALK.manifest()
