"""The script to take home is run, once as a reader would run it, and prints the numbers of the page."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.models import registry
from rnn_core.quantities import CELLS
from rnn_core.specs import TranslatorSpec
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE, write_script
from tests.rnn_core.takeaway.running import run_alone, run_here

WORDS = ["今日", "は", '"""\'\\', "天気", "{x}", "未知語"]


def printed(folder, trace, clamps=(), run=run_here) -> str:
    (folder / SCRIPT_FILE).write_text(write_script(trace, clamps), encoding="utf-8")
    (folder / WEIGHTS_FILE).write_bytes(registry.family_of(trace.spec).weights_bytes(trace.spec))
    return run(folder / SCRIPT_FILE)


def numbers(out: str, key: str) -> np.ndarray:
    lines = out.split(f"{key}\n", 1)[1].splitlines()
    rows = lines[: next((k for k, line in enumerate(lines) if not line.startswith("  ")), None)]
    return np.array([[float(value) for value in row.split(" ")[3:]] for row in rows], np.float32)


@pytest.mark.parametrize("cell", CELLS)
def test_it_prints_every_quantity_and_what_comes_next(cell, tmp_path) -> None:
    trace = registry.run(rc.ModelSpec(cell=cell, hidden=8, weights="fresh", seed=3), WORDS)
    out = printed(tmp_path, trace, run=run_alone if cell == "lstm" else run_here)
    for key, values in trace.layer().items():
        np.testing.assert_allclose(numbers(out, key), values, rtol=0, atol=1e-6, err_msg=key)
    last = out.strip().splitlines()[-1].split()
    for guess in trace.top(len(trace) - 1, 3):
        at = last.index(guess.text)
        assert float(last[at + 1]) == pytest.approx(guess.probability, abs=1e-6)
    gap = float(out.split(f"difference from torch.nn.{cell.upper()} ")[1].split()[0])
    assert gap < 1e-5


@pytest.mark.parametrize(
    ("cell", "row"),
    [(cell, row) for cell in CELLS for row in rc.QUANTITIES.of(cell)],
    ids=lambda one: getattr(one, "key", one),
)
def test_it_follows_a_clamp_of_every_quantity(cell, row, tmp_path) -> None:
    clamps = [rc.Clamp(row.key, 0.0, steps=2), rc.Clamp(row.key, 0.5, units=[1, 3])]
    trace = registry.run(rc.ModelSpec(cell=cell, hidden=8, weights="fresh"), WORDS, clamps)
    out = printed(tmp_path, trace, clamps)
    for key, values in trace.layer().items():
        np.testing.assert_allclose(numbers(out, key), values, rtol=0, atol=1e-6, err_msg=key)
    assert "difference from" not in out


def test_it_refuses_what_it_cannot_reproduce() -> None:
    trace = registry.run(rc.ModelSpec(cell="gru", hidden=4, layers=2, weights="fresh"), WORDS)
    with pytest.raises(rc.KiokuError, match="num_layers=2"):
        write_script(trace)
    other = TranslatorSpec(task="names", attention="dot", hidden=4)
    with pytest.raises(rc.KiokuError, match="names-dot-4-seed0 is of another kind"):
        write_script(dataclasses.replace(trace, spec=other))
