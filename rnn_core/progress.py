"""How far a long computation is: it reports, and whoever asked for it may watch, and end it by an exception."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_watch: ContextVar[Callable[[float], None] | None] = ContextVar("kioku_progress", default=None)


@contextmanager
def watched(watch: Callable[[float], None]) -> Iterator[None]:
    """Within it, computations of this thread tell `watch` the share of their work that is done, in [0, 1].

    What `watch` raises ends the computation.

    Example:
        >>> with watched(print):
        ...     report(0.5)
        0.5
        >>> report(0.7)  # nobody watches
    """
    token = _watch.set(watch)
    try:
        yield
    finally:
        _watch.reset(token)


def report(done: float) -> None:
    """Say how much of the work is done, in [0, 1]; called from the loops that may take longer than a moment."""
    watch = _watch.get()
    if watch is not None:
        watch(done)
