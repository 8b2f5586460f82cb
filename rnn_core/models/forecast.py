"""The forecaster: a recurrent layer over the days, and from its state after each a fan for the days to come."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn
from torch.nn.functional import softplus

from rnn_core.models.family import Family
from rnn_core.models.language_model import RECURRENT
from rnn_core.recurrent.recording import record
from rnn_core.tasks.forecast.spec import QUANTILES, ForecastSpec
from rnn_core.tasks.forecast.split import AHEAD
from rnn_core.text.tokenizer import Tokenizer
from rnn_core.text.vocabulary import Vocabulary

if TYPE_CHECKING:
    from rnn_core.quantities import Recurrent
    from rnn_core.recurrent.trace import LayerTrace
    from rnn_core.tasks.forecast.series import Series
    from rnn_core.tasks.forecast.split import Prepared

INPUTS = {"forecast": 6, "prices": 3}
"""Highest and lowest temperature, rain, wind, or the change of the price; and the time of the year as two numbers."""
MIDDLE = QUANTILES.index(0.5)


class Forecaster(nn.Module):
    """Inputs → recurrent layer → for each step ahead the quantiles of the change from now.

    The middle one is read out as it is; each of the others is farther from it than its neighbour, by a softplus. So no
    two of them ever cross.

    Example:
        >>> model = Forecaster("gru", inputs=3, hidden=4)
        >>> model(torch.zeros(2, 9, 3)).shape
        torch.Size([2, 9, 7, 5])
    """

    def __init__(self, cell: Recurrent, inputs: int, hidden: int) -> None:
        super().__init__()
        self.recurrent = RECURRENT[cell](inputs, hidden, batch_first=True)
        self.readout = nn.Linear(hidden, AHEAD * len(QUANTILES))

    def forward(self, inputs: Float[Tensor, "B T F"]) -> Float[Tensor, "B T K Q"]:
        """The changes, in the units in which the network was trained."""
        return self.read(self.recurrent(inputs)[0])

    def read(self, states: Float[Tensor, "*B H"]) -> Float[Tensor, "*B K Q"]:
        """The same from states."""
        scores = self.readout(states).unflatten(-1, (AHEAD, len(QUANTILES)))  # (…, K, Q)
        middle = scores[..., MIDDLE : MIDDLE + 1]
        below = softplus(scores[..., :MIDDLE]).flip(-1).cumsum(dim=-1).flip(-1)
        above = softplus(scores[..., MIDDLE + 1 :]).cumsum(dim=-1)
        return torch.cat([middle - below, middle, middle + above], dim=-1)


@dataclass(frozen=True, eq=False)
class Forecast:
    """What a network says after each step of a series, and the states from which it says it.

    Attributes:
        fan: the quantiles of the value 1 … K steps later, (N, K, Q), in the units of the series; read-only.
        states: what its cell computed.
        parity: how far that is from PyTorch's own.
    """

    fan: Float[np.ndarray, "N K Q"]
    states: LayerTrace
    parity: float

    def __post_init__(self) -> None:
        self.fan.flags.writeable = False

    @property
    def middle(self) -> Float[np.ndarray, "N K"]:
        """The forecast itself."""
        return self.fan[..., MIDDLE]


def forecast_series(model: Forecaster, series: Series, prepared: Prepared) -> Forecast:
    """Read a whole series, from a state of zeros, and forecast after each of its steps."""
    trace = record(model.recurrent, torch.from_numpy(prepared.inputs.astype(np.float32)))
    with torch.inference_mode():
        states = torch.from_numpy(np.array(trace.output, dtype=np.float32))
        changes = model.read(states).double().numpy()  # (N, K, Q)
    fan = series.values[:, None, None] + prepared.scale * changes
    return Forecast(fan, trace.layers[0][0], trace.parity)


def influence(model: Forecaster, prepared: Prepared, step: int, ahead: int, back: int) -> Float[np.ndarray, " D"]:
    """By how much the forecast made at a step moves where the value was 1 higher so many steps before, 0 … `back` − 1.

    Exact derivatives; at 0 steps before, the value of now itself, from which changes are counted, is in it.

    Args:
        model: as it was trained.
        prepared: what it reads.
        step: from which is forecast, 0-based.
        ahead: how many steps, 1 … K.
        back: how many steps to look back at most.
    """
    inputs = torch.from_numpy(prepared.inputs[: step + 1].astype(np.float32))[None].requires_grad_()  # (1, T, F)
    with torch.enable_grad():
        said = model(inputs)[0, -1, ahead - 1, MIDDLE]
    (slopes,) = torch.autograd.grad(said, inputs)  # (1, T, F)
    by_value = slopes[0, :, 0].double().numpy()[::-1][:back] * prepared.scale / prepared.spread
    by_value = np.concatenate([by_value, np.zeros(back - len(by_value))])
    by_value[0] += 1.0
    return by_value


def build_forecaster(spec: ForecastSpec, _: Tokenizer) -> Forecaster:
    """The network of a spec, with torch's first values."""
    return Forecaster(spec.cell, INPUTS[spec.task], spec.hidden)


@cache
def no_words() -> Tokenizer:
    """It reads numbers: what every network has to read by is empty."""
    return Tokenizer(Vocabulary(()), (), (), by="gap")


def tokenizer_of(_: ForecastSpec) -> Tokenizer:
    """The same for every spec."""
    return no_words()


FORECASTERS: Family[ForecastSpec, Forecaster] = Family(build_forecaster, tokenizer_of)
