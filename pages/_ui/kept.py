"""What is drawn once and shown to all who ask for the same: pictures, and what drawings are given to draw.

Traces are immutable and kept by `cache.py`, so one object means one content: arguments that cannot be hashed are told
apart by which object they are, and nothing is read through to find out that it is the same.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

MOST = 512  # drawings; most have some 50 KB, the largest, a map of 200 words, 300

Made = TypeVar("Made")


class _Same:
    """An object that is equal to itself alone, and stays alive for as long as it is a key."""

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


class _Call(Generic[Made]):
    """A call that has not been made, equal to every other that would give the same."""

    def __init__(self, make: Callable[..., Made], args: tuple[object, ...], style: dict[str, object]) -> None:
        self.make, self.args, self.style = make, args, style
        self._key = (make, _key(args), _key(style))
        self._hash = hash(self._key)

    def __hash__(self) -> int:
        return self._hash

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Call) and self._key == other._key


def kept(make: Callable[..., Made], *args: object, **style: object) -> Made:
    """`make(*args, **style)`, made once for equal arguments.

    Args:
        make: a pure function; what it returns is shared by all readers and must not be changed.
        args: immutable, or in tuples, lists and dicts of such.
        style: likewise.
    """
    made: Made = _made(_Call(make, args, style))  # type: ignore[assignment]  # lru_cache forgets which call it was
    return made


@lru_cache(maxsize=MOST)
def _made(call: _Call[object]) -> object:
    return call.make(*call.args, **call.style)


def _key(value: object) -> object:
    """A key of the content where that is quick to have, else of the object."""
    if isinstance(value, (tuple, list)):
        return (type(value), *map(_key, value))
    if type(value) is dict:
        return (dict, *((name, _key(item)) for name, item in value.items()))
    try:
        hash(value)
    except TypeError:
        return _Same(value)
    return (type(value), value)
