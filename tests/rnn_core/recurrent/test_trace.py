"""What a trace is, without torch."""

from __future__ import annotations

import pickle
import subprocess
import sys
from typing import Any

import numpy as np
import pytest

import rnn_core as rc


def layer() -> rc.LayerTrace:
    return rc.LayerTrace("rnn", {"preactivation": np.zeros((2, 3)), "hidden_state": np.ones((2, 3))})


def test_a_layer_is_a_mapping_with_its_cells_keys() -> None:
    found = layer()
    assert list(found) == ["preactivation", "hidden_state"]
    assert len(found) == 2
    assert "hidden_state" in found
    assert "forget_gate" not in found
    assert "(2, 3)" in repr(found)
    with pytest.raises(rc.KiokuError, match="forget_gate"):
        found["forget_gate"]


def test_a_trace_counts_its_steps() -> None:
    assert len(rc.Trace("rnn", ((layer(),),), np.ones((2, 3)), 0.0)) == 2


def test_a_trace_gives_its_first_layer_s_quantities() -> None:
    trace = rc.Trace("rnn", ((layer(),),), np.ones((2, 3)), 0.0)
    assert trace["hidden_state"] is trace.layers[0][0]["hidden_state"]
    with pytest.raises(rc.KiokuError, match="speed"):
        trace["speed"]


def test_traces_and_tables_load_no_torch() -> None:
    code = (
        "import sys, rnn_core as rc, numpy as np\n"
        "rc.Trace, rc.Clamp('kept', 0.5), rc.QUANTITIES, rc.KiokuError, rc.ModelSpec(cell='rnn', hidden=8)\n"
        "rc.LayerTrace('rnn', {'preactivation': np.zeros((2, 3)), 'hidden_state': np.ones((2, 3))})\n"
        "assert 'torch' not in sys.modules, 'torch was loaded'"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def trace(kind: str = "LSTM", *, batch_first: bool = False, batch: int | None = 3) -> tuple[rc.Trace, Any, Any]:
    import torch  # the module itself is about what needs none

    module = getattr(torch.nn, kind)(2, 3, 2, bidirectional=True, batch_first=batch_first)
    sizes = (4, 2) if batch is None else (batch, 4, 2) if batch_first else (4, batch, 2)
    inputs = torch.randn(sizes)
    with torch.no_grad():
        return rc.record(module, inputs), module, inputs


def test_a_wrong_place_is_an_error_with_what_there_is() -> None:
    found = trace()[0]
    for ask in (lambda: found.layers[2], lambda: found.layers[0][2], lambda: found.layers["x"]):
        with pytest.raises(rc.KiokuError) as error:
            ask()
        assert error.value.code == "no_such_place"
    assert found.layers[-1] == found.layers[1:][0]


def test_a_name_that_is_not_there_has_a_default_and_a_likely_spelling() -> None:
    found = trace()[0].layers[0][0]
    assert found.get("nope") is None
    assert found.get("kept") is found["kept"]
    for ask in (lambda: found["forget"], lambda: rc.Clamp("forget", 0.0), lambda: rc.QUANTITIES["forget"]):
        with pytest.raises(rc.KiokuError, match="Did you mean 'forget_gate'"):
            ask()
    with pytest.raises(rc.KiokuError) as error:
        found["update_gate"]  # well spelt: of the GRU
    assert error.value.code == "unknown_quantity"


def test_a_trace_has_the_quantities_of_its_cell() -> None:
    found = trace("GRU")[0]
    assert list(found) == [row.key for row in rc.QUANTITIES.of("gru")]
    assert "update_gate" in found
    assert "forget_gate" not in found
    assert "x" not in found


def test_equal_traces_have_the_same_numbers() -> None:
    found, module, inputs = trace()
    again = rc.record(module, inputs)
    assert found == again
    assert hash(found) == hash(again)
    assert found.layers[0][0] == found.layers[0][0]
    assert found.layers[0][0] != found.layers[0][1]
    assert found != rc.record(module, inputs, clamps=[rc.Clamp("forget_gate", 0.0)])
    assert found != 3
    assert found.layers[0][0] != {}


def test_a_pickled_trace_is_equal_and_stays_read_only() -> None:
    found, module, inputs = trace()
    grads = rc.backpropagate(module, inputs, lambda output: output.sum())
    for one in (found, grads):
        back = pickle.loads(pickle.dumps(one))
        assert back.layers == one.layers
        for array in (back.layers[1][0]["hidden_state"], back.output if one is found else back.inputs):
            with pytest.raises(ValueError, match="read-only"):
                array[0] = 0
    assert pickle.loads(pickle.dumps(found)) == found


@pytest.mark.parametrize("batch", [None, 3])
@pytest.mark.parametrize("kind", ["RNN", "GRU", "LSTM"])
def test_the_last_states_are_torch_s(kind: str, batch: int | None) -> None:
    found, module, inputs = trace(kind, batch=batch)
    last = module(inputs)[1]
    h_n, c_n = last if kind == "LSTM" else (last, None)
    assert np.allclose(found.h_n, h_n.detach(), atol=1e-6)
    if c_n is None:
        with pytest.raises(rc.KiokuError, match="cell_state"):
            _ = found.c_n
    else:
        assert np.allclose(found.c_n, c_n.detach(), atol=1e-6)


@pytest.mark.parametrize("batch_first", [False, True])
def test_one_sequence_of_a_batch_is_a_trace(batch_first: bool) -> None:
    found, module, inputs = trace(batch_first=batch_first)
    alone = rc.record(module, inputs[1] if batch_first else inputs[:, 1])
    one = found.sequence(1)
    assert one.output.shape == alone.output.shape
    assert all(np.allclose(one[key], alone[key], atol=1e-6) for key in alone)
    for number in (3, -1, True):
        with pytest.raises(rc.KiokuError):
            found.sequence(number)
    assert one.sequence(0) == one
    with pytest.raises(rc.KiokuError):
        one.sequence(1)


def test_a_trace_is_shown_on_one_screen() -> None:
    lines = repr(trace()[0]).splitlines()
    assert "4 steps" in lines[0]
    assert "parity" in lines[0]
    assert len(lines) == 5
