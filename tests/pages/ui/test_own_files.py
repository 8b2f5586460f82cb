from __future__ import annotations

import gc
import threading
import time
import weakref
from types import SimpleNamespace

import pytest
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.uploaded_file_manager import UploadedFileRec

from pages._ui import own_files
from pages._ui.own_files import MOST_FILES, MOST_INPUTS, OwnFiles
from rnn_core import KiokuError
from rnn_core.own.inputs import read_inputs
from tests.rnn_core.own.making import module, opened


def test_the_newest_few_are_kept_and_found_by_name() -> None:
    kept = OwnFiles()
    files = [opened(module(units=units)) for units in range(2, 4 + MOST_FILES)]
    for file in files:
        kept.keep_file(file)
    assert list(kept.files) == [file.name for file in files[-MOST_FILES:]]
    assert kept.find_file(files[-1].name) is files[-1]
    with pytest.raises(KiokuError) as caught:
        kept.find_file(files[0].name)
    assert caught.value.code == "source_file"


def test_numbers_are_kept_with_the_sequences_that_were_read_of_them() -> None:
    kept = OwnFiles()
    read = [read_inputs(f"{place},2\n".encode()) for place in range(MOST_INPUTS + 2)]
    for one in read:
        kept.keep_inputs(one)
        name = kept.keep_sequence(one.sequence())
    assert (len(kept.inputs), len(kept.sequences)) == (MOST_INPUTS, MOST_INPUTS)
    assert kept.find_inputs(name).numbers.tolist() == [[MOST_INPUTS + 1, 2]]
    with pytest.raises(KiokuError) as caught:
        kept.find_inputs("0" * 16)
    assert caught.value.code == "own_inputs_missing"


def test_what_has_been_read_is_not_kept_a_second_time(monkeypatch: pytest.MonkeyPatch) -> None:
    store = MemoryUploadedFileManager("/upload")
    for session in ("mine", "other"):
        store.add_file(session, UploadedFileRec("1", "a.npz", "", b"123"))
    context = SimpleNamespace(uploaded_file_mgr=store, session_id="mine")
    monkeypatch.setattr(own_files, "get_script_run_ctx", lambda **_: context)
    own_files.let_go(SimpleNamespace(file_id="1"))
    assert not store.get_files("mine", ["1"])
    assert store.get_files("other", ["1"])


def test_what_somebody_had_opened_who_has_left_goes_before_the_next_file_comes() -> None:
    session = SimpleNamespace(file=opened(module()))
    session.itself, left = session, weakref.ref(session.file.modules[0])
    gc.disable()
    try:
        del session
        assert left() is not None
        own_files.make_room()
        assert left() is None
    finally:
        gc.enable()


@pytest.mark.parametrize("there", [False, True])
def test_what_a_reader_had_opened_goes_unless_the_browser_comes_back(
    monkeypatch: pytest.MonkeyPatch, there: bool
) -> None:
    gone = threading.Event()
    monkeypatch.setattr(own_files, "BACK", 0.01)
    monkeypatch.setattr(own_files, "give_back", gone.set)
    kept = OwnFiles()
    kept.keep_file(opened(module()))
    kept.keep_inputs(read_inputs(b"1,2\n"))

    def asked() -> bool:
        gone.set()
        return there

    own_files._end(own_files._Left(kept, asked))
    assert gone.wait(5)
    if not there:
        deadline = time.monotonic() + 5
        while kept.inputs and time.monotonic() < deadline:
            time.sleep(0.01)
    assert bool(kept.files) == bool(kept.inputs) == there


def test_free_memory_goes_back_also_where_the_library_cannot(monkeypatch: pytest.MonkeyPatch) -> None:
    own_files.give_back()
    monkeypatch.setattr(own_files.ctypes, "CDLL", lambda _name: SimpleNamespace())
    own_files.give_back()
