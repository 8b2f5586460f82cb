"""One plain training loop for every model of the project: it yields what happens, and draws nothing from chance.

The same loop makes the shipped weights and is watched live, so it knows neither files nor screens.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Protocol, TypeAlias, TypeVar, runtime_checkable

import torch
from jaxtyping import Int
from torch import Tensor, nn

from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import TrainState, begin


@dataclass(frozen=True)
class Step:
    """One update. Steps count from 1.

    Attributes:
        loss: of the step's batch, before the update.
        gradient_norm: the common norm of all gradients before clipping.
        clipped_norm: the same after clipping: what the update was made from.
        rate: the learning rate of the update.
    """

    step: int
    loss: float
    gradient_norm: float
    clipped_norm: float
    rate: float


@dataclass(frozen=True)
class Evaluated:
    """What the model is worth after `step` updates; the names of the scores are the task's."""

    step: int
    epoch: int
    scores: Mapping[str, float]


@dataclass(frozen=True)
class Diverged:
    """The step at which loss or gradients were no longer finite: the last event, and no update was made."""

    step: int
    loss: float
    gradient_norm: float


@dataclass(frozen=True)
class Finished:
    """The last event of a run that went through."""

    step: int


Event: TypeAlias = Step | Evaluated | Diverged | Finished
Module = TypeVar("Module", bound=nn.Module)
ModelT = TypeVar("ModelT", bound=nn.Module, contravariant=True)
BatchT = TypeVar("BatchT")
TakenT = TypeVar("TakenT", covariant=True)
GivenT = TypeVar("GivenT", contravariant=True)


@runtime_checkable
class Data(Protocol[TakenT]):
    """Examples by their numbers."""

    def __len__(self) -> int:
        """How many there are."""

    def take(self, which: Int[Tensor, " B"]) -> TakenT:
        """Some of them, as a loss takes them."""


@runtime_checkable
class Loss(Protocol[ModelT, GivenT]):
    """A loss by its name: from a model and a batch to a scalar; whatever it draws, it draws from the generator."""

    def __call__(self, model: ModelT, batch: GivenT, spec: TrainSpec, generator: torch.Generator, /) -> Tensor:
        """The mean over the batch."""


def fit(
    state: TrainState,
    loss: Loss[Any, BatchT],
    data: Data[BatchT],
    spec: TrainSpec,
    evaluate: Callable[[], Mapping[str, float]] | None = None,
) -> Iterator[Event]:
    """Train from where `state` is, in place, yielding every step, an evaluation after each epoch, and how it ended.

    Args:
        state: a training that begins, or one that was broken off; whoever stops asking for events stops the training.
        loss: what is made small.
        data: what is learned.
        spec: how to train.
        evaluate: the task's scores for the model as it is.
    """
    an_epoch = math.ceil(len(data) / spec.batch)
    steps, model = spec.epochs * an_epoch, state.model
    model.train()
    while state.step < steps:
        if not len(state.left):
            state.left = torch.randperm(len(data), generator=state.generator)
        batch, state.left = state.left[: spec.batch], state.left[spec.batch :]
        rate = spec.rate * (1 - state.step / steps) if spec.decay == "linear" else spec.rate
        event = _update(state, loss(model, data.take(batch), spec, state.generator), spec, rate)
        yield event
        if isinstance(event, Diverged):
            return
        if evaluate is not None and not len(state.left):
            model.eval()
            yield Evaluated(state.step, state.step // an_epoch, evaluate())
            model.train()
    yield Finished(state.step)


def trained(model: Module, loss: Loss[Any, BatchT], data: Data[BatchT], spec: TrainSpec) -> Module:
    """Train `model` in place as far as `fit` goes."""
    for _ in fit(begin(model, spec), loss, data, spec):
        pass
    return model.eval()


def _update(state: TrainState, loss: Tensor, spec: TrainSpec, rate: float) -> Step | Diverged:
    state.step += 1
    state.optimizer.zero_grad()
    torch.autograd.backward(loss)
    grad_norm = gradient_norm(state.model)
    if not math.isfinite(loss.item()) or not math.isfinite(grad_norm):
        return Diverged(state.step, loss.item(), grad_norm)
    clip(state.model, spec)
    for group in state.optimizer.param_groups:
        group["lr"] = rate
    state.optimizer.step()
    return Step(state.step, loss.item(), grad_norm, gradient_norm(state.model), rate)


def gradient_norm(model: nn.Module) -> float:
    """The norm of all gradients as one long vector."""
    return float(nn.utils.get_total_norm([weight.grad for weight in model.parameters() if weight.grad is not None]))


def clip(model: nn.Module, spec: TrainSpec) -> None:
    """Limit the gradients in place.

    By norm, all are scaled by one factor and keep their direction; by value, each number is cut on its own.
    Source: Pascanu, Mikolov & Bengio 2013, algorithm 1 (norm); torch.nn.utils.clip_grad_norm_ and clip_grad_value_.
    """
    if spec.clip == "norm":
        nn.utils.clip_grad_norm_(model.parameters(), spec.threshold)
    elif spec.clip == "value":
        nn.utils.clip_grad_value_(model.parameters(), spec.threshold)
