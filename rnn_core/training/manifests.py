"""What all manifests have in common: where they are, how they begin, and whether today's code made them.

A manifest says of the weights of a task how they were made and what they are worth.
"""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Protocol, TypeVar, get_type_hints, runtime_checkable

import torch
from pydantic import TypeAdapter, create_model
from typing_extensions import TypedDict  # typing's own can be checked from Python 3.12 on

from rnn_core import checkout
from rnn_core.errors import KiokuError
from rnn_core.models import model_trace
from rnn_core.training.spec import TrainSpec


@runtime_checkable
class Named(Protocol):
    """What a manifest needs of a spec: a name, and to be written down."""

    @property
    def name(self) -> str:
        """By it the manifest finds the line."""

    @property
    def hidden(self) -> int:
        """Its size: the largest take longest, and are trained first."""

    def model_dump(self, *, mode: str) -> dict[str, Any]:
        """It as JSON."""


Form = TypeVar("Form")


class Line(TypedDict):
    """How the line of every model begins: which one it is, and how it was trained."""

    spec: dict[str, object]
    train: dict[str, object]


class Head(TypedDict):
    """How every manifest begins: with which torch and on which machine its files were made, and their SHA-256."""

    torch: str
    machine: str
    sha256: dict[str, str]


def line(spec: Named, plan: TrainSpec) -> Line:
    """The beginning of the line of a model that was trained by `plan`."""
    return Line(spec=spec.model_dump(mode="json"), train=plan.model_dump(mode="json"))


def head(files: Iterable[Path]) -> Head:
    """The beginning of a manifest of files that were made here and now."""
    digests = {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}
    return Head(torch=torch.__version__, machine=machine(), sha256=digests)


def if_whole(read: Callable[[], Form]) -> Form | None:
    """What `read` gives; None where nothing was made yet, or what was made is damaged and has to be made anew."""
    try:
        return read()
    except KiokuError:
        return None


def read(name: str, form: Any, part: str = "") -> Any:
    """What a manifest, or a part of it, says, which must be all that its form asks for.

    Raises:
        KiokuError: it is missing or damaged.
    """
    found = checkout.manifest(path_of(name), _adapter(form, part))
    return getattr(found, part) if part else found


def read_begun(name: str, form: Any, parts: Iterable[str], task: str = "") -> dict[str, Any]:
    """These parts of a manifest, which must be as its form has them, whether the others are there yet or not.

    Raises:
        KiokuError: it is missing or damaged.
    """
    said = get_type_hints(form)
    fields: dict[str, Any] = {part: (said[part], ...) for part in parts}
    begun = create_model("Begun", **fields)
    shared: dict[str, Any] = {task: (begun, ...)}
    found: Any = checkout.manifest(path_of(name), TypeAdapter(create_model("Shared", **shared) if task else begun))
    return dict(getattr(found, task) if task else found)


@cache
def _adapter(form: Any, part: str) -> Any:
    fields: dict[str, Any] = {part: (form, ...)}
    return TypeAdapter(create_model("Shared", **fields) if part else form)


def write(name: str, manifest: Mapping[str, object]) -> None:
    """Ship a manifest."""
    path_of(name).write_text(json.dumps(manifest, indent=1, sort_keys=True) + "\n", encoding="utf-8")


def path_of(name: str) -> Path:
    """Where the manifest of this name is."""
    return model_trace.PRETRAINED / f"{name}.json"


def machine() -> str:
    """What decides over the last bits of a sum, beside torch's version: the processor and its instructions."""
    about = Path("/proc/cpuinfo")
    lines = about.read_text(encoding="utf-8").splitlines() if about.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return (
        f"{platform.machine()} {names[0] if names else platform.processor()} {torch.backends.cpu.get_cpu_capability()}"
    )
