"""`load_checkpoint`: every module comes back as it was saved; what the file can't say is noted; the rest is refused."""

from __future__ import annotations

import io
import pickle
import zipfile
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save
from torch import Tensor, nn

import rnn_core as rc
from rnn_core.messages import text


def npz(weights: dict[str, Tensor]) -> bytes:
    file = io.BytesIO()
    np.savez(file, **{name: weight.numpy() for name, weight in weights.items()})
    return file.getvalue()


def prefixed(weights: dict[str, Tensor], prefix: str) -> dict[str, Tensor]:
    return {f"{prefix}.{name}" if prefix else name: weight for name, weight in weights.items()}


modules = st.builds(
    lambda kind, inputs, hidden, layers, bias, bidirectional, projected, double: kind(
        inputs,
        hidden,
        layers,
        bias=bias,
        bidirectional=bidirectional,
        dtype=torch.float64 if double else torch.float32,
        **({"proj_size": 2} if projected and kind is nn.LSTM and hidden > 2 else {}),
    ),
    st.sampled_from([nn.RNN, nn.LSTM, nn.GRU]),
    st.integers(1, 5),
    st.integers(1, 6),
    st.integers(1, 3),
    st.booleans(),
    st.booleans(),
    st.booleans(),
    st.booleans(),
)


@settings(max_examples=60, deadline=None)
@given(modules, st.sampled_from(["", "lstm", "encoder.layers.0.rnn", "weight_ih", "../x", "‮名前😀"]), st.booleans())
def test_a_module_comes_back_with_every_size_and_bit(module: nn.RNNBase, prefix: str, zipped: bool) -> None:
    weights = prefixed(module.state_dict(), prefix) | {"embedding.weight": torch.full((3, 2), torch.nan)}
    found = rc.load_checkpoint(npz(weights) if zipped else save(weights))
    loaded = found.modules[prefix]
    assert list(found.modules) == [prefix]
    assert found.ignored == ("embedding.weight",)
    for field in ("mode", "input_size", "hidden_size", "num_layers", "bias", "bidirectional", "proj_size"):
        assert getattr(loaded, field) == getattr(module, field), field
    inputs = torch.randn(4, module.input_size, dtype=module.weight_ih_l0.dtype)
    with torch.inference_mode():
        assert torch.equal(loaded(inputs)[0], module(inputs)[0])
    assert rc.record(loaded, inputs).parity < 1e-5


def test_a_cell_is_a_layer_of_its_own() -> None:
    cell = nn.LSTMCell(3, 4)
    loaded = rc.load_checkpoint(save(prefixed(cell.state_dict(), "lstm_cell"))).modules["lstm_cell"]
    x = torch.randn(3)
    with torch.inference_mode():
        assert torch.allclose(loaded(x[None])[0][0], cell(x)[0])


def test_several_modules_of_one_file() -> None:
    one, other = nn.GRU(2, 3), nn.LSTM(3, 3, 2)
    found = rc.load_checkpoint(save(prefixed(one.state_dict(), "encoder") | prefixed(other.state_dict(), "decoder.l")))
    assert {prefix: type(module) for prefix, module in found.modules.items()} == {
        "encoder": nn.GRU,
        "decoder.l": nn.LSTM,
    }
    assert (found.notes, found.ignored) == ((), ())


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_becomes_float32_and_is_noted(dtype: torch.dtype) -> None:
    module = nn.GRU(2, 3).to(dtype)
    found = rc.load_checkpoint(save(module.state_dict()))
    loaded = found.modules[""]
    assert all(torch.equal(weight, module.state_dict()[name].float()) for name, weight in loaded.state_dict().items())
    assert [note.code for note in found.notes] == ["half"]


def test_the_nonlinearity_of_an_rnn_is_noted_in_both_languages() -> None:
    (note,) = rc.load_checkpoint(save(nn.RNN(2, 3, nonlinearity="relu").state_dict())).notes
    assert "relu" in note
    assert note.said("ja") == text("checkpoint.nonlinearity", "ja", prefix="/")
    assert pickle.loads(pickle.dumps(note)).said("ja") == note.said("ja")


def test_numbers_in_fortran_order_and_the_other_byte_order_are_read_as_they_are() -> None:
    module, file = nn.GRU(2, 3), io.BytesIO()
    np.savez_compressed(file, **{k: np.asfortranarray(v.numpy().astype(">f4")) for k, v in module.state_dict().items()})
    loaded = rc.load_checkpoint(file.getvalue()).modules[""].state_dict()
    assert all(torch.equal(loaded[name], weight) for name, weight in module.state_dict().items())


def test_a_path_is_read_as_its_bytes_are(tmp_path: Path) -> None:
    path = tmp_path / "名前.safetensors"
    path.write_bytes(save(nn.GRU(2, 3).state_dict()))
    assert list(rc.load_checkpoint(path).modules) == list(rc.load_checkpoint(str(path)).modules) == [""]
    assert list(rc.load_checkpoint(memoryview(path.read_bytes())).modules) == [""]


def test_what_is_no_recurrent_weight_may_be_anything() -> None:
    weights = nn.LSTM(2, 3).state_dict() | {"codes": torch.ones(2, dtype=torch.int8), "none": torch.ones(0, 5)}
    assert sorted(rc.load_checkpoint(save(weights)).ignored) == ["codes", "none"]


GRU = nn.GRU(2, 3, 2).state_dict()
WHOLE = save(GRU)


def without(name: str) -> bytes:
    return save({key: weight for key, weight in GRU.items() if key != name})


def replaced(name: str, weight: Tensor) -> bytes:
    return save(GRU | {name: weight})


def header(described: bytes, data: bytes = b"") -> bytes:
    return len(described).to_bytes(8, "little") + described + data


def torch_file(*, old: bool) -> bytes:
    file = io.BytesIO()
    torch.save(GRU, file, _use_new_zipfile_serialization=not old)
    return file.getvalue()


def bomb() -> bytes:
    """An .npz of a few bytes that says it is a terabyte."""
    file = io.BytesIO()
    np.lib.format.write_array_header_1_0(file, {"descr": "<f4", "fortran_order": False, "shape": (1 << 20, 1 << 20)})
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("weight_ih_l0.npy", file.getvalue())
    return out.getvalue()


def zeros(megabytes: int) -> bytes:
    """An .npz that is a thousand times larger once it is unpacked."""
    file = io.BytesIO()
    np.savez_compressed(file, a=np.zeros(megabytes << 18, np.float32), **{k: v.numpy() for k, v in GRU.items()})
    return file.getvalue()


LIES = b'{"weight_ih_l0":{"dtype":"F32","shape":[1000000,1000000],"data_offsets":[0,8]}}'
WRONG = {
    "nothing": (b"", "checkpoint_kind"),
    "a picture": (b"\xff\xd8\xff\xe0\0\x10JFIF" * 100, "checkpoint_kind"),
    "text": (b"date,value\n2026-01-01,1\n" * 100, "checkpoint_kind"),
    "a pickle of today": (torch_file(old=False), "checkpoint_pickle"),
    "a pickle of yore": (torch_file(old=True), "checkpoint_pickle"),
    "a plain pickle": (pickle.dumps({"weight_ih_l0": 1}), "checkpoint_pickle"),
    "a number": (7, "checkpoint_source"),
    "no such file": ("/nowhere/model.safetensors", "checkpoint_missing"),
    "a folder": ("/", "checkpoint_missing"),
    "a name with a zero": ("a\0b", "checkpoint_missing"),
    "a header longer than the file": (header(b"{}")[:-1], "checkpoint_damaged"),
    "a huge header": (header(b"{" + b" " * (9 << 20)), "checkpoint_header"),
    "a header of nested lists": (header(b'{"a":' + b"[" * 100_000), "checkpoint_damaged"),
    "sizes that lie": (header(LIES, b"\0" * 8), "checkpoint_damaged"),
    "negative sizes": (header(LIES.replace(b"1000000", b"-1"), b"\0" * 8), "checkpoint_damaged"),
    "true for a size": (header(LIES.replace(b"[1000000,1000000]", b"[true,2]"), b"\0" * 8), "checkpoint_damaged"),
    "an entry that is a list": (header(b'{"weight_ih_l0":[]}'), "checkpoint_damaged"),
    "more at the end": (WHOLE + b"\0", "checkpoint_damaged"),
    "an npz that says it is a terabyte": (bomb(), "checkpoint_damaged"),
    "other weights": (save({"fc.weight": torch.ones(2, 2)}), "checkpoint_nothing"),
    "without a weight": (without("weight_hh_l1"), "checkpoint_lacks"),
    "without the first": (without("weight_ih_l0"), "checkpoint_lacks"),
    "without one bias": (without("bias_hh_l1"), "checkpoint_lacks"),
    "a layer left out": (save({k.replace("l1", "l2"): v for k, v in GRU.items()}), "checkpoint_lacks"),
    "too many layers": (save(GRU | {"weight_ih_l9999": torch.ones(1)}), "checkpoint_layers"),
    "a bias of another size": (replaced("bias_ih_l0", torch.ones(8)), "checkpoint_shape"),
    "five blocks": (replaced("weight_ih_l0", torch.ones(15, 2)), "checkpoint_shape"),
    "a weight of three dimensions": (replaced("weight_hh_l0", torch.ones(9, 3, 1)), "checkpoint_shape"),
    "no units": (replaced("weight_hh_l0", torch.ones(9, 0)), "checkpoint_shape"),
    "whole numbers": (replaced("weight_hh_l1", torch.ones(9, 3, dtype=torch.int8)), "checkpoint_dtype"),
    "nan": (replaced("weight_hh_l1", torch.full((9, 3), torch.nan)), "checkpoint_not_finite"),
    "a cell beside a layer": (save(GRU | {"weight_ih": torch.ones(9, 2)}), "checkpoint_twice"),
}


@pytest.mark.parametrize("case", WRONG)
def test_what_cannot_be_loaded_is_refused_with_what_to_do(case: str) -> None:
    given_, code = WRONG[case]
    with pytest.raises(rc.KiokuError) as error:
        rc.load_checkpoint(given_)  # type: ignore[arg-type]
    assert error.value.code == code


def test_what_unpacks_to_much_is_not_unpacked_where_it_is_not_needed() -> None:
    assert rc.load_checkpoint(zeros(64)).ignored == ("a",)


def test_more_recurrent_weights_than_can_be_kept_are_refused_unread() -> None:
    with pytest.raises(rc.KiokuError) as error:
        rc.load_checkpoint(WHOLE, most=100)
    assert error.value.code == "checkpoint_size"


@pytest.mark.parametrize("whole", [WHOLE, npz(GRU)], ids=["safetensors", "npz"])
@settings(max_examples=150, deadline=None)
@given(cut=st.floats(0, 1, exclude_max=True))
def test_a_file_that_is_cut_off_anywhere_is_refused(whole: bytes, cut: float) -> None:
    with pytest.raises(rc.KiokuError):
        rc.load_checkpoint(whole[: int(cut * len(whole))])


@pytest.mark.parametrize("whole", [WHOLE, npz(GRU)], ids=["safetensors", "npz"])
@settings(max_examples=150, deadline=None)
@given(place=st.floats(0, 1, exclude_max=True), new=st.integers(0, 255))
def test_a_file_with_another_byte_loads_or_is_refused(whole: bytes, place: float, new: int) -> None:
    damaged = bytearray(whole)
    damaged[int(place * len(whole))] = new
    try:
        loaded = rc.load_checkpoint(damaged).modules[""]
    except rc.KiokuError:
        return
    assert isinstance(loaded, nn.RNNBase)
