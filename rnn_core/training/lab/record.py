"""What a run has told, as arrays: the curves of its points, the maps of its gradients, and its states."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Literal, TypeAlias

import numpy as np
from jaxtyping import Float, Int

from rnn_core.training.lab.events import Cancelled, Diverged, Failed, Finished, Point, Snapshot, Solved, as_array

if TYPE_CHECKING:
    from collections.abc import Iterable

    from rnn_core.training.lab.events import Event
    from rnn_core.training.lab.spec import TrainSpec

Outcome: TypeAlias = Literal["diverged", "finished", "cancelled", "failed"]
KEPT = 0.01  # of the gradient's norm at the last position: as far as it keeps that, it reaches


@dataclass(frozen=True, eq=False)
class Record:
    """N points and S snapshots of a run with T positions and H units.

    Attributes:
        spec: of the run.
        steps: after how many updates each point was taken.
        train: the mean loss of the batches since the point before; nan at the first.
        loss: on the held-out examples.
        before: the largest gradient norm since the point before, before clipping; nan at the first.
        after: the same after clipping.
        norms: ‖∂L/∂h_t‖ at every position.
        cell_norms: ‖∂L/∂c_t‖ likewise; no columns where there is no c.
        rho: the spectral radius of the step Jacobian in the middle of the example.
        sigma: its largest singular value.
        snapshots: after how many updates each snapshot was taken.
        states: h_t on the example.
        solved: after how many updates the goal was reached; None where it was not.
        outcome: how it ended; None while it goes on.
        end: after how many updates.
    """

    spec: TrainSpec
    steps: Int[np.ndarray, " N"]
    train: Float[np.ndarray, " N"]
    loss: Float[np.ndarray, " N"]
    before: Float[np.ndarray, " N"]
    after: Float[np.ndarray, " N"]
    norms: Float[np.ndarray, "N T"]
    cell_norms: Float[np.ndarray, "N C"]
    rho: Float[np.ndarray, " N"]
    sigma: Float[np.ndarray, " N"]
    snapshots: Int[np.ndarray, " S"]
    states: Float[np.ndarray, "S T H"]
    solved: int | None
    outcome: Outcome | None
    end: int | None

    @property
    def kept_back(self) -> tuple[int | None, ...]:
        """How far back the gradient reaches at each point."""
        return tuple(kept_back(row) for row in self.norms)

    def snapshot_at(self, step: int) -> int:
        """The number, 0-based, of the last snapshot after at most so many updates; 0 where there is none so early."""
        return max(0, int(np.searchsorted(self.snapshots, step, side="right")) - 1)


def kept_back(norms: Float[np.ndarray, " T"]) -> int | None:
    """Over how many positions back from the last that has any the gradient keeps `KEPT` of its norm there.

    A sentence may end before the last of all positions. None where no position has any, or it is not finite.

    Example:
        >>> kept_back(np.array([0.0, 0.5, 0.001, 0.02, 1.0])), kept_back(np.array([0.5, 1.0, 0.0]))
        (1, 1)
    """
    some = np.flatnonzero(norms)
    end = int(some[-1]) if some.size else 0
    last = norms[end]
    if not (last > 0 and np.isfinite(last)):
        return None
    below = np.flatnonzero(~(norms[:end] >= KEPT * last))
    return int(end - 1 - (below[-1] if below.size else -1))


def read_events(spec: TrainSpec, events: Iterable[Event]) -> Record:
    """The events of a run of this spec, in their order, as arrays."""
    every = list(events)
    points, seen = _of(every, Point), _of(every, Snapshot)
    solved = next((event.step for event in every if isinstance(event, Solved)), None)
    last = every[-1] if every else None
    ended = last if isinstance(last, Diverged | Finished | Cancelled | Failed) else None
    return Record(
        spec,
        steps=np.array([point.step for point in points], dtype=np.int64),
        train=_column(points, "train"),
        loss=_column(points, "loss"),
        before=_column(points, "before"),
        after=_column(points, "after"),
        norms=_rows([point.reach for point in points], spec.length),
        cell_norms=_rows([point.reach_cell for point in points], len(points[0].reach_cell) if points else 0),
        rho=_column(points, "rho"),
        sigma=_column(points, "sigma"),
        snapshots=np.array([one.step for one in seen], dtype=np.int64),
        states=_rows([one.states for one in seen], spec.length * spec.hidden).reshape(-1, spec.length, spec.hidden),
        solved=solved,
        outcome=ended.kind if ended else None,
        end=ended.step if ended else None,
    )


def _of(events: Iterable[Event], kind: type) -> list[Any]:
    return [event for event in events if isinstance(event, kind)]


def _column(points: Iterable[Point], name: str) -> Float[np.ndarray, " N"]:
    found = (getattr(point, name) for point in points)
    return np.array([np.nan if value is None else value for value in found], dtype=np.float64)


def _rows(values: list[tuple[float, ...]], width: int) -> Float[np.ndarray, "N W"]:
    return np.array([as_array(row) for row in values], dtype=np.float32).reshape(len(values), width)
