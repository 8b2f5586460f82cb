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
CODE = (type, types.ModuleType, types.FunctionType, types.BuiltinFunctionType, types.MethodType)


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
        if isinstance(one, CODE) or id(one) in seen:
            continue
        seen[id(one)] = one
        buffer = _buffer(one)
        if buffer is not None:
            size.own += 128
            size.buffers[buffer[0]] = buffer[1]
            continue
        size.own += sys.getsizeof(one, 64)
        inside = list(_inside(one))
        if len(inside) > SAMPLED and all(isinstance(part, (str, int, float, np.number)) for part in inside):
            sample = inside[:: len(inside) // SAMPLED]
            size.own += sum(map(sys.getsizeof, sample)) * len(inside) // len(sample)
        else:
            left += inside
    return size


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
    elif isinstance(value, (tuple, list, set, frozenset)):
        yield from value
    elif hasattr(value, "__dict__"):
        yield vars(value)
