"""A network for one series, trained within seconds while its reader waits, and measured like the shipped ones."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from rnn_core import progress
from rnn_core.models.forecast import Forecast, Forecaster, forecast_series
from rnn_core.models.initial_values import InitialValues
from rnn_core.statistics.forecasts import Interval
from rnn_core.tasks.forecast.split import AHEAD, Split, find_leaks
from rnn_core.tasks.forecast.worth import Case, mean_misses, misses
from rnn_core.training.forecast import covered, cut, fan_loss, gains
from rnn_core.training.loop import Diverged, fit
from rnn_core.training.spec import TrainSpec
from rnn_core.training.state import begin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from rnn_core.quantities import Recurrent
    from rnn_core.tasks.forecast.baselines import Baseline
    from rnn_core.tasks.forecast.series import Series

HIDDEN = 16
LONGEST, SHORTEST = 42, 12  # steps of a stretch
OVERLAP = 6  # a stretch begins after this part of one
UPDATES = 240  # about so many
BATCH, RATE, EPOCHS = 16, 0.01, 40
BLOCK = 7  # steps whose errors are drawn together, for the intervals
NETWORK, REST = 0.9, 1.0  # how far the work is when the network is trained, and when all is measured


@dataclass(frozen=True, eq=False)
class Learned:
    """What came of it. Each list has an entry for 1 … K steps ahead.

    Attributes:
        case: the series and its parts.
        said: what the network forecasts after each step.
        errors: its mean absolute errors in the test part.
        others: those of the baselines that can say something of this series.
        gains: by how much less the network is off than each, with its 95 % interval.
        covered: how many true values lay within the outer quantiles, and of how many.
        tested: how many forecasts one step ahead were measured.
        leaks: from which steps on the future reached what stands before it: none.
    """

    case: Case
    said: Forecast
    errors: Sequence[float]
    others: Mapping[Baseline, Sequence[float]]
    gains: Mapping[Baseline, Sequence[Interval]]
    covered: Sequence[tuple[int, int]]
    tested: int
    leaks: tuple[int, ...]

    @property
    def best(self) -> Baseline:
        """The baseline that is least off one step ahead."""
        return min(self.others, key=lambda name: self.others[name][0])


def learn(series: Series, cell: Recurrent, seed: int = 0) -> Learned:
    """Train a network on the first three fifths of a series, and measure it on the last fifth.

    How far it is, `progress` tells; what watches it may end it.
    """
    case = Case(series, Split.shares(len(series)))
    model = train(case, cell, seed)
    said = forecast_series(model, series, case.prepared)
    progress.report(NETWORK)
    without = case.without
    found = Learned(
        case,
        said,
        errors=mean_misses([(case, said.middle)]),
        others={name: mean_misses([(case, one)]) for name, one in without.items()},
        gains={name: gains([case], [said.middle], name, BLOCK) for name in without},
        covered=[covered([case], [said], ahead) for ahead in range(1, AHEAD + 1)],
        tested=len(misses(case, said.middle, 1)),
        leaks=find_leaks(series, case.split),
    )
    progress.report(REST)
    return found


def train(case: Case, cell: Recurrent, seed: int) -> Forecaster:
    """The network, trained by a recipe that depends on the length of the series alone."""
    length = max(SHORTEST, min(LONGEST, (case.split.checked - AHEAD) // 3))
    data = cut([case], length, length // 3, max(1, length // OVERLAP))
    an_epoch = -(-len(data) // BATCH)
    plan = TrainSpec(epochs=max(4, min(EPOCHS, UPDATES // an_epoch)), batch=BATCH, rate=RATE, seed=seed)
    with InitialValues(seed):
        model = Forecaster(cell, data.inputs.shape[-1], HIDDEN)
    steps = plan.epochs * an_epoch
    for event in fit(begin(model, plan), fan_loss, data, plan):
        progress.report(NETWORK * event.step / steps)
        assert not isinstance(event, Diverged)  # inputs and changes are finite and bounded
    return model.eval()
