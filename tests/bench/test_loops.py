import numpy as np
import pytest
import torch

import rnn_core as rc
from bench.loops import LOOPS
from bench.recording import KINDS


@pytest.mark.parametrize("cell", LOOPS)
def test_the_loop_keeps_what_record_keeps(cell: str) -> None:
    torch.manual_seed(0)
    module, inputs = KINDS[cell](3, 4).double(), torch.randn(7, 2, 3, dtype=torch.float64)
    with torch.inference_mode():
        looped = LOOPS[cell](module, inputs)
    recorded = rc.record(module, inputs).layers[0][0]
    assert set(looped) == set(recorded)
    for key, values in looped.items():
        np.testing.assert_allclose(values.numpy(), recorded[key], rtol=0, atol=1e-12)
