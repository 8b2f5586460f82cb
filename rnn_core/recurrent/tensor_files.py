"""What tensors a file holds and how large they are, known before any of them is read: safetensors, and numpy's `.npz`.

Nothing is executed, whatever the file is: no pickle is ever opened. Sizes that a file states are compared with its
length and with the limits below before memory is taken for them.
"""

from __future__ import annotations

import io
import json
import math
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, TypeAlias, TypeGuard

import numpy as np
import torch
from torch import Tensor

from rnn_core.errors import KiokuError

Source: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview"

MOST_HEADER = 8 << 20  # bytes in which a file describes its tensors: some 60,000 of them
MOST_MEMBERS = 20_000  # of an .npz
LENGTH = 8  # bytes at the head of a safetensors file that say how long its description is
ZIP, PICKLE = b"PK\x03\x04", b"\x80"
DTYPES = {"F64": torch.float64, "F32": torch.float32, "F16": torch.float16, "BF16": torch.bfloat16}
NUMPY = {"f8": "F64", "f4": "F32", "f2": "F16"}  # numpy's kinds and sizes, by the names of safetensors
BYTES = {"F64": 8, "F32": 4, "F16": 2, "BF16": 2}


@dataclass(frozen=True)
class StoredTensor:
    """One tensor of a file, not read yet.

    Attributes:
        shape: its sizes, as the file states them.
        dtype: of what kind its numbers are, in the words of safetensors ("F32"); whatever the file says.
        read: gives its numbers; only for kinds that `DTYPES` has.
    """

    shape: tuple[int, ...]
    dtype: str
    read: Callable[[], Tensor]

    @property
    def size(self) -> int:
        """How many numbers it has."""
        return math.prod(self.shape)


@contextmanager
def open_tensors(source: Source) -> Iterator[Mapping[str, StoredTensor]]:
    """The tensors of a file by name; they can be read until it is closed.

    Args:
        source: the path of a `.safetensors` or `.npz` file, or its bytes; the contents decide which it is.

    Raises:
        KiokuError: there is no such file, it is empty, damaged, too large or of another kind.
    """
    if isinstance(source, (bytes, bytearray, memoryview)):
        yield _tensors(io.BytesIO(source), len(source))
        return
    if not isinstance(source, (str, os.PathLike)):
        raise KiokuError("checkpoint_source", given=type(source).__name__)
    try:
        file = open(source, "rb")  # noqa: SIM115  # closed below; what fails here has a message of its own
    except (OSError, ValueError):
        raise KiokuError("checkpoint_missing", path=os.fspath(source)) from None
    with file:
        yield _tensors(file, os.fstat(file.fileno()).st_size)


def _tensors(file: BinaryIO, length: int) -> Mapping[str, StoredTensor]:
    begin = file.read(LENGTH + 1)
    if begin.startswith(ZIP):
        return _npz(file)
    if begin[LENGTH:] != b"{":  # of torch's files, those of before 1.6 are a bare pickle
        raise KiokuError("checkpoint_pickle" if begin.startswith(PICKLE) else "checkpoint_kind")
    return _safetensors(file, int.from_bytes(begin[:LENGTH], "little"), length - LENGTH)


def _safetensors(file: BinaryIO, described: int, room: int) -> Mapping[str, StoredTensor]:
    """Eight bytes with the length of the description, the description as JSON, then the numbers."""
    if described > room:
        raise KiokuError("checkpoint_damaged")
    if described > MOST_HEADER:
        raise KiokuError("checkpoint_header", given=described, most=MOST_HEADER)
    file.seek(LENGTH)
    header, room = _header(file.read(described)), room - described
    header.pop("__metadata__", None)
    places = {name: _place(entry, room) for name, entry in header.items()}
    if max((end for *_, end in places.values()), default=0) != room:
        raise KiokuError("checkpoint_damaged")
    return {name: _stored(file, LENGTH + described, *place) for name, place in places.items()}


def _header(raw: bytes) -> dict[str, dict[str, object]]:
    try:
        header = json.loads(raw)
    except (ValueError, RecursionError):
        raise KiokuError("checkpoint_damaged") from None
    if not all(isinstance(entry, dict) for entry in header.values()):
        raise KiokuError("checkpoint_damaged")
    return dict(header)


def _place(entry: Mapping[str, object], room: int) -> tuple[str, list[int], int, int]:
    """Kind, sizes, and where the numbers begin and end in the `room` after the description."""
    dtype, shape, offsets = (entry.get(key) for key in ("dtype", "shape", "data_offsets"))
    if not (isinstance(dtype, str) and _whole(shape) and _whole(offsets) and len(offsets) == 2):
        raise KiokuError("checkpoint_damaged")
    begin, end = offsets
    if not begin <= end <= room or (dtype in BYTES and end - begin != math.prod(shape) * BYTES[dtype]):
        raise KiokuError("checkpoint_damaged")
    return dtype, shape, begin, end


def _stored(file: BinaryIO, first: int, dtype: str, shape: list[int], begin: int, end: int) -> StoredTensor:
    def read() -> Tensor:
        file.seek(first + begin)
        raw = bytearray(file.read(end - begin))
        return torch.frombuffer(raw, dtype=DTYPES[dtype]).reshape(shape) if raw else torch.empty(shape)

    return StoredTensor(tuple(shape), dtype, read)


def _whole(given: object) -> TypeGuard[list[int]]:
    """Whether it is a list of whole numbers ≥ 0."""
    return isinstance(given, list) and all(type(one) is int and one >= 0 for one in given)


def _npz(file: BinaryIO) -> Mapping[str, StoredTensor]:
    """A zip of `.npy` files. One with a pickle in it is what `torch.save` writes."""
    try:
        archive = zipfile.ZipFile(file)
        members = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise KiokuError("checkpoint_damaged") from None
    if any(member.filename.endswith(("data.pkl", ".pkl")) for member in members):
        raise KiokuError("checkpoint_pickle")
    arrays = [member for member in members if member.filename.endswith(".npy")]
    if not arrays:
        raise KiokuError("checkpoint_kind")
    if len(members) > MOST_MEMBERS:
        raise KiokuError("checkpoint_header", given=len(members), most=MOST_MEMBERS)
    return {member.filename.removesuffix(".npy"): _member(archive, member) for member in arrays}


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> StoredTensor:
    with _damage(), archive.open(member) as opened:
        version = np.lib.format.read_magic(opened)
        read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
        shape, columns_first, kind = read_header.get(version, np.lib.format.read_array_header_2_0)(opened)
        begin = opened.tell()
    dtype = NUMPY.get(kind.str[1:], str(kind))
    if dtype in BYTES and member.file_size != begin + math.prod(shape) * BYTES[dtype]:
        raise KiokuError("checkpoint_damaged")

    def read() -> Tensor:
        with _damage(), archive.open(member) as opened:
            opened.read(begin)
            flat = np.frombuffer(opened.read(member.file_size), kind)
        ordered = flat.reshape(shape, order="F" if columns_first else "C")
        return torch.from_numpy(ordered.astype(kind.newbyteorder("="), order="C"))

    return StoredTensor(tuple(shape), dtype, read)


@contextmanager
def _damage() -> Iterator[None]:
    """What a damaged member raises, as our own error."""
    try:
        yield
    except (
        zipfile.BadZipFile,
        OSError,
        ValueError,
        RuntimeError,
        NotImplementedError,
        EOFError,
        SyntaxError,
        zlib.error,
    ):
        raise KiokuError("checkpoint_damaged") from None
