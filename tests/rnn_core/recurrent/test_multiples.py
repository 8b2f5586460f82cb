"""What a trace shows in a notebook: its own numbers as colours, bounded, and what is left out is said."""

from __future__ import annotations

import base64
import io
import re
import subprocess
import sys

import numpy as np
import pytest
import torch
from PIL import Image
from torch import nn

import rnn_core as rc
from rnn_core.colours import SCALES, channels, mixed
from rnn_core.quantities import CELLS, QUANTITIES
from rnn_core.recurrent.multiples import LOST, SHADES
from rnn_core.recurrent.trace import LayerTrace, Trace
from tests.reading import ROOT
from tests.rnn_core.cases import H, T, build, inputs


def images(html: str) -> list[np.ndarray]:
    """(rows, columns, 3) of each."""
    found = re.findall(r"data:image/png;base64,([^\"]+)", html)
    return [np.array(Image.open(io.BytesIO(base64.b64decode(one))).convert("RGB")) for one in found]


def colour(row, value: float, low: float, high: float) -> tuple[int, ...]:
    share = round((min(max(value, low), high) - low) / (high - low) * (SHADES - 1)) / (SHADES - 1)
    return mixed(SCALES[row.scale]["light"], share)


@pytest.mark.parametrize("cell", CELLS)
def test_each_quantity_is_an_image_of_its_own_numbers(cell: str) -> None:
    trace = rc.record(build(cell, bidirectional=True), inputs())
    shown = images(trace._repr_html_())
    every = [(row, one) for one in trace.layers[0] for row in QUANTITIES.of(cell)]
    for image, (row, one) in zip(shown, every, strict=True):
        assert image.shape == (H, T, 3)
        for unit, step in ((0, 0), (H - 1, 1), (2, T - 1)):
            assert tuple(image[unit, step]) == colour(row, one[row.key][step, unit], *row.limits(one))


def test_what_is_not_finite_is_grey() -> None:
    values = np.array([[np.nan, np.inf, 0.5]])
    one = LayerTrace("rnn", {"preactivation": values, "hidden_state": values})
    (image, _) = images(Trace("rnn", ((one,),), values, 0.0)._repr_html_())
    assert [tuple(image[unit, 0]) == channels(LOST) for unit in range(3)] == [True, True, False]


def test_it_is_bounded_and_says_what_is_left_out() -> None:
    torch.manual_seed(0)
    module = nn.LSTM(2, 70, num_layers=3, bidirectional=True)
    html = rc.record(module, torch.randn(210, 2, 2))._repr_html_()
    shown = images(html)
    assert len(shown) == 24
    assert {image.shape[:2] for image in shown} == {(64, 200)}
    assert len(html) < 500_000
    for said in (
        "Sequence: first of 2.",
        "Units: first 64 of 70.",
        "Steps: first 200 of 210.",
        "Quantities: first 24 of",
    ):
        assert said in html


def test_a_small_one_leaves_nothing_out() -> None:
    assert "first" not in rc.record(build("gru"), inputs())._repr_html_()


def test_it_needs_neither_plotly_nor_torch(tmp_path) -> None:
    path = tmp_path / "trace.safetensors"
    rc.record(build("gru"), inputs()).save(path)
    code = "import sys, rnn_core as rc\nhtml = rc.load_trace(sys.argv[1])._repr_html_()\n"
    code += "sys.exit(0 if 'img' in html and not {'plotly', 'torch'} & set(sys.modules) else 1)"
    assert subprocess.run([sys.executable, "-c", code, path], cwd=ROOT, check=False).returncode == 0
