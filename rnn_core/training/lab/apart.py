"""A computation of one visitor's, in a process that is forked from where the engine's workers are: nothing is stored.

What it is of goes there through a pipe, and how far it is and what came of it comes back so. It has a worker's low
priority, so that pages stay quick meanwhile, and ends with whoever waits for it.
"""

from __future__ import annotations

import multiprocessing
from contextlib import suppress
from typing import TYPE_CHECKING, TypeVar

from rnn_core import progress
from rnn_core.errors import KiokuError
from rnn_core.training.lab.cluster import METHOD, begin_forking

if TYPE_CHECKING:
    from collections.abc import Callable
    from multiprocessing.connection import Connection

LOOK_EVERY = 0.2  # seconds after which whoever watches is asked, also where there is nothing new

Made = TypeVar("Made")


def compute_apart(work: Callable[..., Made], *given: object) -> Made:
    """`work(*given)`, computed elsewhere; what it reports is reported here, and what watches here may end it.

    Args:
        work: a function that its module has by name.
        given: what can be pickled, as what comes of it.

    Raises:
        KiokuError: what it raises, or its process has ended before it.
    """
    begin_forking()
    context = multiprocessing.get_context(METHOD)
    here, there = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(there, work, given), daemon=True)  # type: ignore[attr-defined]
    process.start()
    there.close()
    done = 0.0
    try:
        while True:
            if here.poll(LOOK_EVERY):
                done, found = here.recv()
                if isinstance(found, KiokuError):
                    raise found
                if found is not None:
                    made: Made = found[0]
                    return made
            progress.report(done)
    except EOFError:
        raise KiokuError("lab_apart") from None
    finally:
        process.kill()
        process.join()
        here.close()


def _answer(there: Connection, work: Callable[..., object], given: tuple[object, ...]) -> None:
    """In the other process: how far it is, and at last what came of it, as the only entry of a list."""
    from rnn_core.training.lab.worker import get_ready

    get_ready()
    with suppress(BrokenPipeError):  # nobody waits any more
        try:
            with progress.watched(lambda done: there.send((done, None))):
                found: object = [work(*given)]
        except KiokuError as error:
            found = error
        there.send((1.0, found))
