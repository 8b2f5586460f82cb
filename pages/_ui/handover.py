"""A page's run hands the interpreter over as rarely as it can, and so waits less for those who compute meanwhile.

Python runs one thread at a time. Whoever lets go of that right, be it for a moment, gets it back only when another one
is done with it; among threads that compute, that takes longer than what was to be done. A run would let go of it with
each message that it sends, some fifty times, and more often at Streamlit's lock around its settings: once several
threads meet there, each of its sixty questions waits for all the others'. And with each run Streamlit goes through
all its settings six times over, for those of the theme.
"""

from __future__ import annotations

import asyncio
from collections import deque
from contextlib import nullcontext
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any, cast

from streamlit import config
from streamlit.runtime import app_session
from streamlit.string_util import to_snake_case

if TYPE_CHECKING:
    from collections.abc import Callable
    from contextvars import Context

NAMES = 256  # of Streamlit's settings of a theme, which it writes in another style with each run
PAUSE = 0.002  # seconds for which what is told is gathered; Streamlit sends what there is every 10 ms


def fewer(loop: asyncio.AbstractEventLoop) -> None:
    """Let runs hand the interpreter over less often, from now on and in the whole process.

    Args:
        loop: the event loop that answers readers.
    """
    gather(loop)
    # Where no file is watched, nobody changes a setting once the server answers; and to read one is to look into a
    # dictionary.
    if config.get_option("server.fileWatcherType") == "none":
        cast("Any", config)._config_lock = nullcontext()
        cast("Any", config).get_options_for_section = cache(config.get_options_for_section)
    # Names of its settings, the same few dozen with each run.
    cast("Any", app_session).to_snake_case = lru_cache(NAMES)(to_snake_case)


def gather(loop: asyncio.AbstractEventLoop) -> None:
    """Let an event loop be woken once for all that other threads tell it within a moment, in their order."""
    cast("Any", loop).call_soon_threadsafe = _Inbox(loop).tell


def catch_up() -> None:
    """Do at once what other threads have told the running loop so far.

    To be called before a reader's message is handled: where a run has ended, Streamlit begins another one for it, and
    drops what the ended one has told and is not done yet. Half of a page would be missing, or what looks at it again
    by itself would stop.
    """
    inbox = getattr(asyncio.get_running_loop().call_soon_threadsafe, "__self__", None)
    if isinstance(inbox, _Inbox):
        inbox.read()


class _Inbox:
    """What other threads tell an event loop."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop, self._wake = loop, loop.call_soon_threadsafe
        self._told: deque[asyncio.Handle] = deque()
        self._awake = False

    def tell(self, callback: Callable[..., object], *args: object, context: Context | None = None) -> asyncio.Handle:
        """Let the loop call this soon: `call_soon_threadsafe`, as asyncio has it.

        Raises:
            RuntimeError: the loop is closed.
        """
        handle = asyncio.Handle(callback, args, self._loop, context)
        self._told.append(handle)
        if not self._awake or self._loop.is_closed():  # a closed one says so itself
            self._awake = True
            self._wake(self._loop.call_later, PAUSE, self.read)
        return handle

    def read(self) -> None:
        """Do all that has been told until now; called by the loop's thread."""
        self._awake = False  # first: what is told from here on wakes the loop again
        for _ in range(len(self._told)):
            handle = self._told.popleft()
            if not handle.cancelled():
                handle._run()  # what fails in it goes where the loop's other failures go
