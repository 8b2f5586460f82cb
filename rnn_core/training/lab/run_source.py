"""`run:<id>`: the network of a run of the lab, for every chapter that can show it.

`run:<id>` is the network as the run has it now, `run:<id>-<step>` as it was after so many updates, 0 before training.
A network that reads words is the next-word network of its task. One that reads numbers or symbols becomes one whose
words are these numbers: each value that the task can have is a word, and what the network received for it is its row of
the embedding. So the example of the task, or what a reader writes in its place, is a sentence like any other.
"""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING, Protocol, cast

from rnn_core.errors import KiokuError
from rnn_core.models.sources import SOURCES, Source
from rnn_core.quantities import MINIMAL
from rnn_core.specs import MinimalSpec, ModelSpec, RecurrentSpec
from rnn_core.training.lab.limits import OF_ONE_LAYER, OUTLINES

if TYPE_CHECKING:
    from collections.abc import Callable

    from rnn_core.models.family import Family, ModuleT, SpecT, WeightsSpec
    from rnn_core.text.tokenizer import Pieces, Tokenizer
    from rnn_core.training.lab.spec import TrainSpec


OF_ANY_CELL = ("", "cell", "gradients")  # chapters that show a minGRU or minLSTM too


class Store(Protocol):
    """Where the runs are."""

    def spec(self, run: str) -> TrainSpec:
        """What was trained; a KiokuError where there is no such run."""

    def snapshot(self, run: str, step: int | None = None) -> bytes:
        """The newest snapshot, after at most `step` updates if that is said; a KiokuError where there is none."""


def chapters_of(spec: TrainSpec) -> tuple[str, ...]:
    """The addresses of the chapters in which a run can be opened.

    Example:
        >>> from rnn_core.training.lab.spec import TrainSpec
        >>> chapters_of(TrainSpec(task="adding", length=20))
        ('cell', 'gradients')
    """
    found = OUTLINES[spec.task].chapters
    return tuple(
        one
        for one in found
        if (spec.layers == 1 or one not in OF_ONE_LAYER) and (spec.cell not in MINIMAL or one in OF_ANY_CELL)
    )


class RunSource(Source):
    """The networks of all runs.

    Args:
        store: gives the store when it is first asked for.
    """

    def __init__(self, store: Callable[[], Store]) -> None:
        self._store = store

    def describe(self, name: str) -> RecurrentSpec:
        """The spec of a run's network.

        Raises:
            KiokuError: there is no such run.
        """
        spec = self._spec(name)
        if spec.cell == "mingru" or spec.cell == "minlstm":
            return MinimalSpec(task=spec.task, cell=spec.cell, hidden=spec.hidden, weights=name, seed=spec.seed)
        return ModelSpec(
            task=spec.task,
            cell=spec.cell,
            hidden=spec.hidden,
            layers=spec.layers,
            bidirectional=spec.bidirectional,
            weights=name,
            seed=spec.seed,
        )

    def load(self, family: Family[SpecT, ModuleT], spec: SpecT) -> ModuleT:  # noqa: ARG002
        """The network as it was after the updates that the name says.

        Raises:
            KiokuError: there is no such run, or no snapshot of it.
        """
        from rnn_core.training.lab.opened import open_network  # needs torch

        return cast("ModuleT", open_network(self._spec(spec.weights), self._kept(spec.weights)))

    def tokenizer(self, family: Family[SpecT, ModuleT], spec: SpecT) -> Tokenizer:  # noqa: ARG002
        """Its words: of the task, or the values that a position can have."""
        from rnn_core.training.lab.opened import task_tokenizer  # needs torch

        return task_tokenizer(self._spec(spec.weights))

    def reads(self, spec: RecurrentSpec) -> Pieces:
        """Words of a sentence, or values with gaps between them."""
        return OUTLINES[self._spec(spec.weights).task].by

    def version(self, spec: WeightsSpec) -> int:
        """Another number once there is a newer snapshot."""
        return zlib.crc32(self._kept(spec.weights))

    def _spec(self, name: str) -> TrainSpec:
        return self._store().spec(_parts(name)[0])

    def _kept(self, name: str) -> bytes:
        return self._store().snapshot(*_parts(name))


def register(store: Callable[[], Store]) -> None:
    """Let `run:…` be found in this store from now on."""
    SOURCES["run"] = RunSource(store)


def _parts(name: str) -> tuple[str, int | None]:
    """The run that a name names, and after how many updates."""
    run, _, step = name.removeprefix("run:").partition("-")
    if not step:
        return run, None
    if not (step.isdecimal() and step.isascii()):
        raise KiokuError("source_run", given=name)
    return run, int(step)
