"""Numbers of the reader's own: read as they are, bounded, and refused with what is wrong and where."""

from __future__ import annotations

import io
import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from rnn_core import KiokuError
from rnn_core.own.inputs import MOST_NUMBERS, read_inputs
from rnn_core.own.limits import MOST_INPUT_MEGABYTES, MOST_INPUTS, MOST_STEPS


def npz(**arrays: np.ndarray) -> bytes:
    out = io.BytesIO()
    np.savez_compressed(out, **arrays)
    return out.getvalue()


@given(st.lists(st.lists(st.floats(-1e6, 1e6, width=32), min_size=3, max_size=3), min_size=1, max_size=9))
def test_a_table_is_read_as_it_is_written(rows: list[list[float]]) -> None:
    for between, head, end in ((",", "", "\n"), (";", "a;b;c\r\n", "\r\n"), ("\t", "", "\r")):
        written = head + end.join(between.join(map(repr, row)) for row in rows)
        read = read_inputs(written.encode("utf-8-sig"))
        np.testing.assert_array_equal(read.numbers, np.array(rows, dtype=np.float32))
    assert read.sequence().numbers.shape == (len(rows), 3)


def test_a_stored_array_is_read_and_one_of_several_by_its_name() -> None:
    values = np.arange(6, dtype=np.float64).reshape(3, 2)
    for content in (npz(x=values), npz(inputs=values, y=np.zeros(1)), npz(x=values.astype(np.float16))):
        np.testing.assert_array_equal(read_inputs(content).numbers, values)


def test_of_several_sequences_one_is_read_in_either_order() -> None:
    values = np.random.default_rng(0).normal(size=(4, 5, 3)).astype(np.float32)
    read = read_inputs(npz(x=values))
    np.testing.assert_array_equal(read.sequence(2).numbers, values[:, 2])
    np.testing.assert_array_equal(read.sequence(2, batch_first=True).numbers, values[2])
    assert read.sequence(2).name != read.sequence(3).name
    with pytest.raises(KiokuError) as caught:
        read.sequence(5)
    assert caught.value.values == {"given": 6, "last": 5}


def test_more_steps_than_are_read_are_cut_off_quickly() -> None:
    began = time.perf_counter()
    read = read_inputs(b"0.5,1\n" * 1_000_000)
    assert (read.numbers.shape, read.cut, time.perf_counter() - began < 2) == ((MOST_STEPS, 2), True, True)
    assert not read_inputs(b"0.5,1\n" * MOST_STEPS).cut
    long = read_inputs(npz(x=np.zeros((MOST_STEPS + 1, 2), np.float32))).sequence()
    assert (len(long.numbers), long.cut) == (MOST_STEPS, True)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "own_empty"),
        (bytes((MOST_INPUT_MEGABYTES << 20) + 1), "own_large"),
        (b"\xff\xd8\xff\xe0" + bytes(99), "own_inputs_kind"),
        (b"a,b\n", "own_inputs_kind"),
        (b"\n\n", "own_inputs_kind"),
        (b"1,2\n3\n", "own_row"),
        (b"1,2\n3,x\n", "own_text"),
        (b"1,2\n3,\n", "own_text"),
        (b"1,2\n3,1_0\n", "own_text"),
        (b"1,2\n3,nan\n", "own_not_finite"),
        (b"1,1e99\n", "own_not_finite"),
        (",".join(["1"] * (MOST_INPUTS + 1)).encode(), "own_columns"),
        (b"a," * 4_000_000, "own_columns"),
        (npz(x=np.zeros((2, 2), np.int8)), "own_array_kind"),
        (npz(x=np.zeros(3, np.float32)), "own_array_shape"),
        (npz(x=np.zeros((0, 3), np.float32)), "own_array_shape"),
        (npz(x=np.zeros((MOST_NUMBERS, 2), np.float32)), "own_array_shape"),
        (npz(x=np.zeros((2, 2)), y=np.zeros((2, 2))), "own_arrays"),
        (npz(x=np.full((2, 2), np.inf)), "own_not_finite"),
        (b"PK\x03\x04" + bytes(99), "checkpoint_damaged"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, code: str) -> None:
    with pytest.raises(KiokuError) as caught:
        read_inputs(content)
    assert caught.value.code == code


def test_the_place_of_what_is_wrong_is_told() -> None:
    with pytest.raises(KiokuError) as caught:
        read_inputs("語,b\n1,2\n3,=SUM(A1)\n".encode())
    assert caught.value.values == {"row": 3, "column": 2, "given": "=SUM(A1)"}
