"""Manifests: what is written comes back, and what today's recipes would make otherwise is found."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

import pytest
import torch

from rnn_core.errors import KiokuError
from rnn_core.models import model_trace
from rnn_core.training import manifests

if TYPE_CHECKING:
    from pathlib import Path


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
    assert manifests.read("task", dict[str, object]) == recorded
    with pytest.raises(KiokuError, match=r"task\.json is damaged.*make models"):
        manifests.read("task", dict[str, int])
    text = '{\n "models": {\n  "a": 0.5,\n  "b": 1\n },\n "words": [\n  "\\u4eca\\u65e5"\n ]\n}\n'
    assert (tmp_path / "task.json").read_text(encoding="utf-8") == text


def test_what_is_not_whole_is_to_be_made() -> None:
    def damaged() -> None:
        raise KiokuError("manifest_damaged", path="task.json")

    assert manifests.if_whole(damaged) is None
    assert manifests.if_whole(lambda: {"models": {}}) == {"models": {}}


def test_a_manifest_says_with_what_its_files_were_made_and_what_is_in_them(files: list[Path]) -> None:
    head = manifests.head(files)
    assert head["sha256"] == {name: hashlib.sha256(name.encode()).hexdigest() for name in ("one", "two")}
    assert (head["torch"], head["machine"]) == (torch.__version__, manifests.machine())
