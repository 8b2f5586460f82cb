"""What an object takes: exact for arrays, in the right order of magnitude for the rest."""

from __future__ import annotations

import tracemalloc

import numpy as np
import pytest
import torch

import rnn_core as rc
from pages._ui.memory import size_of
from rnn_core import figures


def total(value: object) -> int:
    size = size_of(value)
    return size.own + sum(size.buffers.values())


def test_arrays_count_exactly_and_once() -> None:
    values = np.zeros((100, 10), np.float32)
    size = size_of([values, {"part": values[:3], "turned": values.T}, (values,)])
    assert list(size.buffers.values()) == [4000]


def test_a_tensor_and_its_array_share_their_memory_or_count_alone() -> None:
    weights = torch.zeros(1000)
    assert list(size_of(torch.nn.Linear(10, 10)).buffers.values()) == [40, 400]
    assert list(size_of([weights, weights[:5]]).buffers.values()) == [4000]


@pytest.mark.parametrize(
    "make",
    [
        lambda: tuple(f"word {number}" for number in range(5000)),
        lambda: {f"word {number}": (number, float(number)) for number in range(3000)},
        lambda: [[float(row * column) for column in range(200)] for row in range(200)],
        lambda: "あ" * 100_000,
        lambda: b"0" * 100_000,
    ],
)
def test_the_rest_counts_about_what_python_takes(make: object) -> None:
    tracemalloc.start()
    value = make()  # type: ignore[operator]  # a function
    taken = tracemalloc.get_traced_memory()[0]
    tracemalloc.stop()
    assert taken / 2 < total(value) < taken * 2


def test_a_trace_counts_all_its_arrays() -> None:
    trace = rc.run(rc.ModelSpec(cell="lstm", hidden=16, weights="fresh"), ["犬", "が"] * 20)
    arrays = [trace.embedding, trace.distribution, trace.layers.output, *trace.layer().values()]
    assert total(trace) > sum(array.nbytes for array in arrays) * 0.9


def test_a_picture_counts_its_arrays_and_its_json() -> None:
    trace = rc.run(rc.ModelSpec(cell="gru", hidden=64, weights="fresh"), ["犬", "が"] * 30)
    tokens = tuple(token.text for token in trace.tokens)
    drawn = figures.heatmap(trace.layer(), "hidden_state", tokens, glosses=("",) * 60, lang="en", theme=figures.Theme())
    values = 60 * 64 * 4
    assert values * 2 < total(drawn) < values * 30


def test_what_points_at_itself_ends() -> None:
    loop: list[object] = []
    loop.append(loop)
    assert total(loop) < 1000
