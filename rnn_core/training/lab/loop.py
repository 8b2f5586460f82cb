"""The training loop of the lab."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from rnn_core.training.lab.events import Event
    from rnn_core.training.lab.spec import TrainSpec


def never() -> bool:
    """No reason to stop."""
    return False


def train(spec: TrainSpec, resume: bytes | None = None, stop: Callable[[], bool] = never) -> Iterator[Event]:
    """Train from the first update or from where a run was broken off, and tell what happens.

    Args:
        spec: what is trained and how.
        resume: `Snapshot.kept` of a run of the same spec; the events after it follow, the same to the last bit.
        stop: asked after each update; True ends the run with `Cancelled`.

    Raises:
        KiokuError: `resume` is no such state.
    """
    raise NotImplementedError
