"""What is computed or drawn once and shared by all readers: one store for the whole server, bounded in bytes.

What comes of a file that one reader has opened is kept for that reader alone (`kept_for`).

What is kept is immutable, so all readers share one object and nothing is copied. Arguments that cannot be hashed are
told apart by which object they are: traces come from here, so one object means one content.
"""

from __future__ import annotations

import inspect
import threading
from collections import OrderedDict, deque
from contextlib import contextmanager, nullcontext
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import streamlit as st

from pages._ui import turns
from pages._ui.memory import Size, size_of
from rnn_core.own.setup import is_own

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

BUDGET = 128 * 2**20  # bytes of everything that is kept
OWN_BUDGET = 24 * 2**20  # of what is kept for one reader alone
USED = 10_000  # uses that are remembered until something is put: of more than so many, the last
OWN = "kioku_own_store"

P = ParamSpec("P")
Made = TypeVar("Made")


class _Same:
    """An object that is equal to itself alone, and stays alive for as long as it is a key."""

    def __init__(self, it: object) -> None:
        self.it = it

    def __hash__(self) -> int:
        return id(self.it)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.it is other.it


class _Entry:
    """A value that is kept, and by which key."""

    __slots__ = ("key", "size", "value")

    def __init__(self, key: object, value: object, size: Size) -> None:
        self.key, self.value, self.size = key, value, size


class Store:
    """Values by key, the least recently used ones dropped where all together weigh more than the budget.

    A buffer that several entries share counts once. Equal keys at one time are made once: the others wait for it.
    Whoever asks for what is there waits for nobody: a lock at which all threads meet is one at which they queue.

    Args:
        budget: bytes.
    """

    def __init__(self, budget: int) -> None:
        self._budget = budget
        self._lock = threading.Lock()
        self._kept: dict[object, _Entry] = {}
        self._order: OrderedDict[_Entry, None] = OrderedDict()  # the one that was used last is the last
        self._used: deque[_Entry] = deque(maxlen=USED)  # since something was last put here
        self._making: dict[object, threading.Event] = {}
        self._shared: dict[int, tuple[int, int]] = {}  # of each buffer: its bytes, and how many entries have it
        self._bytes = 0

    @property
    def bytes(self) -> int:
        """What everything that is kept weighs."""
        return self._bytes

    def __len__(self) -> int:
        """How many values are kept."""
        return len(self._kept)

    def __contains__(self, key: object) -> bool:
        return key in self._kept

    def clear(self) -> None:
        """Forget everything."""
        with self._lock:
            self._used.clear()
            while self._kept:
                self._drop()

    def get(self, key: object, make: Callable[[], object], holds: object = None) -> object:
        """The value of `key`, made by `make` if it is not there; what `make` raises is not kept.

        Args:
            key: hashable.
            make: makes the value.
            holds: what is kept alive beside the value, by the key.
        """
        while True:
            if (entry := self._kept.get(key)) is not None:
                self._used.append(entry)
                return entry.value
            with self._lock:
                if key in self._kept:
                    continue
                underway = self._making.get(key)
                if underway is None:
                    done = self._making[key] = threading.Event()
                    break
            with turns.aside():
                underway.wait()
        try:
            value = make()
            self._put(_Entry(key, value, size_of((value, holds))))
            return value
        finally:
            with self._lock:
                del self._making[key]
            done.set()

    def _put(self, entry: _Entry) -> None:
        dropped = []
        with self._lock:
            while self._used:
                if (used := self._used.popleft()) in self._order:
                    self._order.move_to_end(used)
            self._kept[entry.key], self._order[entry] = entry, None
            self._bytes += entry.size.own
            for buffer, total in entry.size.buffers.items():
                _, entries = self._shared.get(buffer, (total, 0))
                self._bytes += 0 if entries else total
                self._shared[buffer] = total, entries + 1
            while self._bytes > self._budget:
                dropped.append(self._drop())
        dropped.clear()  # nobody waits while what they held is given back

    def _drop(self) -> _Entry:
        entry, _ = self._order.popitem(last=False)
        del self._kept[entry.key]
        self._bytes -= entry.size.own
        for buffer in entry.size.buffers:
            total, entries = self._shared.pop(buffer)
            if entries > 1:
                self._shared[buffer] = total, entries - 1
            else:
                self._bytes -= total
        return entry


STORE = Store(BUDGET)
_own: ContextVar[Store | None] = ContextVar("kioku_own_store", default=None)


@contextmanager
def kept_for(state: Mapping[str, object]) -> Iterator[None]:
    """Within it, what is made of a file that only this reader has is kept in the reader's session, and ends with it.

    Args:
        state: of the page; it names the file.
    """
    private = any(map(is_own, state.values()))
    token = _own.set(st.session_state.setdefault(OWN, Store(OWN_BUDGET)) if private else None)
    try:
        yield
    finally:
        _own.reset(token)


def _store() -> Store:
    own = _own.get()
    return STORE if own is None else own


def memoized(make: Callable[..., Made], *args: object, **style: object) -> Made:
    """`make(*args, **style)`, made once for equal arguments.

    Args:
        make: a pure function; what it returns is shared by all readers and must not be changed.
        args: immutable, or in tuples, lists and dicts of such.
        style: likewise.
    """
    key = (make, _key(args), _key(style))
    store = _store()
    if key not in store:
        turns.due()
    made: Made = store.get(  # type: ignore[assignment]  # the store forgets which call it was
        key, lambda: turns.light(lambda: make(*args, **style)), (args, style)
    )
    return made


class cached:  # noqa: N801  # read as the decorator that it is
    """A function whose results are kept, by the content of its arguments: `@cached()`.

    Args:
        heavy: whether a call with these arguments takes long (some tenths of a second and more); such a call waits for
            its turn (`turns`).
    """

    def __init__(self, heavy: Callable[..., bool] | None = None) -> None:
        self._heavy = heavy

    def __call__(self, function: Callable[P, Made]) -> Callable[P, Made]:
        """The function with its memory."""
        signature, heavy = inspect.signature(function), self._heavy

        @wraps(function)
        def call(*args: P.args, **named: P.kwargs) -> Made:
            bound = signature.bind(*args, **named)
            bound.apply_defaults()
            given = bound.arguments
            if heavy is None or not heavy(**given):
                return memoized(function, **given)
            key, store = (function, _key(given)), _store()
            with nullcontext() if key in store else turns.turn():
                made: Made = store.get(key, lambda: function(*args, **named), given)  # type: ignore[assignment]  # as above
            return made

        return call


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
