"""How forecasters are trained, on the weather or on prices, and what their manifests say of them."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import numpy as np
import torch
from jaxtyping import Float, Int
from torch import Tensor

from rnn_core.models.family import Family, count_parameters
from rnn_core.models.forecast import FORECASTERS, Forecast, Forecaster, forecast_series
from rnn_core.statistics.forecasts import Interval, coverage, pinball
from rnn_core.tasks.forecast.spec import PARTS, QUANTILES, ForecastSpec, TaskName
from rnn_core.tasks.forecast.split import AHEAD, origins, starts
from rnn_core.tasks.forecast.worth import Case, cases, gain, mean_misses, misses
from rnn_core.tasks.sentiment import Count
from rnn_core.training import manifests
from rnn_core.training.spec import TrainSpec

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

LENGTH, WARM, APART = {"forecast": 42, "prices": 24}, {"forecast": 14, "prices": 6}, {"forecast": 7, "prices": 3}
"""Steps of a stretch that is learned; those of them that are only read, until the state is full; and between two."""
BLOCK = {"forecast": 7, "prices": 3}  # steps whose errors are drawn together, for the intervals
PENALTY = 0.0015  # on the square of each weight: so few years are soon learned by heart
NEAR = 2.0  # °C, or hundredths of a price: what counts as hit


@dataclass(frozen=True, eq=False)
class Stretches:
    """S stretches of T steps: what comes in, and the changes that follow each step; nan where none is known."""

    inputs: Float[Tensor, "S T F"]
    changes: Float[Tensor, "S T K"]
    warm: int

    def __len__(self) -> int:
        """S."""
        return len(self.inputs)

    def take(self, which: Int[Tensor, " B"]) -> Stretches:
        """Some of them."""
        return Stretches(self.inputs[which], self.changes[which], self.warm)


class Entry(manifests.Line):
    """What the manifest says of one network, on the test part; a list has an entry for 1 … K steps ahead.

    Attributes:
        error: the mean absolute error.
        covered: how many true values lie between the outer quantiles, and of how many.
        pinball: the mean loss of the whole fan.
        near: how many forecasts one step ahead are at most `NEAR` off, and of how many.
        gains: by how much less it is off than each baseline, with the 95 % interval: low, mean, high.
        parameters: how many numbers are learned.
    """

    error: list[float]
    covered: list[tuple[int, int]]
    pinball: float
    near: tuple[int, int]
    gains: dict[str, list[tuple[float, float, float]]]
    parameters: int


class Manifest(manifests.Head):
    """How the networks were made, and what they and the baselines are worth on the test part."""

    series: str
    parts: list[str]
    penalty: float
    baselines: dict[str, list[float]]
    models: dict[str, Entry]


def family_of(_: ForecastSpec) -> Family[ForecastSpec, Forecaster]:
    """The row of their kind."""
    return FORECASTERS


def recipe(spec: ForecastSpec) -> TrainSpec:
    """How a network is trained: all alike."""
    return TrainSpec(epochs=15, batch=16, rate=0.01, seed=spec.seed)


@cache
def stretches(task: TaskName) -> Stretches:
    """What the networks of a task learn from."""
    return cut(cases(task), LENGTH[task], WARM[task], APART[task])


def cut(found: Sequence[Case], length: int, warm: int, apart: int) -> Stretches:
    """The part to learn from of each series, in stretches that overlap."""
    inputs, changes = [], []
    for case in found:
        steps = starts(case.split, length, apart)[:, None] + np.arange(length)  # (S, T)
        inputs.append(case.prepared.inputs[steps])
        changes.append(case.prepared.changes[steps])
    whole = [torch.from_numpy(np.concatenate(each)).float() for each in (inputs, changes)]
    return Stretches(whole[0], whole[1], warm)


def learned(spec: ForecastSpec) -> Stretches:
    """What a network learns from."""
    return stretches(spec.task)


def held_out(spec: ForecastSpec) -> tuple[Case, ...]:
    """What it is measured on."""
    return cases(spec.task)


def kind(spec: ForecastSpec) -> str:
    """What its card says that a network is built of."""
    return f"forecast_{spec.cell}"


def objective(_: ForecastSpec) -> str:
    """What its card says was minimised."""
    return "fan"


def worth(_: ForecastSpec, line: Mapping[str, Any], __: Mapping[str, Any]) -> Count:
    """The forecasts one step ahead, and those of them that are near."""
    return Count(*line["near"])


def fan_loss(model: Forecaster, batch: Stretches, _: TrainSpec, __: torch.Generator) -> Float[Tensor, ""]:
    """The pinball loss of all quantiles of all steps ahead, and the penalty on the weights.

    Source: Koenker & Bassett 1978.
    """
    said, truth = model(batch.inputs)[:, batch.warm :], batch.changes[:, batch.warm :, :, None]  # (B, T, K, Q)
    there = truth.isfinite()
    off = truth.nan_to_num() - said
    share = torch.tensor(QUANTILES)
    lost = torch.maximum(share * off, (share - 1) * off) * there
    weights = sum(weight.square().sum() for weight in model.parameters() if weight.ndim > 1)
    return lost.sum() / (there.sum().clamp(min=1) * len(QUANTILES)) + PENALTY * weights


def read_all(model: Forecaster, found: Iterable[Case]) -> list[Forecast]:
    """What a network forecasts in each series."""
    return [forecast_series(model, case.series, case.prepared) for case in found]


def score(model: Forecaster, held_out: tuple[Case, ...]) -> dict[str, object]:
    """What the line of a network says of its forecasts."""
    said = read_all(model, held_out)
    middles = [one.middle for one in said]
    prices = held_out[0].series.relative
    names = [name for name in held_out[0].without if all(name in case.without for case in held_out)]
    return {
        "error": list(mean_misses(zip(held_out, middles, strict=True))),
        "covered": [covered(held_out, said, ahead) for ahead in range(1, AHEAD + 1)],
        "pinball": _pinball(held_out, said),
        "near": _near(held_out, middles, NEAR / 100 if prices else NEAR),
        "gains": {name: gains(held_out, middles, name, BLOCK["prices" if prices else "forecast"]) for name in names},
        "parameters": count_parameters(model, ()),
    }


def covered(found: Sequence[Case], said: Sequence[Forecast], ahead: int) -> tuple[int, int]:
    """How many true values lie between the outer quantiles, so many steps ahead, and of how many."""
    counts = []
    for case, one in zip(found, said, strict=True):
        step = origins(case.split, case.series, ahead)
        fan = one.fan[step, ahead - 1]
        counts.append(coverage(fan[:, 0], fan[:, -1], case.series.values[step + ahead]))
    return sum(inside for inside, _ in counts), sum(of for _, of in counts)


def gains(found: Sequence[Case], middles: Sequence[Float[np.ndarray, "_ K"]], name: str, block: int) -> list[Interval]:
    """By how much the forecasts are off less than those of a baseline, for 1 … K steps ahead."""
    others = [dict(case.without)[name] for case in found]  # type: ignore[index]  # one of its keys
    trios = list(zip(found, middles, others, strict=True))
    return [gain(trios, ahead, block) for ahead in range(1, AHEAD + 1)]


def _pinball(found: Sequence[Case], said: Sequence[Forecast]) -> float:
    shares, losses = np.array(QUANTILES), []
    for case, one in zip(found, said, strict=True):
        for ahead in range(1, AHEAD + 1):
            step = origins(case.split, case.series, ahead)
            losses.append(pinball(shares, one.fan[step, ahead - 1], case.series.values[step + ahead]))
    return float(np.mean(losses))


def _near(found: Sequence[Case], middles: Sequence[Float[np.ndarray, "_ K"]], far: float) -> tuple[int, int]:
    off = np.concatenate([misses(case, said, 1) for case, said in zip(found, middles, strict=True)])
    return int((off <= far).sum()), len(off)


def baselines(task: TaskName) -> Mapping[str, object]:
    """What the manifest says of those that are no networks: their mean absolute error on the test part."""
    found = cases(task)
    names = [name for name in found[0].without if all(name in case.without for case in found)]
    return {"baselines": {name: list(mean_misses((case, case.without[name]) for case in found)) for name in names}}


def made_from(task: TaskName) -> Mapping[str, object]:
    """What it says of the data and of what the recipe does not hold."""
    digest = hashlib.sha256()
    for case in cases(task):
        digest.update(case.series.values.tobytes() + case.series.beside.tobytes())
    return {"series": digest.hexdigest(), "parts": list(PARTS[task]), "penalty": PENALTY}
