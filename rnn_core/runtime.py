"""Getting ready to compute: what is slow to import is imported once, in the background."""

from __future__ import annotations

import gc
import threading

_ready = threading.Event()
_lock = threading.Lock()
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
    """Import torch and nagisa, use one thread a computation, and take what is now loaded out of garbage collection.

    One thread, because a server computes for many readers at once and each computation is small.
    """
    try:
        import torch

        torch.set_num_threads(1)
        import rnn_core.models.zoo  # noqa: F401
        from rnn_core.text.segment import segment

        segment("言葉")  # nagisa reads its own network when it is first used
        gc.collect()
        gc.freeze()
    finally:  # also when it fails: the next computation then meets the error where it can be shown
        _ready.set()
