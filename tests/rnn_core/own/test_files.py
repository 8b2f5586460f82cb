"""A file of the reader's own: what is in it is told, and whatever it is, it costs little and nothing is executed."""

from __future__ import annotations

import hashlib
import io
import json
import pickle
import struct
import time
import zipfile
from contextlib import suppress

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st
from safetensors.torch import save
from torch import nn

from rnn_core import KiokuError
from rnn_core.own.files import open_file
from rnn_core.own.limits import MOST_MEGABYTES, MOST_UNITS
from tests.rnn_core.own.making import module, opened, packed, stored

SECONDS = 2


def test_every_module_is_told_with_its_kind_and_sizes() -> None:
    both = module(nn.GRU, 4, 6, num_layers=2, bidirectional=True)
    file = opened(both, module(nn.LSTM, 3, 5, proj_size=2), module(nn.RNN), ignored=3)
    assert [(part.prefix, part.cell, part.inputs, part.units, part.layers) for part in file.parts] == [
        ("a", "gru", 4, 6, 2),
        ("b", "lstm", 3, 5, 1),
        ("c", "rnn", 3, 5, 1),
    ]
    assert [(part.directions, part.state) for part in file.parts] == [(2, 6), (1, 2), (1, 5)]
    assert file.parts[0].parameters == sum(weight.numel() for weight in both.parameters())
    assert (len(file.ignored), [note.code for note in file.notes]) == (3, ["nonlinearity"])


def test_a_file_is_called_after_what_is_in_it() -> None:
    content = packed(module())
    one, other = open_file("a.safetensors", content), open_file("b.safetensors", content)
    assert one.name == other.name == f"file:{hashlib.sha256(content).hexdigest()}"
    assert open_file("a.safetensors", packed(module(nn.GRU))).name != one.name


@pytest.mark.parametrize(
    ("called", "kept"),
    [("../../etc/passwd", "passwd"), ("C:\\x\\me.npz", "me.npz"), ("\u202egpj.exe", "gpj.exe"), ("🧠.npz", "🧠.npz")],
)
def test_of_a_name_only_what_can_be_read_is_kept(called: str, kept: str) -> None:
    assert open_file(called, packed(module())).title == kept
    assert len(open_file("x" * 999, packed(module())).title) < 100


def test_a_modules_name_stays_whole_and_is_shown_without_what_has_no_shape() -> None:
    prefix = "\u202eencoder." + "x" * 99
    (part,) = open_file("x", save(stored(module(), f"{prefix}."))).parts
    assert part.prefix == prefix
    assert part.called.startswith("encoder.x")
    assert len(part.called) < 90


def test_what_is_too_large_to_be_shown_is_told_and_refused_when_it_is_chosen() -> None:
    file = opened(module(nn.RNN, 1, MOST_UNITS + 1), module(nn.RNN, 1, 2, num_layers=5), module())
    assert [part.beyond for part in file.parts] == [True, True, False]
    for place, code in ((0, "own_beyond"), (1, "own_beyond"), (3, "own_part"), (-1, "own_part")):
        with pytest.raises(KiokuError) as caught:
            file.part(place)
        assert caught.value.code == code
    assert file.part(2).cell == "lstm"


def bomb() -> bytes:
    """A zip that says of itself what it is, and would be 600 MB."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        head = io.BytesIO()
        np.lib.format.write_array_header_1_0(head, {"descr": "<f4", "fortran_order": False, "shape": (4 * 6000, 6000)})
        with archive.open("weight_hh_l0.npy", "w") as member:
            member.write(head.getvalue())
            for _ in range(600):
                member.write(bytes(1 << 20))
    return out.getvalue()


def described(entry: bytes) -> bytes:
    """A safetensors file with this one entry, and eight bytes of numbers."""
    header = b'{"weight_ih_l0":{"dtype":"F32",' + entry + b"}}"
    return len(header).to_bytes(8, "little") + header + bytes(8)


def contents(members: int) -> bytes:
    """A zip that is nothing but its table of contents."""
    entries = struct.pack("<4s4B4HL2L5H2L", b"PK\1\2", 20, 0, 20, *[0] * 15)
    entries *= members
    begin = b"PK\x03\x04" + bytes(26)
    more = struct.pack("<4sQ2H2L4Q", b"PK\6\6", 44, 45, 45, 0, 0, members, members, len(entries), len(begin))
    place = struct.pack("<4sLQL", b"PK\6\7", 0, len(begin + entries), 1)
    return begin + entries + more + place + struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, *[0xFFFF] * 2, *[2**32 - 1] * 2, 0)


def zipped(array: bytes, packing: int = zipfile.ZIP_STORED) -> bytes:
    """An .npz whose first weight is this."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", packing) as archive:
        for name in ("weight_ih_l0", "weight_hh_l0"):
            archive.writestr(f"{name}.npy", array)
    return out.getvalue()


def array(shape: str) -> bytes:
    """An .npy of six numbers with these sizes."""
    told = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}".ljust(117) + "\n"
    return b"\x93NUMPY\1\0" + len(told).to_bytes(2, "little") + told.encode() + bytes(24)


def many(modules: int) -> bytes:
    """A file of so many modules of one unit, all of the same numbers."""
    shapes = {"weight_ih": [4, 1], "weight_hh": [4, 1], "bias_ih": [4], "bias_hh": [4]}
    entries = {
        f"{at}.{name}": {"dtype": "F32", "shape": shape, "data_offsets": [0, 16]}
        for at in range(modules)
        for name, shape in shapes.items()
    }
    header = json.dumps(entries).encode()
    return len(header).to_bytes(8, "little") + header + bytes(16)


def spoilt() -> dict[str, bytes]:
    whole = packed(module())
    bad = stored(module())
    header = int.from_bytes(whole[:8], "little")
    return {
        "own_empty": b"",
        "own_large": bytes((MOST_MEGABYTES << 20) + 1),
        "checkpoint_damaged": whole[: len(whole) // 2],
        "checkpoint_damaged ": whole[: 8 + header],
        "checkpoint_damaged  ": (100 << 20).to_bytes(8, "little") + b"{" + bytes(100),
        "checkpoint_not_finite": save(bad | {"weight_hh_l0": torch.full((20, 5), torch.nan)}),
        "checkpoint_shape": save(bad | {"weight_hh_l0": torch.zeros(20, 6)}),
        "checkpoint_dtype": save({name: weight.to(torch.int8) for name, weight in bad.items()}),
        "checkpoint_nothing": save({f"t{at}": torch.zeros(1) for at in range(10_000)}),
        "checkpoint_pickle": pickle.dumps({"weight_hh_l0": 1}) + bytes(9),
        "checkpoint_kind": b"\xff\xd8\xff\xe0" + bytes(200),
        "checkpoint_damaged   ": b"PK\x03\x04" + bytes(200),
        "checkpoint_damaged    ": described(b'"data_offsets":[0,8],"shape":[' + b"9," * 400_000 + b"9]"),
        "checkpoint_damaged     ": zipped(array("(-2, -3)")),
        "checkpoint_tensors": many(2500),
        "checkpoint_name": save({"x" * (1 << 20) + ".weight_hh": torch.zeros(1)}),
        "checkpoint_header": contents(1_000_000),
        "checkpoint_packed": zipped(array("(2, 3)"), zipfile.ZIP_LZMA),
    }


SPOILT = spoilt()


@pytest.mark.parametrize("code", SPOILT)
def test_a_bad_file_is_a_sentence_within_two_seconds(code: str) -> None:
    began = time.thread_time()
    with pytest.raises(KiokuError) as caught:
        open_file("model.safetensors", SPOILT[code])
    assert (caught.value.code, time.thread_time() - began < SECONDS) == (code.strip(), True)
    assert len(caught.value.text("ja")) < 400


def test_a_zip_that_unpacks_to_more_than_is_read_is_not_unpacked() -> None:
    content = bomb()
    began = time.thread_time()
    with pytest.raises(KiokuError) as caught:
        open_file("bomb.npz", content)
    assert caught.value.code in ("checkpoint_size", "checkpoint_lacks", "checkpoint_damaged")
    assert time.thread_time() - began < SECONDS


@pytest.mark.parametrize("dtype", [torch.float16, torch.bfloat16])
def test_half_precision_is_opened_and_noted(dtype: torch.dtype) -> None:
    file = open_file("half.safetensors", save({name: one.to(dtype) for name, one in stored(module()).items()}))
    assert [note.code for note in file.notes] == ["half"]
    assert file.modules[0].weight_hh_l0.dtype == torch.float32


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(0, 255)), min_size=1, max_size=8), st.floats(0, 1))
@settings(max_examples=100)
def test_whatever_becomes_of_a_file_it_opens_or_is_refused(changes: list[tuple[float, int]], rest: float) -> None:
    for whole in WHOLE:
        spoilt = bytearray(whole)
        for place, value in changes:
            spoilt[int(place * (len(spoilt) - 1))] = value
        for content in (bytes(spoilt), bytes(spoilt[: int(rest * len(spoilt))])):
            with suppress(KiokuError):
                open_file("own", content)


def npz() -> bytes:
    out = io.BytesIO()
    np.savez(out, **{name: weight.numpy() for name, weight in stored(module(inputs=1, units=2)).items()})
    return out.getvalue()


WHOLE = (packed(module(inputs=1, units=2)), npz())
