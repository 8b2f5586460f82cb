"""One plain training loop for every model of the project: it yields what happens, and draws nothing from chance.

The same loop makes the shipped weights and is watched live, so it knows neither files nor screens.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, TypeAlias, TypeVar

import torch
from pydantic import Field
from torch import Tensor, nn

from rnn_core import runtime
from rnn_core.specs import MAX_SEED, Spec


class TrainSpec(Spec):
    """How a model is trained. Equal specs give bit-equal weights on one machine, torch version and thread count.

    Attributes:
        epochs: how often every example is seen.
        batch: examples a step.
        rate: the learning rate at the first step.
        decay: "linear" lets the rate fall to 0 by the last step.
        clip: whether gradients are limited by their common norm, number by number, or not at all.
        threshold: the limit of `clip`.
        word_dropout: the share of words replaced by the unknown word, so that its embedding is learned.
        reply_weight: how much a reply counts in the loss, against 1 for a word.
        seed: draws the batches and the replaced words.

    Raises:
        KiokuError: an unknown field, or a value that is out of range or of the wrong type.
    """

    epochs: int = Field(ge=1, le=10_000)
    batch: int = Field(default=128, ge=1)
    optimizer: Literal["adam", "sgd"] = "adam"
    rate: float = Field(gt=0, allow_inf_nan=False)
    decay: Literal["linear", "none"] = "linear"
    clip: Literal["norm", "value", "none"] = "norm"
    threshold: float = Field(default=1.0, gt=0, allow_inf_nan=False)
    word_dropout: float = Field(default=0.0, ge=0, lt=1)
    reply_weight: float = Field(default=1.0, ge=0, allow_inf_nan=False)
    seed: int = Field(default=0, ge=0, le=MAX_SEED)


@dataclass(frozen=True)
class Step:
    """One update. Steps count from 1.

    Attributes:
        loss: of the step's batch, before the update.
        gradient_norm: the common norm of all gradients as they grad_norm.
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
Loss: TypeAlias = Callable[[Tensor, torch.Generator], Tensor]
Module = TypeVar("Module", bound=nn.Module)
OPTIMIZERS = {"adam": torch.optim.Adam, "sgd": torch.optim.SGD}


def fit(
    model: nn.Module,
    loss: Loss,
    examples: int,
    spec: TrainSpec,
    evaluate: Callable[[], Mapping[str, float]] | None = None,
) -> Iterator[Event]:
    """Train `model` in place, yielding every step, an evaluation after each epoch, and how it ended.

    Args:
        model: trained in place; whoever stops asking for events stops the training.
        loss: from the numbers of a batch's examples (int64, (B,)) and a generator for whatever is drawn, to a scalar.
        examples: how many there are.
        spec: how to train.
        evaluate: the task's scores for the model as it is.
    """
    generator = runtime.generator(spec.seed)
    optimizer = OPTIMIZERS[spec.optimizer](model.parameters(), lr=spec.rate)
    steps = spec.epochs * math.ceil(examples / spec.batch)
    step = 0
    for epoch in range(1, spec.epochs + 1):
        model.train()
        for batch in torch.split(torch.randperm(examples, generator=generator), spec.batch):
            rate = spec.rate * (1 - step / steps) if spec.decay == "linear" else spec.rate
            step += 1
            event = _update(model, loss(batch, generator), optimizer, spec, step, rate)
            yield event
            if isinstance(event, Diverged):
                return
        if evaluate is not None:
            model.eval()
            yield Evaluated(step, epoch, evaluate())
    yield Finished(step)


def trained(model: Module, loss: Loss, examples: int, spec: TrainSpec) -> Module:
    """Train `model` in place as far as `fit` goes."""
    for _ in fit(model, loss, examples, spec):
        pass
    return model.eval()


def _update(
    model: nn.Module, loss: Tensor, optimizer: torch.optim.Optimizer, spec: TrainSpec, step: int, rate: float
) -> Step | Diverged:
    optimizer.zero_grad()
    torch.autograd.backward(loss)
    grad_norm = gradient_norm(model)
    if not math.isfinite(loss.item()) or not math.isfinite(grad_norm):
        return Diverged(step, loss.item(), grad_norm)
    clip(model, spec)
    for group in optimizer.param_groups:
        group["lr"] = rate
    optimizer.step()
    return Step(step, loss.item(), grad_norm, gradient_norm(model), rate)


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
