"""Where a training stands, as a value that can be kept and gone on from."""

from __future__ import annotations

from dataclasses import dataclass, field

import torch
from safetensors import SafetensorError
from safetensors.torch import load, save
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.errors import KiokuError
from rnn_core.training.spec import TrainSpec

OPTIMIZERS = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}
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
        kept = {MODEL + name: weight for name, weight in self.model.state_dict().items()}
        remembered: dict[int, dict[str, Tensor]] = self.optimizer.state_dict()["state"]
        for number, values in remembered.items():
            kept |= {f"{OPTIMIZER}{number}.{name}": value for name, value in values.items()}
        kept |= {GENERATOR: self.generator.get_state(), LEFT: self.left, STEP: torch.tensor(self.step)}
        return save({name: tensor.contiguous() for name, tensor in kept.items()})


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
    try:
        found = load(kept)
        model.load_state_dict({name.removeprefix(MODEL): found[name] for name in found if name.startswith(MODEL)})
        remembered: dict[int, dict[str, Tensor]] = {}
        for name in found:
            if name.startswith(OPTIMIZER):
                number, _, key = name.removeprefix(OPTIMIZER).partition(".")
                remembered.setdefault(int(number), {})[key] = found[name]
        groups = state.optimizer.state_dict()["param_groups"]
        state.optimizer.load_state_dict({"state": remembered, "param_groups": groups})
        state.generator.set_state(found[GENERATOR])
        state.left, state.step = found[LEFT], int(found[STEP])
    except (SafetensorError, LookupError, ValueError, RuntimeError):
        raise KiokuError("train_state", model=type(model).__name__) from None
    return state
