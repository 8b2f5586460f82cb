"""How the shipped encoder-decoders and their manifest are made."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.models import translators as models
from rnn_core.specs import TranslatorSpec
from rnn_core.tasks.pairs import Parts
from rnn_core.tasks.translations import TRANSLATIONS
from rnn_core.training import translators
from rnn_core.training.loop import TrainSpec
from tests.rnn_core.training.test_shipped import InProcess

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[TranslatorSpec, TranslatorSpec]]:
    """One model to ship and one to measure, of names, trained for a moment on a few pairs, in a place of their own."""
    shipped = TranslatorSpec(task="names", attention="dot", hidden=4)
    measured = shipped.model_copy(update={"attention": "none", "seed": 1})
    task = TRANSLATIONS["names"]
    train, test = task.parts()
    few = replace(task, parts=lambda: Parts(train[::400], test[::100]))
    monkeypatch.setattr(translators, "TRANSLATIONS", {"names": few})
    monkeypatch.setattr(translators, "SHIPPED", (shipped,))
    monkeypatch.setattr(translators, "MEASURED", (measured,))
    monkeypatch.setattr(translators, "PRETRAINED", tmp_path)
    monkeypatch.setattr(models, "PRETRAINED", tmp_path)
    monkeypatch.setattr(translators, "ProcessPoolExecutor", InProcess)
    monkeypatch.setattr(translators, "recipe", lambda spec: TrainSpec(epochs=1, batch=1, rate=0.01, seed=spec.seed))
    translators.data_of.cache_clear()
    yield shipped, measured
    translators.data_of.cache_clear()


def test_building_writes_weights_and_a_manifest_of_its_own(
    small: tuple[TranslatorSpec, TranslatorSpec], tmp_path: Path
) -> None:
    (tmp_path / "translators.json").write_text('{"kanji": {}}', encoding="utf-8")
    shipped, measured = small
    lines = dict(translators.build("names"))
    assert list(lines) == [shipped.name, measured.name]
    assert sorted(path.name for path in tmp_path.iterdir()) == [f"{shipped.name}.safetensors", "translators.json"]
    told = json.loads((tmp_path / "translators.json").read_text(encoding="utf-8"))
    assert told["kanji"] == {}
    assert told["names"]["models"] == lines
    assert told["names"]["data"]["learned"]["names"] == [1, 2, 3, 4]
    assert lines[shipped.name]["steps"] == lines[measured.name]["steps"] == 1
    assert set(lines[shipped.name]["right"]["names"]) == {"1", "2", "3", "4", "5", "6"}
    assert models.load(shipped).state_dict().keys() == models.fresh(shipped).state_dict().keys()


def test_the_same_spec_gives_the_same_bytes(small: tuple[TranslatorSpec, TranslatorSpec], tmp_path: Path) -> None:
    path = tmp_path / f"{small[0].name}.safetensors"
    written = []
    for _ in range(2):
        list(translators.build("names"))
        written.append(path.read_bytes())
    assert written[0] == written[1]


def test_another_recipe_other_data_or_a_lost_file_asks_for_new_weights(
    small: tuple[TranslatorSpec, TranslatorSpec], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert not translators.made("names")
    list(translators.build("names"))
    assert translators.made("names")
    with monkeypatch.context() as patch:
        patch.setattr(translators, "recipe", lambda _: TrainSpec(epochs=2, batch=1, rate=0.01))
        assert not translators.made("names")
    with monkeypatch.context() as patch:
        patch.setattr(translators, "data_of", lambda _: {"pairs": "others"})
        assert not translators.made("names")
    (tmp_path / f"{small[0].name}.safetensors").unlink()
    assert not translators.made("names")


def test_what_is_measured_are_the_weights_in_half_precision(small: tuple[TranslatorSpec, TranslatorSpec]) -> None:
    shipped, _ = small
    model, steps, reached = translators.train(shipped)
    told = translators.entry(shipped, model, steps, reached)
    assert all(torch.equal(weight, weight.half().float()) for weight in model.state_dict().values())
    assert told["changed"] <= 24
    assert reached is None


def test_when_the_goal_is_reached_is_noted_once(
    small: tuple[TranslatorSpec, TranslatorSpec], monkeypatch: pytest.MonkeyPatch
) -> None:
    shares = iter([0.5, 0.995])
    task = TRANSLATIONS["phrases"]
    few = replace(task, parts=lambda: Parts(task.parts().train[: 6 * translators.BATCH], task.parts().test[:20]))
    monkeypatch.setattr(translators, "TRANSLATIONS", {"phrases": few})
    monkeypatch.setattr(translators, "LOOK_EVERY", 2)
    monkeypatch.setattr(translators, "_share", lambda *_: next(shares))
    _, steps, reached = translators.train(TranslatorSpec(task="phrases", attention="none", hidden=2))
    assert (steps, reached) == (6, 4)
