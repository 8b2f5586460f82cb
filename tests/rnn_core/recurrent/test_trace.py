"""What a trace is, without torch."""

from __future__ import annotations

import subprocess
import sys

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
