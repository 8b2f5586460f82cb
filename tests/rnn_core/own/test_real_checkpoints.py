"""Checkpoints of others, as their packages ship them: loaded and computed like torch, or refused with the way out."""

from __future__ import annotations

import io
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
import torch
from safetensors.torch import save
from torch import nn

import rnn_core as rc
from rnn_core.own.files import open_file
from rnn_core.own.packaged import find_packaged


def shipped(package: str, name: str) -> Path:
    """A file in an installed package, without importing it."""
    found = find_spec(package)
    assert found is not None
    assert found.origin is not None
    return Path(found.origin).parent / name


def test_resemblyzer_s_pickle_is_refused_and_what_is_in_it_is_a_network_of_three_layers() -> None:
    path = shipped("resemblyzer", "pretrained.pt")
    with pytest.raises(rc.KiokuError) as error:
        rc.load_checkpoint(path)
    assert error.value.code == "checkpoint_pickle"
    assert "weights_only=True" in str(error.value)
    assert "save_file" in str(error.value)
    weights = torch.load(path, map_location="cpu", weights_only=True)["model_state"]
    content = save({name: weight.contiguous() for name, weight in weights.items()})
    found = rc.load_checkpoint(content)
    module = found.modules["lstm"]
    assert (type(module), module.input_size, module.hidden_size, module.num_layers) == (nn.LSTM, 40, 256, 3)
    assert {"linear.weight", "linear.bias"} <= set(found.ignored)
    inputs = torch.randn(30, 40)
    trace = rc.record(module, inputs)
    with torch.inference_mode():
        np.testing.assert_allclose(trace.output, module(inputs)[0], atol=1e-6)
    assert trace.parity < 1e-5
    (part,) = open_file("resemblyzer.safetensors", content).parts
    assert (part.prefix, part.layers, part.beyond) == ("lstm", 3, False)


def test_the_names_of_g2p_en_are_another_library_s_and_by_torch_s_they_are_two_networks() -> None:
    path = shipped("g2p_en", "checkpoint20.npz")
    with pytest.raises(rc.KiokuError) as error:
        rc.load_checkpoint(path)
    assert error.value.code == "checkpoint_nothing"
    assert "enc_w_ih" in str(error.value)
    assert "weight_ih_l0" in str(error.value)
    named = {"w_ih": "weight_ih_l0", "w_hh": "weight_hh_l0", "b_ih": "bias_ih_l0", "b_hh": "bias_hh_l0"}
    with np.load(path, allow_pickle=False) as theirs:
        ours = {f"{side}.{named[one]}": theirs[f"{side}_{one}"] for side in ("enc", "dec") for one in named}
        first = theirs["enc_emb"][:9].astype(np.float32)
    file = io.BytesIO()
    np.savez(file, **ours)
    modules = rc.load_checkpoint(file.getvalue()).modules
    assert {prefix: type(module) for prefix, module in modules.items()} == {"enc": nn.GRU, "dec": nn.GRU}
    assert rc.record(modules["enc"], torch.tensor(first)).parity < 1e-5


@pytest.mark.parametrize(("name", "cell", "directions"), [("file:silero", "lstm", 1), ("file:nagisa", "lstm", 2)])
def test_the_networks_that_the_page_offers_are_torch_s(name: str, cell: str, directions: int) -> None:
    file = find_packaged(name)
    (part,), (module,) = file.parts, file.modules
    assert (part.cell, part.directions) == (cell, directions)
    inputs = torch.randn(12, part.inputs, dtype=next(module.parameters()).dtype)
    assert rc.record(module, inputs).parity < 1e-5
