"""What a worker of Dask does: compute one training, and write it down or send it home.

It ends by itself where nobody wants the training any more, and where its scheduler has forgotten it.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal, TypeAlias

from rnn_core.errors import KiokuError
from rnn_core.training.lab.events import Event, Snapshot, to_line
from rnn_core.training.lab.files import BusyError, is_full
from rnn_core.training.lab.folder import Folder
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.writer import writing

Train: TypeAlias = Callable[[TrainSpec, bytes | None, Callable[[], bool]], Iterator[Event]]
LOOK_EVERY = 0.1  # seconds between two looks whether to go on
NICER = 10  # than the app, whose pages come first
SENT = 1 << 18  # bytes of a snapshot that is sent home on the way; a larger one only at the end
WHY = 200  # letters of a mistake that are told

_stopped: set[str] = set()
_ready = False


class LostError(Exception):
    """The scheduler does not know this worker any more: whatever it computes, another one computes again."""


@dataclass(frozen=True)
class Outcome:
    """How computing a training has ended.

    Attributes:
        kind: "ended" by itself; "stopped" since nobody wants it; "busy", another process writes; "full", the disk is;
            "failed".
        seconds: how long this took.
        error: why it failed.
        count: how many events there were; of those that were sent home.
        last: the last snapshot, of what was sent home.
    """

    kind: Literal["ended", "stopped", "busy", "full", "failed"]
    seconds: float = 0.0
    error: KiokuError | None = None
    count: int = 0
    last: Snapshot | None = None


def dask_setup(worker: object) -> None:  # noqa: ARG001  # as Dask calls it
    """Get ready as Dask starts the worker, so that nobody's first training waits for it."""
    get_ready()


def get_ready() -> None:
    """Step back, and import all that a training needs: once, also for the processes that are then forked."""
    global _ready
    if _ready:
        return
    _ready = True
    if hasattr(os, "nice"):
        os.nice(NICER)
    from rnn_core import runtime
    from rnn_core.training.lab.loop import begin_run

    runtime.use_one_thread()
    begin_run(TrainSpec(task="parity", length=2))  # the first optimizer imports as much again as torch itself


def train_run(spec: TrainSpec, resume: bytes | None, stop: Callable[[], bool]) -> Iterator[Event]:
    """As `loop.train`, in a thread that has not computed before."""
    from rnn_core import runtime
    from rnn_core.training.lab.loop import train

    runtime.use_one_thread()
    yield from train(spec, resume, stop)


def compute(trainings: str, training: str, train: Train) -> Outcome:
    """Compute a training in its folder, from its last snapshot on, unless another process does."""
    began, folder = time.monotonic(), Folder(Path(trainings, training))

    def write() -> Outcome:
        with writing(folder) as writer:
            if folder.end() is None:
                for event in train(_spec(folder.spec()), folder.snapshot(), _stopper(lambda: not folder.wanted)):
                    writer.write(event)
            writer.sync()
        return Outcome("ended" if folder.end() else "stopped")

    return replace(_tried(write), seconds=time.monotonic() - began)


def compute_away(spec: str | None, snapshot: bytes | None, train: Train, topic: str, attempt: str) -> Outcome:
    """Compute a training where its folder is out of reach, and send home what happens.

    Args:
        spec: as JSON.
        snapshot: to go on from.
        train: how.
        topic: of Dask's events, to which each is sent.
        attempt: the name by which `stop_here` knows it.
    """
    began, worker = time.monotonic(), _this_worker()

    def send() -> Outcome:
        outcome = Outcome("stopped")
        for event in train(_spec(spec), snapshot, _stopper(lambda: attempt in _stopped)):
            kept = event.kept if isinstance(event, Snapshot) and len(event.kept) <= SENT else b""
            worker.log_event(topic, {"attempt": attempt, "line": to_line(event), "kept": kept})
            outcome = replace(outcome, count=event.n + 1, last=event if isinstance(event, Snapshot) else outcome.last)
            if event.kind in ("finished", "diverged"):
                outcome = replace(outcome, kind="ended")
        return outcome

    return replace(_tried(send), seconds=time.monotonic() - began)


def stop_here(attempts: set[str]) -> None:
    """Stop these attempts where they are computed in this process, and forget those that were to stop before."""
    _stopped.clear()
    _stopped.update(attempts)


def read_token(path: str) -> str | None:
    """What stands in a file, if this worker can read it."""
    try:
        return Path(path).read_text(encoding="ascii")
    except (OSError, UnicodeDecodeError):
        return None


def _tried(work: Callable[[], Outcome]) -> Outcome:
    """The work's outcome; what it may fail of is one, too."""
    try:
        return work()
    except BusyError:
        return Outcome("busy")
    except LostError:
        return Outcome("stopped")
    except FileNotFoundError:  # its folder was deleted
        return Outcome("stopped")
    except KiokuError as error:
        return Outcome("failed", error=error)
    except OSError as error:
        return Outcome("full") if is_full(error) else Outcome("failed", error=_told(error))
    except Exception as error:
        return Outcome("failed", error=_told(error))


def _told(error: Exception) -> KiokuError:
    return KiokuError("lab_broken", why=f"{type(error).__name__}: {error}"[:WHY])


def _spec(canonical: str | None) -> TrainSpec:
    try:
        return TrainSpec.model_validate_json(canonical or "")
    except ValueError:
        raise KiokuError("lab_damaged") from None


def _stopper(is_over: Callable[[], bool]) -> Callable[[], bool]:
    """What the loop asks after each update: cheap, and looks ten times a second."""
    due, worker = time.monotonic() + LOOK_EVERY, _this_worker()

    def stop() -> bool:
        nonlocal due
        if (now := time.monotonic()) < due:
            return False
        due = now + LOOK_EVERY
        if worker is not None and worker.status.name not in ("running", "paused"):
            raise LostError
        return is_over()

    return stop


def _this_worker() -> Any:
    from distributed import get_worker  # slow to import, and there on a worker

    try:
        return get_worker()
    except ValueError:  # not on one
        return None
