"""A trace comes back from its file as it was, and its table has every number once."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import rnn_core as rc
from tests.rnn_core import cases


def trace(cell: str = "lstm", batch: int | None = 2, **options) -> rc.Trace:
    return rc.record(cases.build(cell, **options), cases.inputs(batch=batch, first=options.get("batch_first", False)))


@pytest.mark.parametrize("cell", cases.KINDS)
@pytest.mark.parametrize("batch", [None, 2])
def test_it_comes_back_as_it_was(cell: str, batch: int | None, tmp_path: Path) -> None:
    whole = trace(cell, batch, num_layers=2, bidirectional=True, batch_first=True)
    whole.save(tmp_path / "a.safetensors")
    assert rc.load_trace(tmp_path / "a.safetensors") == whole


def test_a_clamped_trace_comes_back_too(tmp_path: Path) -> None:
    clamped = rc.record(cases.build("gru"), cases.inputs(), clamps=[rc.Clamp("update_gate", 1.0)])
    clamped.save(str(tmp_path / "a"))
    assert rc.load_trace(str(tmp_path / "a")) == clamped


def test_it_is_read_without_torch(tmp_path: Path) -> None:
    trace().save(tmp_path / "a")
    code = f"import sys, rnn_core as rc; rc.load_trace({str(tmp_path / 'a')!r}); assert 'torch' not in sys.modules"
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


@pytest.mark.parametrize("content", [None, b"", b"no tensors", rc.load_checkpoint.__doc__.encode()])
def test_what_is_no_stored_trace_says_so(content: bytes | None, tmp_path: Path) -> None:
    path = tmp_path / "a"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(rc.KiokuError) as error:
        rc.load_trace(path)
    assert error.value.code == ("stored_missing" if content is None else "stored_layers")
    with pytest.raises(rc.KiokuError):
        rc.load_trace(content)  # what is in it is no path


def test_a_folder_that_is_not_there_is_python_s_own_error(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        trace().save(tmp_path / "none" / "a.safetensors")


def test_a_table_has_every_number_once() -> None:
    whole = trace(batch=None, num_layers=2, bidirectional=True)
    frame = whole.to_frame([f"w{t}" for t in range(cases.T)])
    assert list(frame) == ["step", "token", "layer", "direction", "unit", "quantity", "value"]
    assert len(frame) == sum(one[key].size for layer in whole.layers for one in layer for key in one)
    row = frame[(frame.step == 3) & (frame.layer == 1) & (frame.direction == 1) & (frame.unit == 2)]
    assert set(row.token) == {"w3"}
    found = dict(zip(row.quantity, row.value, strict=True))
    assert found == {key: values[3, 2] for key, values in whole.layers[1][1].items()}


def test_a_batch_has_a_column_for_its_sequences() -> None:
    whole = trace()
    frame = whole.to_frame()
    assert list(frame)[:2] == ["sequence", "step"]
    one = frame[(frame["sequence"] == 1) & (frame.quantity == "hidden_state")]
    assert np.array_equal(one.value.to_numpy().reshape(cases.T, -1), whole["hidden_state"][:, 1])


def test_another_number_of_tokens_says_so() -> None:
    with pytest.raises(rc.KiokuError, match="7"):
        trace().to_frame(["a"])
