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
from functools import partial
from typing import BinaryIO, Generic, TypeAlias, TypeGuard, TypeVar, cast

import numpy as np
import torch
from torch import Tensor

from rnn_core.errors import KiokuError

Source: TypeAlias = "str | os.PathLike[str] | bytes | bytearray | memoryview"
Place = TypeVar("Place")

MOST_HEADER = 4 << 20  # bytes in which a file describes its tensors: some 40,000 of them
MOST_MEMBERS = 20_000  # of an .npz
MOST_AXES, LARGEST = 64, 1 << 62  # of one tensor: as many axes as numpy has, and the longest of them
PACKED = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)  # as numpy writes an .npz; other ways take more to unpack
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


class Described(Mapping[str, StoredTensor], Generic[Place]):
    """The tensors of a file by name, each described when it is asked for.

    Args:
        places: where each stands.
        describe: makes of such a place the tensor.
    """

    def __init__(self, places: Mapping[str, Place], describe: Callable[[Place], StoredTensor]) -> None:
        self._places, self._describe = places, describe

    def __getitem__(self, name: str) -> StoredTensor:
        return self._describe(self._places[name])

    def __iter__(self) -> Iterator[str]:
        return iter(self._places)

    def __len__(self) -> int:
        return len(self._places)


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
    return Described(places, partial(_stored, file, LENGTH + described))


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
    if not (isinstance(dtype, str) and _sizes(shape) and _sizes(offsets) and len(offsets) == 2):
        raise KiokuError("checkpoint_damaged")
    begin, end = offsets
    if not begin <= end <= room or (dtype in BYTES and end - begin != math.prod(shape) * BYTES[dtype]):
        raise KiokuError("checkpoint_damaged")
    return dtype, shape, begin, end


def _stored(file: BinaryIO, first: int, place: tuple[str, list[int], int, int]) -> StoredTensor:
    dtype, shape, begin, end = place

    def read() -> Tensor:
        file.seek(first + begin)
        raw = bytearray(file.read(end - begin))
        return torch.frombuffer(raw, dtype=DTYPES[dtype]).reshape(shape) if raw else torch.empty(shape)

    return StoredTensor(tuple(shape), dtype[:16], read)


def _sizes(given: object) -> TypeGuard[list[int]]:
    """Whether it is a list of sizes. The product of any number of them would take any time."""
    return (
        isinstance(given, list)
        and len(given) <= MOST_AXES
        and all(type(one) is int and 0 <= one <= LARGEST for one in given)
    )


class _Contents:
    """A zip of which `MOST_HEADER` bytes at most are read at once: its table of contents is, of any length."""

    def __init__(self, file: BinaryIO) -> None:
        self._file, self.seek, self.tell = file, file.seek, file.tell

    def read(self, size: int = -1) -> bytes:
        """So many bytes."""
        if size > MOST_HEADER:
            raise KiokuError("checkpoint_header", given=size, most=MOST_HEADER)
        return self._file.read(size)


def _npz(file: BinaryIO) -> Mapping[str, StoredTensor]:
    """A zip of `.npy` files. One with a pickle in it is what `torch.save` writes."""
    try:
        archive = zipfile.ZipFile(cast("BinaryIO", _Contents(file)))
        archive.fp, members = file, archive.infolist()
    except KiokuError:
        raise
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise KiokuError("checkpoint_damaged") from None
    if any(member.filename.endswith(("data.pkl", ".pkl")) for member in members):
        raise KiokuError("checkpoint_pickle")
    arrays = [member for member in members if member.filename.endswith(".npy")]
    if not arrays:
        raise KiokuError("checkpoint_kind")
    if len(members) > MOST_MEMBERS:
        raise KiokuError("checkpoint_header", given=len(members), most=MOST_MEMBERS)
    return Described({member.filename.removesuffix(".npy"): member for member in arrays}, partial(_member, archive))


def _member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> StoredTensor:
    if member.compress_type not in PACKED:
        raise KiokuError("checkpoint_packed")
    with _damage(), archive.open(member) as opened:
        version = np.lib.format.read_magic(opened)
        read_header = {(1, 0): np.lib.format.read_array_header_1_0, (2, 0): np.lib.format.read_array_header_2_0}
        shape, columns_first, kind = read_header.get(version, np.lib.format.read_array_header_2_0)(opened)
        begin = opened.tell()
    dtype = NUMPY.get(kind.str[1:], kind.name)
    if not _sizes(list(shape)) or (dtype in BYTES and member.file_size != begin + math.prod(shape) * BYTES[dtype]):
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
