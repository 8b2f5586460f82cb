"""What a reader has opened of their own: in the memory of this session alone, never written, gone when it ends."""

from __future__ import annotations

import ctypes
import gc
from collections import OrderedDict
from contextlib import suppress
from threading import Timer
from typing import TYPE_CHECKING, NamedTuple, TypeVar

import streamlit as st
from streamlit import runtime
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._ui import visitor
from rnn_core import KiokuError

if TYPE_CHECKING:
    from collections.abc import Callable

    from streamlit.runtime.uploaded_file_manager import UploadedFile

    from rnn_core.own.files import OwnFile
    from rnn_core.own.inputs import Inputs

MOST_FILES, MOST_INPUTS = 2, 4
KEY = "kioku_own"
BACK = 125.0  # seconds: as long Streamlit keeps the session of a browser that may come back
Kept = TypeVar("Kept")


class OwnFiles:
    """The files of one reader: the newest few of each kind.

    Attributes:
        files: of weights, by name, the oldest first.
        inputs: files of numbers, by name.
        sequences: what of them was read, one sequence each, by name.
    """

    def __init__(self) -> None:
        self.files: OrderedDict[str, OwnFile] = OrderedDict()
        self.inputs: OrderedDict[str, Inputs] = OrderedDict()
        self.sequences: OrderedDict[str, Inputs] = OrderedDict()

    def keep_file(self, file: OwnFile) -> None:
        """Take in a file of weights; of three, the oldest one goes."""
        _keep(self.files, file.name, file, MOST_FILES)

    def keep_inputs(self, read: Inputs) -> None:
        """Take in a file of numbers."""
        _keep(self.inputs, read.name, read, MOST_INPUTS)

    def keep_sequence(self, read: Inputs) -> str:
        """Take in one sequence; its name."""
        _keep(self.sequences, read.name, read, MOST_INPUTS)
        return read.name

    def find_file(self, name: str) -> OwnFile:
        """A file of weights by its name.

        Raises:
            KiokuError: this reader has not opened it.
        """
        if name not in self.files:
            raise KiokuError("source_file", given=name)
        return self.files[name]

    def find_inputs(self, name: str) -> Inputs:
        """One sequence by its name.

        Raises:
            KiokuError: this reader has not opened the file that it is from.
        """
        if name not in self.sequences:
            raise KiokuError("own_inputs_missing", given=name)
        return self.sequences[name]

    def clear(self) -> None:
        """Let go of everything."""
        self.files.clear()
        self.inputs.clear()
        self.sequences.clear()


def _keep(among: OrderedDict[str, Kept], name: str, one: Kept, most: int) -> None:
    among[name] = one
    among.move_to_end(name)
    while len(among) > most:
        among.popitem(last=False)


def here() -> OwnFiles:
    """What the reader of this session has opened."""
    found: OwnFiles = st.session_state.setdefault(KEY, OwnFiles())
    if runtime.exists() and (found.files or found.inputs):
        _until_the_end(_Left(found, visitor.presence()))
    return found


class _Left(NamedTuple):
    """The files of a reader, and whether their browser is there."""

    files: OwnFiles
    there: Callable[[], bool]

    def let_go(self) -> None:
        """Clear the files of one who is not there, and give their memory back."""
        if not self.there():
            self.files.clear()
            give_back()


def _end(left: _Left) -> None:
    """The browser is gone; where it does not come back, its files go. A session by itself is a circle of objects."""
    waiting = Timer(BACK, left.let_go)
    waiting.daemon = True
    waiting.start()


@st.cache_resource(scope="session", on_release=_end, show_spinner=False)
def _until_the_end(_left: _Left) -> _Left:
    return _left


def give_back() -> None:
    """Collect what nobody holds, and let the C library give free memory back to the machine, where it can."""
    gc.collect()
    with suppress(AttributeError, OSError):  # only GNU's has it
        ctypes.CDLL(None).malloc_trim(0)


def make_room() -> None:
    """Before another file comes in: let go of what those had opened who have left.

    Their sessions are circles of objects, which Python by itself finds late, and however large they are.
    """
    give_back()


def let_go(given: UploadedFile) -> None:
    """Let Streamlit forget a file that has been read: it would keep it until the session ends."""
    context = get_script_run_ctx(suppress_warning=True)
    if context and isinstance(context.uploaded_file_mgr, MemoryUploadedFileManager):
        context.uploaded_file_mgr.remove_file(context.session_id, given.file_id)
