"""A page's run hands the interpreter over as rarely as it can, and so waits less for those who compute meanwhile.

Python runs one thread at a time. Whoever lets go of that right, be it for a moment, gets it back only when another one
is done with it; among threads that compute, that takes longer than what was to be done. A run would let go of it with
each message that it sends, some fifty times, and more often at Streamlit's lock around its settings: once several
threads meet there, each of its sixty questions waits for all the others'.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import nullcontext
from contextvars import copy_context
from functools import partial
from typing import TYPE_CHECKING, Any, cast

from streamlit import config

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

PAUSE = 0.003  # seconds for which what is told is gathered; Streamlit sends what there is every 10 ms


def fewer(loop: asyncio.AbstractEventLoop) -> None:
    """Let runs hand the interpreter over less often, from now on and in the whole process.

    Args:
        loop: the event loop that answers readers.
    """
    gather(loop)
    # Nobody changes a setting once the server answers, and to read one is to look into a dictionary.
    cast("Any", config)._config_lock = nullcontext()


def gather(loop: asyncio.AbstractEventLoop) -> None:
    """Let an event loop be woken once for all that other threads tell it within a moment, in their order."""
    cast("Any", loop).call_soon_threadsafe = _Inbox(loop).tell


class _Inbox:
    """What other threads tell an event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._wake = loop, loop.call_soon_threadsafe
        self._told: deque[tuple[asyncio.Handle, Callable[[], object]]] = deque()
        self._awake = False

    def tell(self, callback: Callable[..., object], *args: object, context: Context | None = None) -> asyncio.Handle:
        """Let the loop call this soon: `call_soon_threadsafe`, as asyncio has it.

        Raises:
            RuntimeError: the loop is closed.
        """
        within = context or copy_context()
        handle = asyncio.Handle(callback, args, self._loop, within)
        self._told.append((handle, partial(self._loop.call_soon, callback, *args, context=within)))
        if not self._awake or self._loop.is_closed():  # a closed one says so itself
            self._awake = True
            self._wake(self._loop.call_later, PAUSE, self._read)
        return handle

    def _read(self) -> None:
        self._awake = False  # first: what is told from here on wakes the loop again
        while self._told:
            handle, call = self._told.popleft()
            if not handle.cancelled():
                call()
