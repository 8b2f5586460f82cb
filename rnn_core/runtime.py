"""Getting ready to compute, and what torch keeps for the whole process: its number of threads, its random numbers.

A server computes for many readers at once, each in a thread, so nobody seeds or draws from torch's global generator:
whoever needs random numbers draws from a generator of its own.
"""

from __future__ import annotations

import gc
import sys
import threading
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    import torch

SWITCH = 0.0005  # seconds

_ready = threading.Event()
_lock = threading.Lock()
_filters = threading.Lock()
_started = False


def ready() -> bool:
    """Whether `warm_up` is done, so that nobody waits for an import."""
    return _ready.is_set()


def wait(seconds: float) -> bool:
    """Wait for `warm_up` at most so long; whether it is done."""
    return _ready.wait(seconds)


def warm_up_later(seconds: float) -> None:
    """Start `warm_up` in a background thread after so many seconds; the first call decides, others do nothing."""
    global _started
    with _lock:
        if _started:
            return
        _started = True
    timer = threading.Timer(seconds, warm_up)
    timer.daemon = True
    timer.start()


def warm_up() -> None:
    """Import torch and nagisa, use one thread a computation, and take what is now loaded out of garbage collection."""
    try:
        use_one_thread()
        import scipy.cluster.hierarchy  # noqa: F401

        import rnn_core.models.registry  # noqa: F401
        from rnn_core.text.tokenizer import segment

        segment("言葉")  # nagisa reads its own network when it is first used
        # A thread that waits for its turn to run asks for it after this time, instead of 5 ms: a page's run asks some
        # dozens of times, and whoever computes something long would answer each so late.
        sys.setswitchinterval(SWITCH)
        gc.collect()
        gc.freeze()
    finally:  # also when it fails: the next computation then meets the error where it can be shown
        _ready.set()


def use_one_thread() -> None:
    """Let every computation of torch, numpy and scipy in this process use one thread.

    A server computes for many readers at once and each computation is small: more threads only wait for one another,
    busily. And the last bits of a sum depend on the number of threads. Called once, when a process starts to compute.
    """
    import scipy.linalg  # noqa: F401  # brings a BLAS of its own, and only one that is loaded can be told
    import torch
    from threadpoolctl import threadpool_limits

    torch.set_num_threads(1)
    threadpool_limits(limits=1, user_api="blas")


def generator(seed: int) -> torch.Generator:
    """A random number generator of one's own, on the CPU: the same numbers for the same seed, whatever others draw.

    Example:
        >>> import torch
        >>> torch.equal(torch.rand(3, generator=generator(5)), torch.rand(3, generator=generator(5)))
        True
    """
    import torch

    return torch.Generator().manual_seed(seed)


@contextmanager
def unwarned(category: type[Warning]) -> Iterator[None]:
    """Within it, nothing is said of these warnings. Threads that need this wait for each other.

    Which warnings are said is one list for the whole process: two that put back what they have found at once would
    leave it as neither found it.
    """
    with _filters, warnings.catch_warnings():
        warnings.simplefilter("ignore", category)
        yield
