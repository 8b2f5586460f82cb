"""How much memory an object takes, so that what is kept can be bounded in bytes."""

from __future__ import annotations

import sys
import types
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import chain
from typing import Any

import numpy as np

SAMPLED = 32  # of a longer row of numbers or words so many are measured
CODE = frozenset((type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType))
PLAIN = frozenset((str, int, float, bool, bytes, type(None)))  # nothing is in them; most of what there is
ROWS = frozenset((list, tuple))


@dataclass
class Size:
    """Bytes.

    Attributes:
        own: of everything but the arrays' numbers.
        buffers: of the arrays' numbers, by an identity that two arrays on one memory have in common.
    """

    own: int = 0
    buffers: dict[int, int] = field(default_factory=dict)


def size_of(value: object) -> Size:
    """What an object takes, with everything that it holds: exactly for arrays, about for the rest.

    Example:
        >>> values = np.zeros(1000)
        >>> sum(size_of({"one": values, "same": values[:500]}).buffers.values())
        8000
    """
    size, left = Size(), [value]
    seen: dict[int, object] = {}  # kept alive meanwhile: no other object can have the identity of one of them
    while left:
        one = left.pop()
        kind = type(one)
        if id(one) in seen or kind in CODE or isinstance(one, type):
            continue
        seen[id(one)] = one
        if kind in PLAIN:
            size.own += sys.getsizeof(one)
        elif kind in ROWS:
            size.own += sys.getsizeof(one) + _row(one, left)
        elif (buffer := _buffer(one)) is not None:
            size.own += 128
            size.buffers[buffer[0]] = buffer[1]
        else:
            size.own += sys.getsizeof(one, 64)
            left += _inside(one)
    return size


def _row(row: Any, left: list[object]) -> int:
    """What the items of a row take if it is a long one of numbers or words; else nothing, and they are left to do."""
    if len(row) > SAMPLED and type(row[0]) in PLAIN and PLAIN.issuperset(map(type, row)):
        sample = row[:: len(row) // SAMPLED]
        return sum(map(sys.getsizeof, sample)) * len(row) // len(sample)
    left += row
    return 0


def _buffer(value: Any) -> tuple[int, int] | None:
    """The identity and the bytes of an array's memory; None for anything else."""
    if isinstance(value, np.ndarray):
        while isinstance(value.base, np.ndarray):
            value = value.base
        return id(value), value.nbytes
    if hasattr(value, "untyped_storage"):  # a tensor of torch, which need not be imported
        storage = value.untyped_storage()
        return storage.data_ptr(), storage.nbytes()
    return None


def _inside(value: Any) -> Iterator[object]:
    """What an object holds."""
    if hasattr(value, "contents"):  # one of our figures
        yield from value.contents
    elif isinstance(value, Mapping):
        yield from chain(value.keys(), value.values())
    elif isinstance(value, (tuple, list, set, frozenset)):  # of a kind of their own, too
        yield from value
    elif hasattr(value, "__dict__"):
        yield vars(value)
