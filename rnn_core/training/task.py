"""What a task is: all that its training needs, as one row (`tasks.TASKS`); how any is made and read is written once."""

from __future__ import annotations

import math
import multiprocessing
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any, Generic, TypeVar, get_type_hints

import torch
from torch import nn

from rnn_core import checkout, runtime
from rnn_core.errors import KiokuError
from rnn_core.models import weights
from rnn_core.models.family import Family
from rnn_core.models.model_trace import ModelTrace
from rnn_core.models.overrides import set_recurrent_blocks
from rnn_core.tasks.sentiment import Count
from rnn_core.training import manifests, shipped
from rnn_core.training.loop import Data, Loss, trained
from rnn_core.training.plateau import PlateauSpec, fit_to_plateau
from rnn_core.training.spec import BegunSpec, TrainSpec
from rnn_core.training.state import begin

PROCESSES = 2

SpecT = TypeVar("SpecT", bound=manifests.Named)
ModuleT = TypeVar("ModuleT", bound=nn.Module)
ManifestT = TypeVar("ManifestT", bound=Mapping[str, Any])


def cell_of(spec: Any) -> str:
    """What most networks are called on their card: their cell."""
    return str(spec.cell)


def task_of(spec: Any) -> str:
    """What is minimised of most networks: what their task is called by."""
    return str(spec.task)


def decided(_: Any, line: Mapping[str, Any], __: Mapping[str, Any]) -> Count:
    """The right ones of the decisions that a line counts."""
    return Count(line["decisions"]["right"], line["decisions"]["of"])


def texts_learned(_: Any, manifest: Mapping[str, Any]) -> int:
    """How many a network learns from, where the manifest counts texts."""
    return int(manifest["texts"]["train"])


@dataclass(frozen=True, eq=False)
class Task(Generic[SpecT, ModuleT, ManifestT]):
    """What is trained together, and has one manifest. Its functions have a name, so that processes can be told them.

    Attributes:
        name: of the task, as the command calls it.
        file: the name of its manifest.
        kept: the networks whose weights are shipped.
        measured: those of which only the manifest tells.
        family: the kind of network that a spec names.
        learned: what a network learns from.
        held_out: what it is measured on.
        loss: what is made small.
        recipe: how a network is trained; by a `PlateauSpec`, until a loss on other examples stops falling.
        stop_loss: of a network that is trained so, what measures that loss as it is.
        score: what its line says of a network, on what is held out.
        form: all that the manifest says.
        made_from: what it says of the data, which are today's as long as they are the same.
        besides: what else it says, of baselines and comparisons; needs the weights.
        shared: whether its manifest is a part of the file, under the name of the task.
        apart: networks whose lines have a part of the manifest of their own, by its name; the others' is "models".
        drawn: what is computed with the weights and shipped too, by the path.
        licence: of the data, as NOTICE has it.
        kind: what the card of a network says that it is built of, `card.kind.<kind>`.
        objective: what the card says was minimised, `card.objective.<objective>`.
        examples: how many a network learns from, by spec and manifest, where counting is cheaper than `learned`.
        worth: the right ones of the held-out ones, by a spec, its line and the manifest.
    """

    name: str
    file: str
    kept: tuple[SpecT, ...]
    family: Callable[[SpecT], Family[Any, Any]]
    learned: Callable[[SpecT], Data[Any]]
    held_out: Callable[[SpecT], Any]
    loss: Loss[Any, Any]
    recipe: Callable[[SpecT], TrainSpec]
    score: Callable[[ModuleT, Any], Mapping[str, object]]
    form: Callable[..., ManifestT]  # the class
    measured: tuple[SpecT, ...] = ()
    stop_loss: Callable[[SpecT, Any], Callable[[], float]] | None = None
    made_from: Callable[[], Mapping[str, object]] = shipped.vocabulary
    besides: Callable[[], Mapping[str, object]] | None = None
    shared: bool = False
    apart: Mapping[str, tuple[SpecT, ...]] = field(default_factory=dict)
    drawn: Mapping[Path, Callable[[], ModelTrace]] = field(default_factory=dict)
    licence: str = "MIT"
    kind: Callable[[SpecT], str] = cell_of
    objective: Callable[[SpecT], str] = task_of
    examples: Callable[[SpecT, Mapping[str, Any]], int] | None = None
    worth: Callable[[SpecT, Mapping[str, Any], Mapping[str, Any]], Count] = decided

    @property
    def networks(self) -> tuple[SpecT, ...]:
        """All that are trained."""
        return (*self.kept, *self.measured)

    def train(self, spec: SpecT) -> tuple[ModuleT, Mapping[str, object]]:
        """A network made anew, and what its line says of how the training ended."""
        model, plan, learned = self.family(spec).fresh(spec), self.recipe(spec), self.learned(spec)
        if isinstance(plan, BegunSpec):
            set_recurrent_blocks(model.recurrent, plan.start, runtime.generator(plan.seed))
        if self.stop_loss is None or not isinstance(plan, PlateauSpec):
            return trained(model, self.loss, learned, plan), {}
        state = begin(model, plan)
        plateau = fit_to_plateau(state, self.loss, learned, plan, self.stop_loss(spec, model))
        return model, {"steps": state.step, "plateau": plateau}

    def entry(self, spec: SpecT, model: ModuleT, ended: Mapping[str, object]) -> dict[str, Any]:
        """The manifest's line for a trained network."""
        scores = self.score(model, self.held_out(spec))
        return {**manifests.line(spec, self.recipe(spec)), **scores, **ended}

    def build(self) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Make all weights and the manifest, yielding each network's line as it is done.

        What was broken off goes on after the networks that are done; of what is all there, all is made anew.
        """
        lines = {} if self.up_to_date() else self._done()
        yield from list(lines.items())
        left = sorted((spec for spec in self.networks if spec.name not in lines), key=lambda spec: -spec.hidden)
        with ProcessPoolExecutor(PROCESSES, multiprocessing.get_context("spawn"), runtime.use_one_thread) as pool:
            for name, line in pool.map(self._make, left):
                lines[name] = line
                self._write(lines, {})
                yield name, line
        for path, run in self.drawn.items():
            run().save(path)
        self._write(lines, self.besides() if self.besides else {})

    def _make(self, spec: SpecT) -> tuple[str, dict[str, Any]]:
        """Train one network in a process of its own; its weights are kept if they are shipped."""
        model, ended = self.train(spec)
        if spec in self.kept:
            self.family(spec).save(model, spec, weights.path_of(spec.name))
        return spec.name, self.entry(spec, model, ended)

    def _write(self, lines: Mapping[str, Mapping[str, Any]], besides: Mapping[str, object]) -> None:
        """Write the manifest with the lines that there are so far, and with what stands beside all of them."""
        parts: dict[str, dict[str, object]] = {part: {} for part in ("models", *self.apart)}
        for spec in self.networks:
            if spec.name in lines:
                part = next((part for part, specs in self.apart.items() if spec in specs), "models")
                parts[part][spec.name] = lines[spec.name]
        files = [weights.path_of(spec.name) for spec in self.kept if spec.name in lines]
        drawn = [path for path in self.drawn if path.is_file()]
        self.write({**manifests.head([*files, *drawn]), **self.made_from(), **besides, **parts})

    def write(self, manifest: Mapping[str, Any]) -> None:
        """Ship its manifest; what else the file holds stays."""
        others = manifests.if_whole(partial(manifests.read, self.file, dict[str, Any])) or {} if self.shared else {}
        manifests.write(self.file, {**others, self.name: manifest} if self.shared else manifest)

    def up_to_date(self) -> bool:
        """Whether the manifest and the weights are there, as the data and the recipes of today make them."""
        there = manifests.if_whole(self.manifest)
        if there is None or not all(path.is_file() for path in self.drawn):
            return False
        return self._holding(there).keys() == self.lines(there).keys() == {spec.name for spec in self.networks}

    def manifest(self) -> ManifestT:
        """The manifest as it is shipped.

        Raises:
            KiokuError: it is missing or damaged, or has no line of a network.
        """
        there = self._read()
        if not {spec.name for spec in self.networks} <= self.lines(there).keys():
            raise KiokuError("manifest_damaged", path=checkout.named(manifests.path_of(self.file)))
        return there

    def steps(self, spec: SpecT, line: Mapping[str, Any], there: ManifestT) -> int:
        """The updates of its weights: as many batches as it takes to read all that it can, an epoch each."""
        if "steps" in line:
            return int(line["steps"])
        examples = self.examples(spec, there) if self.examples else len(self.learned(spec))
        return int(line["train"]["epochs"]) * math.ceil(examples / int(line["train"]["batch"]))

    def _read(self) -> ManifestT:
        """The manifest, be it of all networks or not."""
        found: ManifestT = manifests.read(self.file, self.form, self.name if self.shared else "")
        return found

    def _read_begun(self) -> dict[str, Any]:
        """What it says so far of the networks, be there more or not."""
        parts = (*get_type_hints(manifests.Head), *self.made_from(), "models", *self.apart)
        return manifests.read_begun(self.file, self.form, parts, self.name if self.shared else "")

    def lines(self, there: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The lines of a manifest by the names of their networks, whatever part they stand in."""
        return {name: line for part in ("models", *self.apart) for name, line in there[part].items()}

    def _done(self) -> dict[str, Mapping[str, Any]]:
        """The lines of the networks that this torch and machine have already made, as they would make them today."""
        there = manifests.if_whole(self._read_begun)
        here = (torch.__version__, manifests.machine())
        return self._holding(there) if there and (there["torch"], there["machine"]) == here else {}

    def _holding(self, there: Mapping[str, Any]) -> dict[str, Mapping[str, Any]]:
        """The lines of the networks that are there as the data and the recipes of today make them."""
        if any(there[key] != value for key, value in self.made_from().items()):
            return {}
        lines = self.lines(there)
        return {spec.name: lines[spec.name] for spec in self.networks if self._holds(spec, lines.get(spec.name, {}))}

    def _holds(self, spec: SpecT, line: Mapping[str, Any]) -> bool:
        today = manifests.line(spec, self.recipe(spec))
        missing = spec in self.kept and not weights.path_of(spec.name).is_file()
        return not missing and all(line.get(key) == value for key, value in today.items())
