"""The script for an encoder-decoder is run, each once as a reader would run it, and prints the page's numbers."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

import rnn_core as rc
from rnn_core.specs import TranslatorSpec
from rnn_core.takeaway.script import SCRIPT_FILE, WEIGHTS_FILE
from rnn_core.takeaway.translator_script import write_translator_script
from rnn_core.translation import registry
from rnn_core.translation.decoding import translate
from tests.rnn_core.takeaway.running import run_alone, run_here

SENTENCE = ("今日", "は", '"""\'\\', "天気", "{x}", "未知語")
KATAKANA = TranslatorSpec(task="katakana", attention="dot", hidden=128)
CASES = [
    *(
        (TranslatorSpec(task="phrases", attention=attention, hidden=6, weights="fresh", seed=5), SENTENCE)
        for attention in ("none", "additive", "dot")
    ),
    (KATAKANA, ("t", "e", "a", " ", "a")),
]


def printed(folder, trace, choose=(), overrides=(), run=run_here) -> str:
    (folder / SCRIPT_FILE).write_text(write_translator_script(trace, choose, overrides), encoding="utf-8")
    (folder / WEIGHTS_FILE).write_bytes(registry.family_of(trace.spec).weights_bytes(trace.spec))
    return run(folder / SCRIPT_FILE)


def numbers(out: str, key: str, count: int) -> np.ndarray:
    lines = out.split(f"{key}\n", 1)[1].splitlines()
    rows = lines[: next(k for k, line in enumerate(lines) if not line.startswith("  "))]
    return np.array([[float(value) for value in row.split(" ")[-count:]] for row in rows], np.float32)


def check(out: str, trace) -> None:
    model = registry.family_of(trace.spec).load(trace.spec)
    states = trace.source.layers.output
    if trace.spec is KATAKANA:
        w, b = model.encoder_fc[0].weight.detach().numpy(), model.encoder_fc[0].bias.detach().numpy()
        states = np.tanh(states @ w.T + b)
    np.testing.assert_allclose(numbers(out, "encoded", states.shape[1]), states, rtol=0, atol=2e-6)
    if trace.attention:
        rows = trace.attention[0]["attention"].reshape(-1, len(trace.source))
        np.testing.assert_allclose(numbers(out, "attention", rows.shape[1]), rows, rtol=0, atol=5e-6)
    likeliest = out.split("likeliest\n")[1].splitlines()
    for step in range(len(trace)):
        for guess, pair in zip(trace.top(step, 3), likeliest[step].strip().split("  "), strict=True):
            assert float(pair.split(" ")[-1]) == pytest.approx(guess.probability, abs=1e-5)
    assert out.strip().splitlines()[-1] == " ".join(["output", *(guess.text for guess in trace.written)])


@pytest.mark.parametrize(("spec", "tokens"), CASES, ids=str)
def test_it_prints_states_attention_and_what_is_written(spec, tokens, tmp_path) -> None:
    trace = translate(spec, tokens, length=6)
    check(printed(tmp_path, trace), trace)


@pytest.mark.parametrize(("spec", "tokens"), CASES[1:], ids=str)
def test_it_follows_choices_and_overrides(spec, tokens, tmp_path) -> None:
    choose = [(1, translate(spec, tokens, length=5).top(1, 3)[2].text)]
    row = np.arange(len(translate(spec, tokens, length=2).source)) + 1.0
    overrides = [
        rc.AttentionOverride(step=0, without=(1, 2)),
        rc.AttentionOverride(step=2, row=row, head=spec.heads - 1),
        rc.AttentionOverride(step=2, without=0),
    ]
    trace = translate(spec, tokens, choose, overrides, length=5)
    check(printed(tmp_path, trace, choose, overrides, run_alone if spec is KATAKANA else run_here), trace)


def test_it_refuses_what_does_not_translate() -> None:
    trace = translate(CASES[0][0], SENTENCE, length=2)
    other = dataclasses.replace(trace, spec=rc.ModelSpec(cell="gru", hidden=4))
    with pytest.raises(rc.KiokuError, match="smalltalk-gru-4-seed0"):
        write_translator_script(other)
