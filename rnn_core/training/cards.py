"""What a network is and where it comes from, in one place: built how, learned from what, by whom, and worth what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Any, Literal, TypeAlias

from rnn_core.checkout import named
from rnn_core.models import weights
from rnn_core.models.family import count_parameters
from rnn_core.segmentation.model import segmenter
from rnn_core.specs import BaselineSpec, MinimalSpec, ModelSpec, ResponderSpec, TransformerSpec, TranslatorSpec
from rnn_core.speech.detector import UNITS, load_detector
from rnn_core.tasks.digits import DigitSpec
from rnn_core.tasks.forecast.spec import ForecastSpec
from rnn_core.tasks.music.spec import MusicSpec
from rnn_core.tasks.sentiment import Count, SentimentSpec
from rnn_core.tasks.video.spec import VideoSpec
from rnn_core.training.lab.network import build_network
from rnn_core.training.lab.spec import TrainSpec
from rnn_core.training.lab.tasks import TASKS as LAB
from rnn_core.training.task import Task
from rnn_core.training.tasks import TASKS

NAGISA: Literal["nagisa"] = "nagisa"
"""The word segmenter, of which there is one: it has no spec."""
SILERO: Literal["silero"] = "silero"
"""The voice detector, likewise."""
Described: TypeAlias = (
    ModelSpec
    | MinimalSpec
    | BaselineSpec
    | TransformerSpec
    | ResponderSpec
    | TranslatorSpec
    | SentimentSpec
    | ForecastSpec
    | MusicSpec
    | DigitSpec
    | VideoSpec
    | TrainSpec
    | Literal["nagisa", "silero"]
)


@dataclass(frozen=True)
class Origin:
    """Where the weights for one task come from; what it learned and from which data, messages say (`card.data.<task>`).

    Attributes:
        licence: of the data, as NOTICE has it.
        package: whose weights they are; "" for those that this project trained.
        package_licence: of that package.
    """

    licence: str
    package: str = ""
    package_licence: str = ""


PACKAGES: Mapping[str, Origin] = {
    "katakana": Origin("CC-BY-SA", "e2k", "Unlicense"),
    "segmentation": Origin("", "nagisa", "MIT"),
    "voice": Origin("", "silero-vad", "MIT"),
    "file:nagisa": Origin("", "nagisa", "MIT"),
    "file:silero": Origin("", "silero-vad", "MIT"),
}


@dataclass(frozen=True)
class Card:
    """One network.

    Attributes:
        name: by which its file and its manifest know it.
        kind: what it is built of, `card.kind.<kind>`.
        units: the numbers of its state; of each direction where it has two.
        parameters: all that it has learned, or would learn.
        task: what it learned (`card.task.<task>`) and from what (`card.data.<task>`).
        objective: what was minimised, `card.objective.<objective>`.
        origin: where its weights come from; None for randomly initialised ones, of which nothing was trained.
        seed: what draws its first values.
        steps: the optimizer's; None where others trained it.
        plateau: they were made until the held-out loss stopped falling; else their number was fixed before.
        seeds: with which it was trained and measured.
        worth: the right ones of the held-out ones; None where nobody has measured it here.
        source: from where its weights come, as its spec says; "lab" for what a reader trains.
        file: of its weights, from the checkout's root on; "" where they are a package's or nobody's.
    """

    name: str
    kind: str
    units: int
    parameters: int
    task: str
    objective: str
    origin: Origin | None
    seed: int = 0
    steps: int | None = None
    plateau: bool = False
    seeds: tuple[int, ...] = ()
    worth: Count | None = None
    source: str = "trained"
    file: str = ""

    @property
    def package(self) -> str:
        """The package that the weights come with, with its version and licence; "" for our own."""
        of = self.origin
        return f"{of.package} {version(of.package)} ({of.package_licence})" if of and of.package else ""


def describe(spec: Described) -> Card:
    """The card of a network.

    Raises:
        KiokuError: its source has no such network.

    Example:
        >>> card = describe(ModelSpec(cell="lstm", hidden=16))
        >>> card.parameters, card.steps, card.worth.of, card.file
        (12707, 4240, 1754, 'rnn_core/pretrained/smalltalk-lstm-16-seed0.safetensors')
    """
    if spec == "nagisa":
        learned = count_parameters(segmenter(), ())
        units, task = segmenter().recurrent.hidden_size, "segmentation"
        return Card(NAGISA, "segmenter", units, learned, task, "theirs", PACKAGES[task])
    if isinstance(spec, TrainSpec):
        learned, objective = count_parameters(build_network(spec), ()), f"lab_{LAB[spec.task].output}"
        name = f"{spec.cell.upper()} {spec.hidden}"
        return Card(
            name, spec.cell, spec.hidden, learned, spec.task, objective, None, spec.seed, spec.steps, source="lab"
        )
    if spec == "silero":
        task = "voice"
        return Card(SILERO, "detector", UNITS, count_parameters(load_detector(), ()), task, "theirs", PACKAGES[task])
    row = next((row for row in TASKS.values() if spec in row.kept), None)
    like = row or _alike(spec)
    package = spec.task if spec.weights == "trained" else spec.weights.partition("-")[0]
    origin = Origin(row.licence) if row else PACKAGES.get(package)
    card = Card(
        spec.name,
        like.kind(spec),
        spec.hidden,
        count_parameters(like.family(spec).memoized(spec), ()),
        spec.task,
        "theirs" if spec.weights.startswith("file:") else like.objective(spec),
        origin,
        spec.seed,
        source=spec.weights,
    )
    return _measured(card, spec, row) if row else card


def _measured(card: Card, spec: Any, task: Task[Any, Any, Any]) -> Card:
    manifest = task.manifest()
    line = task.lines(manifest)[spec.name]
    seeds = {one.seed for one in task.networks if one == spec.model_copy(update={"seed": one.seed})}
    return replace(
        card,
        steps=task.steps(spec, line, manifest),
        plateau="plateau" in line,
        seeds=tuple(sorted(seeds)),
        worth=task.worth(spec, line, manifest),
        file=named(weights.path_of(spec.name)),
    )


def _alike(spec: Any) -> Task[Any, Any, Any]:
    """The row whose networks a network is most like: of its kind and task, or else of its kind."""
    rows = [row for row in TASKS.values() if any(type(one) is type(spec) for one in row.kept)]
    return next((row for row in rows if any(one.task == spec.task for one in row.kept)), rows[0])
