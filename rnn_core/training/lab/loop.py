"""The training loop of the lab, to be read as a lesson: what happens at each update, and what is told of it."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field

import torch
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.training.lab.events import Cancelled, Diverged, Event, Finished, Point, Snapshot, Solved, Started
from rnn_core.training.lab.network import LabNetwork, build_network
from rnn_core.training.lab.recording import Interval, Recorder
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS, draw_batch
from rnn_core.training.loop import gradient_norm
from rnn_core.training.state import OPTIMIZERS, TrainState

TOLD, SOLVED = "told", "solved"


@dataclass(eq=False)
class LabState(TrainState):
    """A training of the lab, and what it has told so far.

    Attributes:
        told: the number of the next event.
        solved: the goal was reached once.
    """

    told: int = 0
    solved: bool = field(default=False)

    def tensors(self) -> dict[str, Tensor]:
        """What is kept of it, by name."""
        return super().tensors() | {TOLD: torch.tensor(self.told), SOLVED: torch.tensor(self.solved)}

    def take(self, found: Mapping[str, Tensor]) -> None:
        """Become what `tensors` gave."""
        super().take(found)
        self.told, self.solved = int(found[TOLD]), bool(found[SOLVED])


def begin_run(spec: TrainSpec) -> LabState:
    """Before the first update of a run."""
    network = build_network(spec)
    optimizer = OPTIMIZERS[spec.optimizer](network.parameters(), lr=spec.lr)
    return LabState(network, optimizer, runtime.generator(spec.seed))


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

    Example:
        >>> told = list(train(TrainSpec(task="parity", length=4, cell="gru", hidden=4, steps=2)))
        >>> [event.kind for event in told]
        ['started', 'point', 'snapshot', 'point', 'point', 'snapshot', 'finished']
    """
    state = begin_run(spec)
    if resume is not None:
        state.restore(resume)
    run = _Run(spec, state)
    if resume is None:
        yield run.started()
        yield from run.look()
    while state.step < spec.steps and not run.diverged:
        end = run.update()
        if end is not None:
            yield end
        elif state.step in run.records:
            yield from run.look()
        if state.step < spec.steps and not run.diverged and stop():
            yield Cancelled(state.told - 1, state.step)
            return
    if not run.diverged:
        yield Finished(run.number(), state.step)


class _Run:
    """One training and what is told of it."""

    def __init__(self, spec: TrainSpec, state: LabState) -> None:
        assert isinstance(state.model, LabNetwork)
        self.spec, self.state, self.network, self.task = spec, state, state.model, TASKS[spec.task]
        self.records, self.snapshots = frozenset(spec.records), frozenset(spec.snapshots)
        self.recorder, self.interval = Recorder(spec, state.model), Interval()
        self.diverged = False

    def update(self) -> Diverged | None:
        """One update: batch, answers, loss, gradients, norm, new weights; or the end, where these are no numbers."""
        batch = draw_batch(self.spec, self.state.step)
        answers = self.network(batch.inputs)
        loss = self.task.loss(answers, batch)
        self.state.optimizer.zero_grad()
        torch.autograd.backward(loss)
        if self.spec.clip is None:
            norm = gradient_norm(self.network)
        else:
            norm = nn.utils.clip_grad_norm_(self.network.parameters(), self.spec.clip).item()
        if not (math.isfinite(loss.item()) and math.isfinite(norm)):
            return self._end(loss.item(), norm)
        self.state.optimizer.step()
        self.state.step += 1
        self.interval.note(loss.item(), norm, answers.detach(), batch)
        return None

    def started(self) -> Started:
        """Before anything is trained."""
        return Started(
            self.number(),
            self.spec.canonical,
            self.task.baseline(),
            self.task.goal,
            tuple(self.recorder.truth().tolist()),
        )

    def look(self) -> Iterator[Event]:
        """A record: a point, and where it is so the goal, a snapshot, or the end."""
        loss, accuracy, guess = self.recorder.scores()
        if not math.isfinite(loss) or not self.recorder.finite():
            yield self._end(loss, self.interval.norms[-1] if self.interval.norms else math.nan)
            return
        yield self._point(loss, accuracy, tuple(guess.tolist()))
        if loss < self.task.goal and not self.state.solved:
            self.state.solved = True
            yield Solved(self.number(), self.state.step, loss)
        if self.state.step in self.snapshots:
            yield self._snapshot()

    def number(self) -> int:
        """Of the next event."""
        self.state.told += 1
        return self.state.told - 1

    def _end(self, loss: float, norm: float) -> Diverged:
        """The numbers left what can be computed with."""
        self.diverged = True
        return Diverged(self.number(), self.state.step, loss, norm, self.interval.largest)

    def _point(self, loss: float, accuracy: float, guess: tuple[float, ...]) -> Point:
        interval, self.interval = self.interval, Interval()
        seen, before = self.recorder.gradients(), interval.largest
        return Point(
            self.number(),
            self.state.step,
            train=sum(interval.losses) / len(interval.losses) if interval.losses else None,
            loss=loss,
            train_accuracy=self.task.accuracy(*interval.last) if interval.last else None,
            accuracy=accuracy,
            before=before,
            after=before if before is None or self.spec.clip is None else min(before, self.spec.clip),
            reach=tuple(seen.reach.tolist()),
            reach_cell=tuple(seen.reach_cell.tolist()),
            guess=guess,
            rho=seen.rho,
            sigma=seen.sigma,
        )

    def _snapshot(self) -> Snapshot:
        number, kept = self.number(), self.state.to_bytes()
        digest = hashlib.sha256(kept).hexdigest()
        states = tuple(self.recorder.states().ravel().tolist())
        return Snapshot(number, self.state.step, states, digest, kept)
