"""The forecasters as rows of the table of tasks."""

from __future__ import annotations

from functools import partial

from rnn_core.models.forecast import Forecaster
from rnn_core.tasks.forecast.spec import PRICES, SEEDS, SHIPPED, ForecastSpec, TaskName
from rnn_core.training import forecast
from rnn_core.training.task import Task


def _row(name: TaskName, kept: tuple[ForecastSpec, ...]) -> Task[ForecastSpec, Forecaster, forecast.Manifest]:
    return Task(
        name=name,
        file=name,
        kept=kept,
        measured=tuple(spec.model_copy(update={"seed": seed}) for spec in kept for seed in SEEDS[1:]),
        family=forecast.family_of,
        learned=forecast.learned,
        held_out=forecast.held_out,
        loss=forecast.fan_loss,
        recipe=forecast.recipe,
        score=forecast.score,
        form=forecast.Manifest,
        made_from=partial(forecast.made_from, name),
        besides=partial(forecast.baselines, name),
        kind=forecast.kind,
        objective=forecast.objective,
        worth=forecast.worth,
        licence="public domain" if name == "forecast" else "MIT",
    )


WEATHER = _row("forecast", SHIPPED)
SHARES = _row("prices", (PRICES,))
