"""Training until the held-out loss stops falling: at a first learning rate, at a smaller one, and back to the best.

So networks that learn at different speeds can be compared by what they can do, not by how soon.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pydantic import Field
from typing_extensions import TypedDict  # typing's own can be checked from Python 3.12 on

from rnn_core.training.loop import BatchT, Data, Loss, Step, fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import TrainState

FALL = 0.1  # each rate is this share of the one before


class PlateauSpec(TrainSpec):
    """How a model is trained until it stops improving; `epochs` are the most it is given, shared by the rates.

    Attributes:
        look_every: updates between two looks at the held-out loss.
        least: by how much the loss has to fall to count as progress.
        patience: looks in a row without progress after which a rate has done its work.
        rates: how many learning rates, each a tenth of the one before.
    """

    look_every: int = Field(default=200, ge=1)
    least: float = Field(default=0.001, ge=0, allow_inf_nan=False)
    patience: int = Field(default=3, ge=1)
    rates: int = Field(default=2, ge=1)


class Plateau(TypedDict):
    """How such a training ended.

    Attributes:
        best: after how many updates the weights are those that the model has now.
        loss: the held-out loss of these.
        settled: it stopped falling at every rate; else the epochs were used up, or the training diverged.
    """

    best: int
    loss: float
    settled: bool


def fit_to_plateau(
    state: TrainState, loss: Loss[Any, BatchT], data: Data[BatchT], spec: PlateauSpec, held_out: Callable[[], float]
) -> Plateau:
    """Train in place until no rate brings progress, and give the model the weights of the lowest held-out loss.

    Args:
        state: a training that begins.
        loss: what is made small.
        data: what is learned.
        spec: how to train, and when to stop.
        held_out: the loss of the model as it is, on examples that are not learned.
    """
    kept, best, lowest, settled = _weights(state), 0, held_out(), 0
    for number in range(spec.rates):
        most = spec.epochs * (number + 1) // spec.rates
        plan = spec.model_copy(update={"rate": spec.rate * FALL**number, "decay": "none", "epochs": most})
        mark, waited = lowest, 0
        for event in fit(state, loss, data, plan):
            if not isinstance(event, Step) or event.step % spec.look_every:
                continue
            state.model.eval()
            now = held_out()
            state.model.train()
            if now < lowest:
                kept, best, lowest = _weights(state), event.step, now
            mark, waited = (now, 0) if now < mark - spec.least else (mark, waited + 1)
            if waited == spec.patience:
                settled += 1
                break
        state.model.load_state_dict(kept)
    state.model.eval()
    return Plateau(best=best, loss=lowest, settled=settled == spec.rates)


def _weights(state: TrainState) -> dict[str, Any]:
    return {name: weight.clone() for name, weight in state.model.state_dict().items()}
