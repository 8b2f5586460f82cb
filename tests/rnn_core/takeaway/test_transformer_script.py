"""The script of a Transformer is run, once as a reader would run it, and prints the numbers of the page."""

from __future__ import annotations

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.models import registry
from rnn_core.specs import TransformerSpec
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE
from rnn_core.takeaway.transformer_script import write_transformer_script
from tests.rnn_core.takeaway.running import run_alone, run_here

WORDS = ["今日", "は", '"""\'\\', "天気", "{x}", "未知語"]
SPECS = [
    TransformerSpec(hidden=32),
    TransformerSpec(hidden=16, positions=False),
    TransformerSpec(hidden=12, heads=3, layers=3, weights="fresh", seed=3),
]


def rows(out: str, head: str) -> np.ndarray:
    lines = out.split(f"{head}\n", 1)[1].splitlines()
    block = lines[: next(k for k, line in enumerate(lines) if not line.startswith("  "))]
    return np.array([[float(value) for value in row.split(" ")[3:]] for row in block], np.float32)


@pytest.mark.parametrize("spec", SPECS, ids=lambda spec: spec.name)
def test_it_prints_every_weight_and_state_and_what_comes_next(spec: TransformerSpec, tmp_path) -> None:
    trace = registry.run(spec, WORDS)
    (tmp_path / SCRIPT_FILE).write_text(write_transformer_script(trace), encoding="utf-8")
    (tmp_path / WEIGHTS_FILE).write_bytes(registry.family_of(spec).weights_bytes(spec))
    out = (run_alone if spec is SPECS[0] else run_here)(tmp_path / SCRIPT_FILE)
    for layer in range(spec.layers):
        states = rows(out, f"hidden_state layer {layer + 1}")
        np.testing.assert_allclose(states, trace.layers.layers[layer][0]["hidden_state"], rtol=0, atol=5e-6)
        for head in range(spec.heads):
            weights = rows(out, f"attention layer {layer + 1} head {head + 1}")
            np.testing.assert_allclose(weights, trace.attention[layer]["attention"][:, head], rtol=0, atol=1e-6)
    last = out.strip().splitlines()[-1].split()
    for guess in trace.top(len(trace) - 1, 3):
        assert float(last[last.index(guess.text) + 1]) == pytest.approx(guess.probability, abs=1e-5)
    assert float(out.split("scaled_dot_product_attention ")[1].split()[0]) <= 1e-6


def test_it_refuses_another_kind_of_model() -> None:
    with pytest.raises(rc.KiokuError) as caught:
        write_transformer_script(registry.run(rc.ModelSpec(cell="gru", hidden=4, weights="fresh"), WORDS))
    assert caught.value.code == "script_of_next_word"
