"""The first picture is made anew where it is another one."""

from __future__ import annotations

import hashlib
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from safetensors import safe_open
from safetensors.numpy import load_file, save_file

from rnn_core.models import registry
from rnn_core.models.model_trace import FIRST_PICTURE, load_model_trace
from rnn_core.recurrent.trace import LayerTrace
from rnn_core.specs import ModelSpec
from rnn_core.training import first_picture, manifests
from rnn_core.training.first_picture import redraw
from rnn_core.training.tasks import SMALLTALK

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest


def test_the_first_picture_can_be_made_anew_without_training(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before, picture = SMALLTALK.manifest(), tmp_path / "first-picture.safetensors"
    written: dict[str, Mapping[str, Any]] = {}
    monkeypatch.setattr(manifests, "write", written.__setitem__)
    shutil.copy(FIRST_PICTURE, picture)
    task = replace(SMALLTALK, drawn={picture: first_picture.draw})
    assert (redraw(task), written) == (False, {})
    registry.run(ModelSpec(cell="lstm", hidden=8), ("今日",)).save(picture)
    assert redraw(task)
    (made,) = written.values()
    assert {**made, "sha256": {**made["sha256"], picture.name: before["sha256"][picture.name]}} == before
    assert not redraw(task)
    tensors = load_file(picture)  # as one that was stored before there was this quantity
    tensors.pop(next(name for name in tensors if name.endswith("kept")))
    with safe_open(picture, "np") as file:
        save_file(tensors, picture, file.metadata())
    assert redraw(task)
    stored = load_model_trace(picture)
    kept = {**stored.layer(), "kept": stored.layer()["kept"] + 1}
    other = replace(stored, layers=replace(stored.layers, layers=((LayerTrace("lstm", kept),),)))
    task = replace(task, drawn={picture: lambda: other})
    assert redraw(task)
    digest = hashlib.sha256(picture.read_bytes()).hexdigest()
    assert written[SMALLTALK.file]["sha256"][picture.name] == digest != before["sha256"][picture.name]
    assert not redraw(task)
