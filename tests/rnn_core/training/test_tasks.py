"""The table of what is shipped: every row is there as today's code makes it, and worth what it is shown for."""

from __future__ import annotations

import hashlib
import pickle

import pytest
import torch

from rnn_core.checkout import ROOT
from rnn_core.models import registry
from rnn_core.models.family import count_parameters
from rnn_core.models.model_trace import FIRST_PICTURE, PRETRAINED
from rnn_core.specs import ModelSpec, ResponderSpec, TransformerSpec
from rnn_core.tasks import smalltalk
from rnn_core.training import manifests, shipped
from rnn_core.training.metrics import score
from rnn_core.training.tasks import MATCHED, RESPONDERS, SMALLTALK, TASKS, TRANSFORMERS, TRANSLATORS

MOST = (
    {"smalltalk": 2, "transformers": 0.5, "responders": 0.5, "matched": 2, "sentiment": 0.5, "minimal": 0.2}
    | dict.fromkeys(TRANSLATORS, 1.5)
    | {"kaomoji_feelings": 0.75, "smalltalk_feelings": 0.25, "digits": 0.25, "forecast": 0.1, "prices": 0.1}
)  # MiB that the files of a task may have
MOST |= {"given_names": 0.5, "kaomoji": 0.5, "video": 0.75, "music": 0.25}
LARGE = [TransformerSpec(hidden=32, positions=placed, seed=n) for placed in (True, False) for n in shipped.SEEDS]
each_task = pytest.mark.parametrize("name", TASKS)


@each_task
def test_what_is_shipped_was_made_from_todays_data_by_todays_recipe(name: str) -> None:
    assert TASKS[name].up_to_date(), f"run `make models TASKS={name}`"


@each_task
def test_every_file_is_listed_whole_and_small(name: str) -> None:
    task = TASKS[name]
    paths = [*(PRETRAINED / f"{spec.name}.safetensors" for spec in task.kept), *task.drawn]
    files = {path.name: path.read_bytes() for path in paths}
    assert task.manifest()["sha256"] == {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    assert max(map(len, files.values())) <= 2**20
    assert sum(map(len, files.values())) <= MOST[name] * 2**20


def test_what_comes_next_in_time_is_forecast_by_two_megabytes_at_most() -> None:
    weights = [
        path for name in ("forecast", "prices", "music", "video") for path in PRETRAINED.glob(f"{name}-*.safetensors")
    ]
    assert len(weights) == sum(len(TASKS[name].kept) for name in ("forecast", "prices", "music", "video"))
    assert sum(path.stat().st_size for path in weights) <= 2 * 2**20


@each_task
def test_the_manifest_says_how_each_network_was_made(name: str) -> None:
    task = TASKS[name]
    lines = task.lines(task.manifest())
    assert lines.keys() == {spec.name for spec in task.networks}
    for spec in task.networks:
        assert type(spec)(**lines[spec.name]["spec"]) == spec
        plan = type(task.recipe(spec))(**lines[spec.name]["train"])
        assert plan == task.recipe(spec)


@each_task
def test_a_process_can_be_told_of_it(name: str) -> None:
    there = pickle.loads(pickle.dumps(TASKS[name]))
    assert (there.name, there.networks) == (name, TASKS[name].networks)


@each_task
def test_what_its_manifest_says_of_the_data_is_in_its_form(name: str) -> None:
    task = TASKS[name]
    assert {*manifests.Head.__annotations__, *task.made_from(), "models", *task.apart} <= set(
        task.form.__required_keys__
    )


def test_no_network_is_in_two_rows_and_no_licence_is_unnamed() -> None:
    names = [spec.name for task in TASKS.values() for spec in task.networks]
    assert len(names) == len(set(names))
    assert {task.licence for task in TASKS.values()} == {"MIT", "CC-BY-4.0", "public domain"}
    assert "public domain" in (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert "CC-BY-4.0" in (ROOT / "NOTICE").read_text(encoding="utf-8")
    assert "MIT" in (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert SMALLTALK.drawn.keys() == {FIRST_PICTURE}


@pytest.mark.parametrize("spec", LARGE, ids=lambda spec: spec.name)
def test_each_seed_of_a_transformer_answers_right_on_new_combinations(spec: TransformerSpec) -> None:
    assert TRANSFORMERS.manifest()["models"][spec.name]["reply_accuracy"] >= 0.95


@pytest.mark.parametrize("spec", TRANSFORMERS.kept[2:], ids=lambda spec: spec.name)
def test_a_transformers_numbers_are_those_that_are_measured(spec: TransformerSpec) -> None:
    held_out, line = shipped.sentences()[1].take(torch.arange(0, 1700, 2)), TRANSFORMERS.manifest()["models"][spec.name]
    found = score(registry.family_of(spec).load(spec), held_out)
    assert found["reply_accuracy"] == pytest.approx(line["reply_accuracy"], abs=0.01)
    assert found["perplexity"] == pytest.approx(line["perplexity"], rel=0.05)


def test_a_transformer_learns_about_as_many_numbers_as_the_lstm_that_it_is_compared_with() -> None:
    ours, lstm = (
        count_parameters(registry.family_of(spec).load(spec)) for spec in (LARGE[0], ModelSpec(cell="lstm", hidden=64))
    )
    assert ours == pytest.approx(lstm, rel=0.02)


@pytest.mark.parametrize("spec", [*RESPONDERS.kept, *MATCHED.kept], ids=lambda spec: spec.name)
def test_what_a_line_says_of_the_replies_is_what_the_network_replies(spec: ResponderSpec) -> None:
    (task,) = (task for task in (RESPONDERS, MATCHED) if spec in task.kept)
    line, examples, held_out = task.manifest()["models"][spec.name], smalltalk.split().test, task.held_out(spec)
    model = registry.family_of(spec).load(spec)
    scores = task.score(model, held_out)
    assert line["parameters"] == scores["parameters"]
    assert line["reply_accuracy"] == pytest.approx(scores["reply_accuracy"], abs=0.01)
    assert len(examples) == len(held_out)
    for at in range(0, len(examples), 170):  # of every kind some
        right = registry.run(spec, examples[at].words).reply.text == examples[at].reply
        assert task.score(model, held_out.take(torch.tensor([at])))["reply_accuracy"] == right
