"""Files that visitors hand in: what may come, how much of it, and that it stays in memory.

Streamlit takes a file for every session that is open, any number of them. Here one is taken only while the visitor's
page has a field for it, and no larger than that field says; a visitor's oldest files give way to new ones, and all
visitors together have a bound.
"""

from __future__ import annotations

import re
from contextlib import contextmanager
from typing import TYPE_CHECKING, NamedTuple, cast
from weakref import WeakValueDictionary

import streamlit as st
from starlette.datastructures import Headers
from starlette.formparsers import MultiPartParser
from streamlit import config, runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from pages._ui.base_path import below_base

if TYPE_CHECKING:
    from collections.abc import Iterator

    from starlette.types import Scope
    from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
    from streamlit.runtime.uploaded_file_manager import UploadedFileRec

METHODS = ("PUT", "DELETE", "OPTIONS")
MIB = 2**20
VISITOR = 160 * MIB  # of one visitor: two of the largest files
FILES = 8
ALL = 512 * MIB  # of all visitors of this process
AT_ONCE = 2  # on their way from one visitor
FORM = 4096  # bytes that stand around a file in the form that it comes in
NAME = r"([0-9A-Za-z-]{1,64})"
KEY = "kioku_fields"


class Place(NamedTuple):
    """Where a file goes: whose it is, and its name there."""

    session: str
    file: str


class Refusal(NamedTuple):
    """Why a request is refused: the status, and the message that says what to do."""

    status: int
    reason: str


class Fields:
    """What a visitor's page asks for: bytes of the largest file, by the last whole run, and by the one under way."""

    def __init__(self) -> None:
        self.most, self.drawn = 0, 0


_fields: WeakValueDictionary[str, Fields] = WeakValueDictionary()  # each is held by its session
_coming: dict[Place, int] = {}  # bytes that were let in and are not stored yet; only the event loop writes here


def keep_in_memory() -> None:
    """Let no file touch the disk on its way: what is larger than this the form's parser would write to one."""
    MultiPartParser.spool_max_size = largest()


def largest() -> int:
    """Bytes of the largest file, and of the form around it."""
    return int(config.get_option("server.maxUploadSize")) * MIB


def take(megabytes: int) -> None:
    """Take a file of at most so many MiB from this visitor, for as long as the page says so in each of its runs."""
    context = get_script_run_ctx(suppress_warning=True)
    if context is None:
        return
    fields = _fields[context.session_id] = st.session_state.setdefault(KEY, Fields())
    fields.drawn = max(fields.drawn, megabytes * MIB)
    fields.most = max(fields.most, fields.drawn)


@contextmanager
def page_drawn() -> Iterator[None]:
    """The whole of a page's run: what it has no field for any more is not taken after it."""
    context = get_script_run_ctx(suppress_warning=True)
    fields = _fields.get(context.session_id) if context else None
    if fields is None:
        yield
        return
    fields.drawn = 0
    yield
    fields.most = fields.drawn  # of a run that is broken off, nothing is known


def place(path: str) -> Place | None:
    """What a path names, where a file can be handed in there.

    Example:
        >>> place("/_stcore/upload_file/visit/file-1")
        Place(session='visit', file='file-1')
        >>> place("/_stcore/upload_file/visit/../file"), place("/cell/_stcore/upload_file/visit/file")
        (None, None)
    """
    below = re.escape(below_base())
    found = re.fullmatch(f"{below}/_stcore/upload_file/{NAME}/{NAME}", path, re.ASCII)
    return Place(*found.groups()) if found else None


def refused(scope: Scope, where: Place) -> Refusal | None:
    """Why nothing is taken in, or taken back, here; None where it may be."""
    if scope["method"] not in METHODS:
        return Refusal(405, "serving.unused")
    if not runtime.exists() or not runtime.get_instance().is_active_session(where.session):
        return Refusal(404, "serving.unused")
    if scope["method"] != "PUT":
        return None
    fields = _fields.get(where.session)
    if fields is None or not fields.most:
        return Refusal(404, "serving.unused")
    return _too_much(where, Headers(scope=scope).get("content-length", ""), min(fields.most + FORM, largest()))


@contextmanager
def coming(scope: Scope, where: Place | None) -> Iterator[None]:
    """While a file that was not refused comes in: its bytes are counted from its first to its last."""
    if where is None or scope["method"] != "PUT":
        yield
        return
    _coming[where] = int(Headers(scope=scope)["content-length"])
    try:
        yield
    finally:
        del _coming[where]


def _too_much(where: Place, length: str, most: int) -> Refusal | None:
    """Why a file of this length finds no room; what the visitor had longest goes for it."""
    if not (length.isascii() and length.isdecimal()):
        return Refusal(411, "serving.upload.length")
    size = int(length[:20])
    if size > most:
        return Refusal(413, "serving.upload.size")
    underway = {one: bytes_ for one, bytes_ in _coming.items() if one.session == where.session}
    if where in underway or len(underway) >= AT_ONCE:
        return Refusal(503, "serving.upload.full")
    _make_room(where.session, size + sum(underway.values()), 1 + len(underway))
    held = sum(len(file.data) for files in tuple(_stored().values()) for file in tuple(files.values()))
    return Refusal(503, "serving.upload.full") if held + sum(_coming.values()) + size > ALL else None


def _make_room(session: str, size: int, count: int) -> None:
    """Let the oldest files of a visitor go until this many bytes and files more are within what one may have."""
    files = [(name, len(file.data)) for name, file in _stored().get(session, {}).items()]
    while files and (size + sum(length for _, length in files) > VISITOR or count + len(files) > FILES):
        name, _ = files.pop(0)
        _store().remove_file(session, name)


def _stored() -> dict[str, dict[str, UploadedFileRec]]:
    """What Streamlit holds, by visitor and name, the oldest first."""
    return _store().file_storage


def _store() -> MemoryUploadedFileManager:
    """Where Streamlit holds files; it has no other kind of store."""
    return cast("MemoryUploadedFileManager", runtime.get_instance().uploaded_file_mgr)
