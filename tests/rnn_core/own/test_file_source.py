"""Networks of files as a source: exact, the reader's own, and kept by nobody else."""

from __future__ import annotations

import gc
import weakref

import numpy as np
import pytest
import torch
from torch import nn

import rnn_core as rc
from rnn_core import KiokuError
from rnn_core.models import registry, sources
from rnn_core.own.file_source import FileSource, find_opened, numbered
from rnn_core.own.inputs import read_inputs
from rnn_core.own.setup import Setup
from tests.rnn_core.own.making import module, opened


class Files:
    def __init__(self, *files: object, inputs: object = None) -> None:
        self.files = {one.name: one for one in files}
        self.inputs = inputs

    def find_file(self, name: str) -> object:
        if name not in self.files:
            raise KiokuError("source_file", given=name)
        return self.files[name]

    def find_inputs(self, name: str) -> object:
        if self.inputs is None or self.inputs.name != name:
            raise KiokuError("own_inputs_missing", given=name)
        return self.inputs


def given(monkeypatch: pytest.MonkeyPatch, files: Files) -> FileSource:
    source = FileSource(lambda: files)
    monkeypatch.setitem(sources.SOURCES, "file", source)
    return source


def test_a_sentence_is_read_and_every_number_is_what_the_file_computes(monkeypatch: pytest.MonkeyPatch) -> None:
    one = module(nn.GRU, num_layers=2, bidirectional=True)
    file = opened(module(), one)
    source = given(monkeypatch, Files(file))
    name = Setup(file.name, 1, seed=4, words=True).name
    spec = source.describe(name)
    assert (spec.cell, spec.hidden, spec.layers, spec.bidirectional, source.reads(spec)) == ("gru", 5, 2, True, "word")
    trace = rc.run(spec, ("犬", "が", "犬"))
    with torch.inference_mode():
        np.testing.assert_allclose(trace.layers.output, one(torch.tensor(trace.embedding))[0].numpy(), atol=1e-6)
    np.testing.assert_array_equal(trace.embedding[0], trace.embedding[2])
    assert trace.distribution is None
    assert all(token.known for token in trace.tokens)


def test_own_numbers_are_read_by_their_places(monkeypatch: pytest.MonkeyPatch) -> None:
    file, inputs = opened(module()), read_inputs(b"1,2,3\n4,5,6\n").sequence()
    source = given(monkeypatch, Files(file, inputs=inputs))
    spec = source.describe(Setup(file.name, values=inputs.name).name)
    np.testing.assert_array_equal(rc.run(spec, numbered(2)).embedding, [[1, 2, 3], [4, 5, 6]])
    assert source.reads(spec) == "gap"
    with pytest.raises(KiokuError) as caught:
        rc.run(source.describe(Setup(file.name, values="0" * 16).name), ("1",))
    assert caught.value.code == "own_inputs_missing"


def test_in_double_precision_it_stays_so(monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(module().double())
    spec = given(monkeypatch, Files(file)).describe(file.name)
    assert rc.run(spec, ("1", "2")).layers.output.dtype == np.float64


@pytest.mark.parametrize(("part", "code"), [(1, "own_part"), (0, "own_beyond")])
def test_a_part_that_cannot_be_shown_is_refused(monkeypatch: pytest.MonkeyPatch, part: int, code: str) -> None:
    file = opened(module(nn.RNN, 1, 1025))
    with pytest.raises(KiokuError) as caught:
        given(monkeypatch, Files(file)).describe(Setup(file.name, part).name)
    assert caught.value.code == code


def test_another_reader_is_asked_for_the_file_although_it_was_run_before(monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(module())
    spec = given(monkeypatch, Files(file)).describe(file.name)
    rc.run(spec, ("1",))
    source = given(monkeypatch, Files())
    for ask in (
        lambda: source.describe(file.name),
        lambda: rc.run(spec, ("1",)),
        lambda: find_opened(Files(), file.name),
    ):
        with pytest.raises(KiokuError) as caught:
            ask()
        assert caught.value.code == "source_file"


def test_nobody_keeps_a_file_that_its_reader_has_left(monkeypatch: pytest.MonkeyPatch) -> None:
    file = opened(module())
    files = Files(file)
    spec = given(monkeypatch, files).describe(file.name)
    rc.run(spec, ("1",))
    registry.RECURRENT.memoized(spec)
    left = weakref.ref(file.modules[0])
    files.files.clear()
    del file
    gc.collect()
    assert left() is None
