"""Manifests: what is written comes back, and what today's recipes would make otherwise is found."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import torch
from pydantic import TypeAdapter

from rnn_core import checkout
from rnn_core.errors import KiokuError
from rnn_core.models import model_trace
from rnn_core.specs import ModelSpec
from rnn_core.training import manifests
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from pathlib import Path

SPECS = tuple(ModelSpec(cell="gru", hidden=hidden) for hidden in (8, 16))


def recipe(spec: ModelSpec) -> TrainSpec:
    return TrainSpec(epochs=spec.hidden, rate=0.1)


@pytest.fixture
def files(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / "one", tmp_path / "two"]
    for path in paths:
        path.write_text(path.name, encoding="utf-8")
    return paths


def test_what_is_written_comes_back_in_ascii_and_in_order(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_trace, "PRETRAINED", tmp_path)
    recorded = {"words": ["今日"], "models": {"b": 1, "a": 0.5}}
    manifests.write("task", recorded)
    assert checkout.manifest(manifests.path_of("task"), TypeAdapter(dict[str, object])) == recorded
    text = '{\n "models": {\n  "a": 0.5,\n  "b": 1\n },\n "words": [\n  "\\u4eca\\u65e5"\n ]\n}\n'
    assert (tmp_path / "task.json").read_text(encoding="utf-8") == text


def test_a_manifest_without_the_line_of_a_model_is_damaged() -> None:
    manifests.complete("task", [spec.name for spec in SPECS], SPECS[:1])
    with pytest.raises(KiokuError, match=r"pretrained/task\.json is damaged.*make models"):
        manifests.complete("task", [SPECS[0].name], SPECS)


def test_what_is_not_whole_is_to_be_made() -> None:
    def damaged() -> None:
        raise KiokuError("manifest_damaged", path="task.json")

    assert manifests.if_whole(damaged) is None
    assert manifests.if_whole(lambda: {"models": {}}) == {"models": {}}


def test_a_manifest_says_with_what_its_files_were_made_and_what_is_in_them(files: list[Path]) -> None:
    head = manifests.head(files)
    assert head["sha256"] == {name: hashlib.sha256(name.encode()).hexdigest() for name in ("one", "two")}
    assert (head["torch"], head["machine"]) == (torch.__version__, manifests.machine())


def test_it_holds_until_a_line_a_recipe_or_a_file_is_another(files: list[Path]) -> None:
    lines = {spec.name: manifests.line(spec, recipe(spec)) | {"accuracy": 0.9} for spec in SPECS}
    assert manifests.holds(lines, files, SPECS, recipe)
    assert not manifests.holds(lines, files, SPECS[:1], recipe)
    assert not manifests.holds({SPECS[0].name: lines[SPECS[0].name]}, files, SPECS, recipe)
    assert not manifests.holds(lines, files, SPECS, lambda _: TrainSpec(epochs=8, rate=0.1))
    swapped = dict(zip(lines, reversed(lines.values()), strict=True))
    assert not manifests.holds(swapped, files, SPECS, recipe)
    files[1].unlink()
    assert not manifests.holds(lines, files, SPECS, recipe)
