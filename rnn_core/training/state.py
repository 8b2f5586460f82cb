"""Where a training stands, as a value that can be kept and gone on from."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Mapping

OPTIMIZERS = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD, "rmsprop": torch.optim.RMSprop}
MODEL, OPTIMIZER, GENERATOR, LEFT, STEP = "model.", "optimizer.", "generator", "left", "step"


@dataclass(eq=False)
class TrainState:
    """All that the next update depends on, beside the data and the spec: the loop changes it in place.

    Attributes:
        model: its weights as they are.
        optimizer: what it remembers of the gradients.
        generator: draws the order of the examples, and whatever the loss draws.
        left: the numbers of the examples that this epoch has still to see, in their order, (N,).
        step: how many updates were made.
    """

    model: nn.Module
    optimizer: torch.optim.Optimizer
    generator: torch.Generator
    left: Tensor = field(default_factory=lambda: torch.empty(0, dtype=torch.int64))
    step: int = 0

    def to_bytes(self) -> bytes:
        """It as a safetensors file; equal states give equal bytes."""
        return save({name: tensor.contiguous() for name, tensor in self.tensors().items()})

    def tensors(self) -> dict[str, Tensor]:
        """What is kept of it, by name."""
        kept = {MODEL + name: weight for name, weight in self.model.state_dict().items()}
        remembered: dict[int, dict[str, Tensor]] = self.optimizer.state_dict()["state"]
        for number, values in remembered.items():
            kept |= {f"{OPTIMIZER}{number}.{name}": value for name, value in values.items()}
        return kept | {GENERATOR: self.generator.get_state(), LEFT: self.left, STEP: torch.tensor(self.step)}

    def restore(self, kept: bytes) -> None:
        """Become the state that `to_bytes` gave: from there on every update is what it would have been, bit for bit.

        Raises:
            KiokuError: the bytes are no such state, or one of another model.
        """
        try:
            self.take(load(kept))
        except (SafetensorError, LookupError, ValueError, RuntimeError):
            raise KiokuError("train_state", model=type(self.model).__name__) from None

    def take(self, found: Mapping[str, Tensor]) -> None:
        """Become what `tensors` gave."""
        self.model.load_state_dict(in_room(found, MODEL))
        remembered: dict[int, dict[str, Tensor]] = {}
        for name, value in in_room(found, OPTIMIZER).items():
            number, _, key = name.partition(".")
            remembered.setdefault(int(number), {})[key] = value
        groups = self.optimizer.state_dict()["param_groups"]
        self.optimizer.load_state_dict({"state": remembered, "param_groups": groups})
        self.generator.set_state(found[GENERATOR])
        self.left, self.step = found[LEFT], int(found[STEP])


def in_room(found: Mapping[str, Tensor], room: str) -> dict[str, Tensor]:
    """The tensors whose names begin with `room`, by the rest of their names."""
    return {name.removeprefix(room): value for name, value in found.items() if name.startswith(room)}


def begin(model: nn.Module, spec: TrainSpec) -> TrainState:
    """Before the first update of a model, which is trained in place."""
    optimizer = OPTIMIZERS[spec.optimizer](model.parameters(), lr=spec.rate)
    return TrainState(model, optimizer, runtime.generator(spec.seed))


def resume(model: nn.Module, spec: TrainSpec, kept: bytes) -> TrainState:
    """Where `TrainState.to_bytes` left off: from there on every update is what it would have been, bit for bit.

    Args:
        model: a module of the same kind and sizes; it gets the weights and is trained in place.
        spec: the same as before.
        kept: what `to_bytes` gave.

    Raises:
        KiokuError: the bytes are no such state, or one of another model.
    """
    state = begin(model, spec)
    state.restore(kept)
    return state
