"""`rc.plot`: each picture shows the numbers of the place that was asked for, or says what is wrong."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import numpy as np
import pytest
import torch
from torch import nn

import rnn_core as rc
from rnn_core.figures import Picture
from tests.reading import ROOT
from tests.rnn_core.cases import T, build, inputs
from tests.rnn_core.figures.cases import sound, traces

TOKENS = [f"w{step}" for step in range(T)]
PLACES = {
    "one": ({}, None, {}),
    "top": ({"num_layers": 2, "bidirectional": True}, None, {"direction": 1}),
    "low": ({"num_layers": 3}, None, {"layer": 0}),
    "batch": ({"batch_first": True}, 3, {"batch": 2}),
}
# what every function of `rc.plot` is asked with, from a module and its inputs
KINDS: dict[str, Callable[..., Picture]] = {
    "states": lambda module, x, **at: rc.plot.states(rc.record(module, x), **at),
    "gates": lambda module, x, **at: rc.plot.gates(rc.record(module, x), **at),
    "influence": lambda module, x, **at: rc.plot.influence(rc.record(module, x), np.tri(T), **at),
    "gradients": lambda module, x, **at: rc.plot.gradients(rc.backpropagate(module, x, torch.sum), **at),
    "difference": lambda module, x, **at: rc.plot.difference(rc.record(module, x), rc.record(module, x * 2), **at),
    "circuit": lambda module, x, **at: rc.plot.circuit(rc.record(module, x), **at),
}


def case(place: str, cell: str = "lstm") -> tuple[nn.RNNBase, torch.Tensor, dict[str, int]]:
    options, batch, at = PLACES[place]
    return build(cell, **options), inputs(batch=batch, first="batch_first" in options), at


def chosen(
    module: nn.RNNBase, x: torch.Tensor, layer: int = -1, direction: int = 0, batch: int = 0, key="hidden_state"
):
    values = rc.record(module, x).layers[layer][direction][key]
    return values[:, batch] if values.ndim == 3 else values


@pytest.mark.parametrize("place", PLACES)
def test_the_maps_are_of_the_place_that_was_asked_for(place: str) -> None:
    module, x, at = case(place)
    np.testing.assert_array_equal(traces(KINDS["states"](module, x, **at))[0]["z"], chosen(module, x, **at).T)
    shown = rc.plot.states(rc.record(module, x), "cell_state", **at)
    np.testing.assert_array_equal(traces(shown)[0]["z"], chosen(module, x, **at, key="cell_state").T)
    for trace, key in zip(traces(KINDS["gates"](module, x, **at)), ("input", "forget", "output"), strict=True):
        np.testing.assert_array_equal(trace["z"], chosen(module, x, **at, key=f"{key}_gate").T)


@pytest.mark.parametrize("place", PLACES)
def test_the_lines_are_of_the_place_that_was_asked_for(place: str) -> None:
    module, x, at = case(place)
    gaps = np.linalg.norm(chosen(module, x, **at) - chosen(module, x * 2, **at), axis=1)
    np.testing.assert_allclose(traces(KINDS["difference"](module, x, **at))[0]["y"], gaps, atol=1e-12)
    grads = rc.backpropagate(module, x, torch.sum).layers[at.get("layer", -1)][at.get("direction", 0)]
    own = grads["hidden_state"] if grads["hidden_state"].ndim == 2 else grads["hidden_state"][:, at["batch"]]
    frame = KINDS["gradients"](module, x, **at).frame()
    np.testing.assert_allclose(frame["LSTM ‖∂L/∂h‖"], np.linalg.norm(own, axis=1), atol=1e-12)
    assert "LSTM ‖∂L/∂c‖" in frame


@pytest.mark.parametrize("place", PLACES)
def test_the_circuit_is_of_the_place_that_was_asked_for(place: str) -> None:
    module, x, at = case(place)
    shown = rc.plot.circuit(rc.record(module, x), -2, 1, **at)
    assert chosen(module, x, **at)[T - 2, 1] in traces(shown)[0]["customdata"]


def test_influence_is_what_was_given() -> None:
    module, x = build("gru"), inputs()
    sizes = rc.influence(module, x)
    shown = traces(rc.plot.influence(rc.record(module, x), sizes))[0]
    np.testing.assert_array_equal(shown["customdata"], sizes)


@pytest.mark.parametrize("lang", ["en", "ja"])
@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("kind", KINDS)
def test_every_picture_is_sound_and_says_what_it_shows(kind: str, place: str, lang: str) -> None:
    module, x, at = case(place)
    shown = sound(KINDS[kind](module, x, **at, tokens=TOKENS, lang=lang))
    layout = shown.figure.to_dict()["layout"]
    assert layout["title"]["text"] == shown.title
    numbers = {"one": "", "top": "22", "low": "13", "batch": "33"}[place]
    said = "".join(sorted(char for char in shown.title.replace("w6", "").replace("x", "") if char.isdigit()))
    assert kind == "circuit" or said == numbers


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    "bad",
    [
        *({"layer": 1}, {"layer": -2}, {"layer": "0"}, {"layer": 0.0}, {"direction": 1}, {"batch": 1}, {"batch": -1}),
        *({"tokens": ["a"]}, {"tokens": []}, {"lang": "fr"}, {"lang": None}),
    ],
    ids=str,
)
def test_what_is_not_there_is_an_error(kind: str, bad: dict[str, object]) -> None:
    with pytest.raises(rc.KiokuError):
        KINDS[kind](build("lstm"), inputs(), **bad)


def test_wrong_things_to_draw_are_errors() -> None:
    trace = rc.record(build("rnn"), inputs())
    for wrong in (
        lambda: rc.plot.states(trace, "forget_gate"),
        lambda: rc.plot.gates(trace),
        lambda: rc.plot.gates({"lstm": trace}),
        lambda: rc.plot.states(trace.layers[0][0]),
        lambda: rc.plot.difference(trace, None),
        lambda: rc.plot.gradients(trace),
        lambda: rc.plot.gradients({"layer 0": np.ones(T)}),
        lambda: rc.plot.influence(trace, np.ones(T)),
        lambda: rc.plot.influence(trace, "nonsense"),
        lambda: rc.plot.circuit(trace, T),
        lambda: rc.plot.circuit(trace, 0, 99),
        lambda: rc.plot.difference(trace, rc.record(build("rnn"), inputs()[:3])),
        lambda: rc.plot.gradients(rc.backpropagate(build("gru"), inputs(), torch.sum), at=T),
    ):
        with pytest.raises(rc.KiokuError):
            wrong()


def test_a_loss_that_reads_an_earlier_state_is_found() -> None:
    grads = rc.backpropagate(build("gru"), inputs(), lambda output: output[3].sum())
    assert "w3" in rc.plot.gradients(grads, tokens=TOKENS).finding
    assert "w5" in rc.plot.gradients(grads, tokens=TOKENS, at=5).finding


def test_without_tokens_the_steps_are_inputs_by_number() -> None:
    shown = rc.plot.states(rc.record(build("gru"), inputs()))
    assert list(shown.frame()["word"])[:2] == ["x₁", "x₂"]


ABSENT = """
import sys
assert not {"plotly", "torch", "pandas"} & set(sys.modules)
import rnn_core as rc
plot = rc.plot
assert not {"plotly", "torch", "pandas"} & set(sys.modules), "light"
sys.modules["plotly"] = None
trace = rc.load_trace(sys.argv[1])
try:
    plot.states(trace)
except rc.KiokuError as error:
    assert error.code == "plot_missing", error
    assert 'pip install "kioku-rnn[plot]"' in str(error)
    sys.exit(0)
sys.exit("no error")
"""


def test_it_is_light_and_says_what_to_install(tmp_path) -> None:
    path = tmp_path / "trace.safetensors"
    rc.record(build("gru"), inputs()).save(path)
    run = subprocess.run([sys.executable, "-c", ABSENT, path], cwd=ROOT, capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
