"""What /forecast shows, kept between runs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from jaxtyping import Float

from pages._ui.memo import cached
from rnn_core.figures.by_horizon import NETWORK
from rnn_core.figures.forecast_error import Errors
from rnn_core.statistics.forecasts import Interval
from rnn_core.tasks.forecast import worth
from rnn_core.tasks.forecast.packaged import prices
from rnn_core.tasks.forecast.spec import PRICES, ForecastSpec
from rnn_core.tasks.forecast.split import find_leaks, origins

if TYPE_CHECKING:
    from datetime import date

    from rnn_core.models.forecast import Forecast
    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.forecast.worth import Case
    from rnn_core.training.forecast import Entry

DEGREES = "°C"
BACK = 14  # days


def weather() -> Case:
    """The series of the drawing.

    Raises:
        KiokuError: the package with the data is not there.
    """
    return worth.cases("forecast")[0]


def share(symbol: str) -> Case:
    """The series of a price.

    Raises:
        KiokuError: likewise.
    """
    return worth.cases("prices")[list(prices()).index(symbol)]


@cached()
def said(spec: ForecastSpec, case: Case) -> Forecast:
    """What the network of `spec` says after each step of a series."""
    from rnn_core.models import forecast  # needs torch

    return forecast.forecast_series(forecast.FORECASTERS.memoized(spec), case.series, case.prepared)


@cached()
def influence(spec: ForecastSpec, case: Case, step: int, ahead: int) -> Float[np.ndarray, " D"]:
    """By how much the forecast moves where a value before it was one higher."""
    from rnn_core.models import forecast  # needs torch

    return forecast.influence(forecast.FORECASTERS.memoized(spec), case.prepared, step, ahead, BACK)


def entry(cell: Recurrent) -> Entry:
    """What the manifest says of the network that is shown."""
    from rnn_core.training.forecast_rows import WEATHER  # needs torch

    return WEATHER.manifest()["models"][ForecastSpec(cell=cell).name]


@cached()
def errors(cell: Recurrent) -> Errors:
    """How far the network and the baselines are off in the test year, as the manifest has it."""
    from rnn_core.training.forecast_rows import WEATHER  # needs torch

    line = entry(cell)
    found = {**WEATHER.manifest()["baselines"], NETWORK: line["error"]}
    return Errors(found, line["gains"], line["near"][1], DEGREES)


@cached()
def worst(spec: ForecastSpec) -> tuple[date, float, float]:
    """Which day of the test year was forecast worst a day before: when, what was said, and what came."""
    case = weather()
    off, step = worth.misses(case, said(spec, case).middle, 1), origins(case.split, case.series, 1)
    before = int(step[off.argmax()])
    values = case.series.values
    return case.series.times[before + 1].item(), float(said(spec, case).middle[before, 0]), float(values[before + 1])


@cached()
def share_gain(symbol: str) -> Interval:
    """By how much the network is off less than persistence on a price, a month ahead, in hundredths of it."""
    from rnn_core.tasks.forecast.baselines import persistence
    from rnn_core.training.forecast import BLOCK

    case = share(symbol)
    found = worth.gain([(case, said(PRICES, case).middle, persistence(case.series))], 1, BLOCK["prices"])
    return Interval(*(100 * end for end in found))


@cached()
def leaks() -> tuple[int, ...]:
    """From which days on the future reaches what stands before it: none."""
    found = weather()
    return find_leaks(found.series, found.split)
