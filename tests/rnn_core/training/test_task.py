"""Any row of the table: what it makes, when that has to be made anew, and how it goes on after it was broken off."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, get_type_hints

import pytest
import torch
from typing_extensions import TypedDict

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace, registry
from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.tasks import language, smalltalk
from rnn_core.tasks.written import CORPORA
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary
from rnn_core.training import manifests, shipped
from rnn_core.training import task as rows
from rnn_core.training.spec import TrainSpec
from rnn_core.training.task import Task
from rnn_core.training.tasks import MATCHED, RESPONDERS, TASKS, TRANSFORMERS
from tests.rnn_core.training.test_shipped import InProcess

if TYPE_CHECKING:
    from pathlib import Path

Row = Task[Any, Any, Any]
SMALL: dict[str, Row] = {
    "transformers": replace(
        TRANSFORMERS, kept=(TransformerSpec(hidden=16),), measured=(TransformerSpec(hidden=16, seed=1),)
    ),
    "responders": replace(
        RESPONDERS, kept=tuple(ResponderSpec(kind=kind, hidden=8) for kind in ("bidirectional", "attentive"))
    ),
    "matched": replace(MATCHED, kept=(ModelSpec(cell="rnn", hidden=5), ResponderSpec(kind="attentive", hidden=5))),
}


def brief(spec: Any) -> TrainSpec:
    return TrainSpec(epochs=1, rate=0.01, seed=spec.seed)


def long(spec: Any) -> TrainSpec:
    return TrainSpec(epochs=2, rate=0.01, seed=spec.seed)


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A place of their own for weights and manifests of a moment's training on a hundred sentences, in this process."""
    parts = tuple(part.take(torch.arange(100)) for part in shipped.sentences())
    monkeypatch.setattr(rows, "ProcessPoolExecutor", InProcess)
    monkeypatch.setattr(shipped, "sentences", lambda: parts)
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    return tmp_path


def watched(task: Row) -> tuple[Row, list[str]]:
    """A task that is trained for a moment, and which of its networks are."""
    made: list[str] = []

    def learned(spec: Any) -> Any:
        made.append(spec.name)
        return task.learned(spec)

    return replace(task, recipe=brief, learned=learned), made


@pytest.mark.parametrize("name", SMALL)
def test_building_writes_weights_and_manifest(name: str, place: Path) -> None:
    task = replace(SMALL[name], recipe=brief)
    assert not task.up_to_date()
    lines = dict(task.build())
    assert list(lines) == [spec.name for spec in task.networks]
    assert task.manifest()["models"] == lines
    assert task.manifest()["torch"] == torch.__version__
    assert task.up_to_date()
    files = sorted(f"{spec.name}.safetensors" for spec in task.kept)
    assert sorted(path.name for path in place.iterdir()) == sorted([*files, f"{task.file}.json"])
    assert sorted(task.manifest()["sha256"]) == files
    for spec in task.kept:
        weights = registry.family_of(spec).load(spec).state_dict()
        assert all(torch.equal(weights[key], value) for key, value in task.train(spec)[0].state_dict().items())


@pytest.mark.parametrize("name", TASKS)
def test_another_recipe_network_or_data_or_a_lost_file_asks_for_new_weights(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    task = TASKS[name]
    epochs = task.recipe(task.kept[0]).epochs + 1
    assert not replace(task, recipe=lambda spec: task.recipe(spec).model_copy(update={"epochs": epochs})).up_to_date()
    assert not replace(task, kept=task.kept[:-1]).up_to_date()
    assert not replace(task, made_from=lambda: dict.fromkeys(task.made_from(), "others")).up_to_date()
    assert not replace(task, drawn={tmp_path / "none": model_trace.ModelTrace}).up_to_date()
    if "vocabulary" in task.made_from() and name not in CORPORA:  # their characters come with the data
        with monkeypatch.context() as patch:
            others = Tokenizer(Vocabulary(("another",)))
            patch.setattr(smalltalk, "tokenizer", lambda: others)
            patch.setattr(language, "TOKENIZERS", dict.fromkeys(language.TOKENIZERS, lambda: others))
            assert not task.up_to_date()
    for path in model_trace.PRETRAINED.iterdir():
        (tmp_path / path.name).symlink_to(path)
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    assert task.up_to_date()
    (tmp_path / f"{task.kept[-1].name}.safetensors").unlink()
    assert not task.up_to_date()


def test_what_was_broken_off_goes_on_after_the_networks_that_are_done(place: Path) -> None:
    task, made = watched(SMALL["transformers"])
    names = [spec.name for spec in task.networks]
    first = next(task.build())
    assert first[0] == names[0]
    assert not task.up_to_date()
    with pytest.raises(KiokuError, match=r"transformers\.json is damaged.*make models"):
        task.manifest()
    assert dict(task.build())[names[0]] == first[1]
    assert made == names
    list(task.build())  # all are there, so all are asked for anew
    assert made == names * 2
    list(replace(task, recipe=lambda spec: (long if spec.seed else brief)(spec)).build())
    assert made[4:] == names[1:]


def test_so_does_what_is_compared_once_all_are_done(place: Path) -> None:
    task, made = watched(SMALL["transformers"])
    form = TypedDict("Compared", {**get_type_hints(task.form), "baseline": float})
    task = replace(task, form=form, besides=lambda: {"baseline": 0.5})
    names = [spec.name for spec in task.networks]
    next(task.build())
    assert "baseline" not in json.loads(manifests.path_of(task.file).read_text(encoding="utf-8"))
    assert not task.up_to_date()
    lines = task.build()
    assert [next(lines)[0], next(lines)[0]] == names  # broken off before what stands beside them is computed
    assert not task.up_to_date()
    list(task.build())
    assert made == names
    assert task.manifest()["baseline"] == 0.5


@pytest.mark.parametrize("key", ["torch", "machine"])
def test_what_another_torch_or_machine_began_is_begun_anew(key: str, place: Path) -> None:
    task, made = watched(SMALL["transformers"])
    next(task.build())
    path = manifests.path_of(task.file)
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {key: "another"}), encoding="utf-8")
    list(task.build())
    assert made == [spec.name for spec in (task.networks[0], *task.networks)]


def test_the_tasks_of_a_file_leave_each_other_alone(place: Path) -> None:
    one, other = (replace(SMALL[name], recipe=brief, file="both", shared=True) for name in ("responders", "matched"))
    list(one.build())
    with pytest.raises(KiokuError, match=r"both\.json is damaged"):
        other.manifest()
    list(other.build())
    assert one.up_to_date()
    assert other.up_to_date()
    assert json.loads(manifests.path_of("both").read_text(encoding="utf-8")).keys() == {"responders", "matched"}
