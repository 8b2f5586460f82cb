"""The shipped encoder-decoders are what the manifest says, and reach what they are shown for."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.models import model_trace
from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.pairs import Parts
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import task as rows
from rnn_core.training import translators
from rnn_core.training.pairs import Buckets
from rnn_core.training.plateau import PlateauSpec
from rnn_core.training.tasks import TRANSLATORS
from rnn_core.training.translation_metrics import exact_matches
from rnn_core.training.translators import Entry
from rnn_core.translation import registry as models
from tests.rnn_core.training.test_shipped import InProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from rnn_core.training.task import Task
    from rnn_core.translation.encoder_decoder import Translator

    Row = Task[TranslatorSpec, Translator, translators.Manifest]

MANIFESTS = {name: task.manifest() for name, task in TRANSLATORS.items()}
SHIPPED = tuple(spec for task in TRANSLATORS.values() for spec in task.kept)
MEASURED = tuple(spec for task in TRANSLATORS.values() for spec in task.measured)
LINES = {name: line for recorded in MANIFESTS.values() for name, line in recorded["models"].items()}
LOOKING = ("additive", "dot")


def line(task: str, attention: str, hidden: int, seed: int = 0) -> Entry:
    return LINES[TranslatorSpec(task=task, attention=attention, hidden=hidden, seed=seed).name]


def share(counted: list[int]) -> float:
    return counted[0] / counted[1]


@pytest.mark.parametrize("spec", SHIPPED, ids=lambda spec: spec.name)
def test_each_shipped_model_loads(spec: TranslatorSpec) -> None:
    assert {weight.dtype for weight in models.TRANSLATORS.load(spec).state_dict().values()} == {torch.float32}


def test_each_model_learned_until_it_stopped_improving() -> None:
    for recorded in LINES.values():
        assert recorded["plateau"]["settled"]
        assert recorded["plateau"]["best"] <= recorded["steps"]


@pytest.mark.parametrize("spec", [*SHIPPED, *MEASURED], ids=lambda spec: spec.name)
def test_one_recipe_trains_all_models_of_a_task(spec: TranslatorSpec) -> None:
    others = [one for one in (*SHIPPED, *MEASURED) if one.task == spec.task]
    assert {translators.recipe(one) for one in others} == {translators.recipe(spec)}


@pytest.mark.parametrize("name", TRANSLATIONS)
def test_what_decides_when_to_stop_is_not_what_is_measured(name: str) -> None:
    task = TRANSLATIONS[name]
    stopping, measured = set(translators.stopping(name)), set(translators.measured(name))
    assert stopping
    assert not stopping & measured
    assert stopping | measured <= set(task.parts().test)
    assert not (stopping | measured) & set(task.parts().train)


@pytest.mark.parametrize("hidden", [24, 48])
@pytest.mark.parametrize("attention", LOOKING)
def test_small_talk_is_translated_with_attention_and_seldom_without(attention: str, hidden: int) -> None:
    recorded, without = line("phrases", attention, hidden), line("phrases", "none", hidden)
    assert recorded["exact"] >= 0.98
    assert recorded["exact"] - without["exact"] > 0.2
    assert recorded["plateau"]["loss"] < without["plateau"]["loss"] / 5


@pytest.mark.parametrize("attention", LOOKING)
def test_names_are_read_with_attention_however_many_are_learned(attention: str) -> None:
    recorded = line("names", attention, 48)["right"]["names"]
    assert share(recorded["2"]) >= 0.95
    assert share(recorded["4"]) >= 0.95


def test_names_are_lost_without_attention() -> None:
    recorded = line("names", "none", 48)["right"]["names"]
    assert share(recorded["1"]) > 0.7
    assert share(recorded["2"]) <= 0.05
    assert share(recorded["4"]) <= 0.05


@pytest.mark.parametrize("attention", LOOKING)
def test_names_are_read_in_their_order_and_sentences_are_not(attention: str) -> None:
    names, phrases = line("names", attention, 48)["looks"], line("phrases", attention, 48)["looks"]
    assert names is not None
    assert phrases is not None
    assert share(names["turned"]) < 0.05 < share(phrases["turned"])
    assert share(phrases["monotonic"]) < share(names["monotonic"])


def test_names_in_kanji_are_read_by_any_of_their_readings() -> None:
    assert line("kanji", "additive", 64)["exact"] >= 0.65


@pytest.mark.parametrize("name", [spec.name for spec in (*SHIPPED, *MEASURED)])
def test_every_model_has_its_line_and_the_counts_add_up(name: str) -> None:
    recorded = LINES[name]
    task = TRANSLATIONS[str(recorded["spec"]["task"])]
    totals = {sum(total for _, total in lengths.values()) for lengths in recorded["right"].values()}
    rights = {sum(hits for hits, _ in lengths.values()) for lengths in recorded["right"].values()}
    assert totals == {MANIFESTS[task.name]["data"]["measured"]}
    assert len(rights) == 1
    assert (recorded["looks"] is None) == (recorded["spec"]["attention"] == "none")


def test_the_manifests_numbers_are_those_that_are_measured() -> None:
    spec = TranslatorSpec(task="phrases", attention="additive", hidden=24)
    recorded = LINES[spec.name]
    measured = translators.score("phrases", models.TRANSLATORS.load(spec), translators.held_out(spec))
    assert recorded | {"changed": 0} == recorded | measured  # rounded already


def test_the_mission_sentence_is_translated() -> None:
    words = ("今日", "は", "天気", "が", "良い", "ね")
    (pair,) = (pair for pair in TRANSLATIONS["phrases"].parts().train if pair.source == words)
    for spec in SHIPPED:
        if spec.task == "phrases" and spec.heads:
            written = translators.written(models.TRANSLATORS.load(spec), "phrases", (pair,))
            assert exact_matches([pair], written) == [True], spec.name


def short(epochs: int = 2, **options: float) -> PlateauSpec:
    """A training that ends before its held-out loss is looked at."""
    return PlateauSpec(epochs=epochs, batch=1, rate=0.01, **options)


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Row]:
    """One model to ship and one to measure, of names, trained for a moment on a few pairs, in a place of their own."""
    shipped = TranslatorSpec(task="names", attention="dot", hidden=4)
    measured = shipped.model_copy(update={"attention": "none", "seed": 1})
    task = TRANSLATIONS["names"]
    train, test = task.parts()
    few = replace(task, parts=lambda: Parts(train[::400], test[::100]))
    monkeypatch.setattr(translators, "TRANSLATIONS", {"names": few})
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    monkeypatch.setattr(rows, "ProcessPoolExecutor", InProcess)
    monkeypatch.setattr(translators, "recipe", lambda spec: short(seed=spec.seed))
    translators.data_of.cache_clear()
    yield replace(
        TRANSLATORS["names"], kept=(shipped,), measured=(measured,), recipe=lambda spec: translators.recipe(spec)
    )
    translators.data_of.cache_clear()


def test_building_writes_weights_and_a_manifest_of_its_own(small: Row, tmp_path: Path) -> None:
    (tmp_path / "translators.json").write_text(json.dumps({"kanji": MANIFESTS["kanji"]}), encoding="utf-8")
    shipped, measured = small.networks
    lines = dict(small.build())
    assert list(lines) == [shipped.name, measured.name]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{shipped.name}.safetensors", "translators.json"]
    recorded = json.loads((tmp_path / "translators.json").read_text(encoding="utf-8"))
    assert recorded["kanji"] == MANIFESTS["kanji"]
    assert recorded["names"]["models"] == lines
    assert recorded["names"]["data"]["learned"]["names"] == [1, 2, 3, 4]
    assert lines[shipped.name]["steps"] == lines[measured.name]["steps"] == 2
    assert set(lines[shipped.name]["right"]["names"]) == {"1", "2", "3", "4", "5", "6"}
    assert models.TRANSLATORS.load(shipped).state_dict().keys() == models.TRANSLATORS.fresh(shipped).state_dict().keys()


def test_the_same_spec_gives_the_same_bytes(small: Row, tmp_path: Path) -> None:
    path = tmp_path / f"{small.kept[0].name}.safetensors"
    written = []
    for _ in range(2):
        list(small.build())
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_another_recipe_other_data_or_a_lost_file_asks_for_new_weights(
    small: Row, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not small.up_to_date()
    list(small.build())
    assert small.up_to_date()
    with monkeypatch.context() as patch:
        patch.setattr(translators, "recipe", lambda _: short(epochs=4))
        assert not small.up_to_date()
    with monkeypatch.context() as patch:
        patch.setattr(translators, "data_of", lambda _: {"pairs": "others"})
        assert not small.up_to_date()
    (tmp_path / f"{small.kept[0].name}.safetensors").unlink()
    assert not small.up_to_date()


def test_what_is_measured_are_the_weights_in_half_precision(small: Row) -> None:
    (shipped,) = small.kept
    model, ended = small.train(shipped)
    recorded = small.entry(shipped, model, ended)
    assert all(torch.equal(weight, weight.half().float()) for weight in model.state_dict().values())
    assert recorded["changed"] <= 24
    assert recorded["plateau"] == ended["plateau"]
    assert not recorded["plateau"]["settled"]


def test_a_training_stops_by_pairs_of_its_own_and_says_how(small: Row, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []

    def loss(model: torch.nn.Module, data: Buckets) -> float:
        asked.append(len(data.data))
        return 1.0 if len(asked) < 3 else 0.5

    plan = PlateauSpec(epochs=400, batch=1, rate=0.01, look_every=1, patience=2)
    monkeypatch.setattr(translators, "recipe", lambda _: plan)
    monkeypatch.setattr(translators, "mean_loss", loss)
    lines = dict(small.build())
    assert small.up_to_date()
    assert lines[small.kept[0].name]["plateau"] == {"best": 2, "loss": 0.5, "settled": True}
    assert (lines[small.kept[0].name]["steps"], lines[small.measured[0].name]["steps"]) == (
        6,
        4,
    )  # the second never fell
    assert set(asked) == {len(translators.stopping("names"))}
    counted = lines[small.kept[0].name]["right"]["names"].values()
    assert (
        sum(of for _, of in counted) == len(translators.measured("names")) == translators.data_of("names")["measured"]
    )
