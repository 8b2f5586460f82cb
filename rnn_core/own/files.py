"""One file of weights, opened: which recurrent networks are in it, and what of it is left aside and why."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from torch import nn

from rnn_core.errors import KiokuError
from rnn_core.own.limits import MOST_INPUTS, MOST_LAYERS, MOST_MEGABYTES, MOST_UNITS, MOST_WEIGHTS
from rnn_core.recurrent.checkpoint import called, load_checkpoint
from rnn_core.text.tokenizer import visible

if TYPE_CHECKING:
    from collections.abc import Mapping

    from rnn_core.quantities import Recurrent
    from rnn_core.recurrent.checkpoint import Note

MODULES: Mapping[Recurrent, type[nn.RNNBase]] = {"rnn": nn.RNN, "lstm": nn.LSTM, "gru": nn.GRU}
NAMED = 60  # characters of a file's name that are kept


@dataclass(frozen=True)
class Part:
    """One recurrent module of a file, described.

    Attributes:
        prefix: what stands before the names of its weights; "" at the root.
        cell: its kind.
        inputs: D, the numbers that it receives at each step.
        units: H, of each direction.
        layers: how many layers.
        directions: 1 or 2.
        state: how many numbers h is: H, or fewer behind a projection.
        parameters: how many numbers it has learned.
        beyond: whether it is larger than what can be shown.
    """

    prefix: str
    cell: Recurrent
    inputs: int
    units: int
    layers: int
    directions: int
    state: int
    parameters: int
    beyond: bool

    @property
    def called(self) -> str:
        """Its prefix as a page says it; "/" at the root."""
        return called(self.prefix) or "/"


@dataclass(frozen=True, eq=False)
class OwnFile:
    """What was opened.

    Attributes:
        name: `file:<SHA-256 of what is in it>`, or `file:<package>`.
        title: what the reader calls it: the file's own name, or the package's.
        parts: its recurrent modules in their order, described.
        modules: the same, as torch's own; their weights are for reading only.
        notes: what the file cannot say, and what was done.
        ignored: the names of the tensors that were not read.
        licence: of a package's.
    """

    name: str
    title: str
    parts: tuple[Part, ...]
    modules: tuple[nn.RNNBase, ...]
    notes: tuple[Note, ...]
    ignored: tuple[str, ...]
    licence: str = ""

    def part(self, place: int) -> Part:
        """One of its modules that can be shown, by its place.

        Raises:
            KiokuError: it has no such module, or one that is too large.
        """
        if not 0 <= place < len(self.parts):
            raise KiokuError("own_part", given=place + 1, last=len(self.parts))
        found = self.parts[place]
        if found.beyond:
            raise KiokuError(
                "own_beyond", prefix=found.called, units=MOST_UNITS, layers=MOST_LAYERS, inputs=MOST_INPUTS
            )
        return found


def open_file(title: str, content: bytes) -> OwnFile:
    """Open a `.safetensors` or `.npz` file by what is in it; its name is a name and nothing else.

    Raises:
        KiokuError: it is empty or too large, or `load_checkpoint` refuses it.
    """
    if not content:
        raise KiokuError("own_empty")
    if len(content) > MOST_MEGABYTES << 20:
        raise KiokuError("own_large", most=MOST_MEGABYTES)
    found = load_checkpoint(content, most=MOST_WEIGHTS)
    name = f"file:{hashlib.sha256(content).hexdigest()}"
    own = visible(title.replace("\\", "/").rpartition("/")[2])[-NAMED:]
    return describe(name, own, found.modules, found.notes, found.ignored)


def describe(
    name: str,
    title: str,
    modules: Mapping[str, nn.RNNBase],
    notes: tuple[Note, ...] = (),
    ignored: tuple[str, ...] = (),
    licence: str = "",
) -> OwnFile:
    """An opened file of these modules, by their prefixes."""
    parts = tuple(_part(prefix, module) for prefix, module in modules.items())
    return OwnFile(name, title, parts, tuple(modules.values()), notes, ignored, licence)


def _part(prefix: str, module: nn.RNNBase) -> Part:
    inputs, units, layers = module.input_size, module.hidden_size, module.num_layers
    return Part(
        prefix=prefix,
        cell=next(cell for cell, kind in MODULES.items() if isinstance(module, kind)),
        inputs=inputs,
        units=units,
        layers=layers,
        directions=1 + module.bidirectional,
        state=module.proj_size or units,
        parameters=sum(weight.numel() for weight in module.parameters()),
        beyond=units > MOST_UNITS or layers > MOST_LAYERS or inputs > MOST_INPUTS,
    )
