"""What is looked at while a network learns: on the same held-out examples at every record, so that it is comparable.

How far back the gradient reaches is measured on a few of them, the probe, in closed form and float64: it costs less
than one update. Growth and states belong to the one example that is shown.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import torch
from torch import Tensor

from rnn_core.gradients.backpropagation import back_through, differentiate
from rnn_core.gradients.derivatives import local_derivatives
from rnn_core.gradients.jacobians import step_maps
from rnn_core.gradients.minimal import kept
from rnn_core.gradients.singular_values import solve_largest
from rnn_core.gradients.spectral_radius import find_radius
from rnn_core.recurrent.inputs import check_inputs
from rnn_core.recurrent.minimal import MinimalCell
from rnn_core.recurrent.recording import record
from rnn_core.training.lab.batches import Batch
from rnn_core.training.lab.limits import SHOWN
from rnn_core.training.lab.tasks import TASKS, find_example, held_out
from rnn_core.training.sentences import NOTHING

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from rnn_core.recurrent.trace import Trace
    from rnn_core.training.lab.network import LabNetwork
    from rnn_core.training.lab.spec import TrainSpec

PROBE = 4  # held-out examples, as long as the one that is shown, on which the gradient's reach is measured


@dataclass
class Interval:
    """What happened since the last record."""

    losses: list[float] = field(default_factory=list)
    norms: list[float] = field(default_factory=list)
    last: tuple[Tensor, Batch] | None = None

    def note(self, loss: float, norm: float, answers: Tensor, batch: Batch) -> None:
        """One update."""
        self.losses.append(loss)
        self.norms.append(norm)
        self.last = answers, batch

    @property
    def largest(self) -> float | None:
        """The largest gradient norm before clipping; None where there was no update."""
        return max(self.norms, default=None)


class Gradients(NamedTuple):
    """What becomes of a gradient on its way back.

    Attributes:
        reach: ‖∂L/∂h_t‖ at every position of the probe.
        reach_cell: ‖∂L/∂c_t‖ likewise; empty where there is no c.
        rho: the spectral radius of the step's Jacobian in the middle of the example.
        sigma: its largest singular value.
    """

    reach: NDArray[np.float64]
    reach_cell: NDArray[np.float64]
    rho: float
    sigma: float


class Recorder:
    """Looks at one run.

    Args:
        spec: of the run.
        network: which it trains.
    """

    def __init__(self, spec: TrainSpec, network: LabNetwork) -> None:
        self.spec, self.network, self.task = spec, network, TASKS[spec.task]
        self.batch = held_out(spec.task, spec.length)
        asked = (self.batch.targets != NOTHING).sum(dim=1)
        alike = (asked == asked[0]).nonzero()[:PROBE, 0]  # sentences that end together, as all else does
        self.probe = Batch(self.batch.inputs[alike], self.batch.targets[alike])
        self.example = self.batch.inputs[0]
        self.middle = max(1, len(find_example(spec.task, spec.length).tokens) // 2)

    def truth(self) -> NDArray[np.float32]:
        """The right answers of the examples that are shown."""
        return self._shown(self.batch.targets)

    def scores(self) -> tuple[float, float, NDArray[np.float32]]:
        """Held-out loss and accuracy, and what is answered to the examples that are shown."""
        with torch.inference_mode():
            answers = self.network(self.batch.inputs)
            loss = self.task.loss(answers, self.batch).item()
            return loss, self.task.accuracy(answers, self.batch), self._shown(self.task.answered(answers))

    def gradients(self) -> Gradients:
        """How far back they reach, over all paths, and what one step does to them: from one pass over the probe."""
        recurrent = self.network.recurrent
        with torch.no_grad(), np.errstate(over="ignore", invalid="ignore"):
            inputs = self.network.receive(self.probe.inputs)
            trace = record(recurrent, inputs)
            above = differentiate(lambda states: self.task.loss(self.network.read(states), self.probe), trace)
            found = back_through(recurrent, inputs, None, trace, above)
            by_c = found.norms("cell_state") if self.spec.cell == "lstm" else np.empty(0)
            return Gradients(found.norms("hidden_state"), by_c, *self._growth(inputs, trace))

    def _growth(self, inputs: Tensor, trace: Trace) -> tuple[float, float]:
        """ρ and σ of the step in the middle of the example, which is the first of the probe."""
        recurrent = self.network.recurrent
        if isinstance(recurrent, MinimalCell):
            largest = float(kept(recurrent, inputs[0, : self.middle + 1])[-1].max())  # of a diagonal matrix both
            return largest, largest
        with torch.inference_mode():
            local = local_derivatives(check_inputs(recurrent, inputs), trace, 0, 0)
            jacobian = step_maps(local, steps=slice(self.middle, self.middle + 1)).jacobians().numpy()
        return find_radius(jacobian[0]), float(solve_largest(jacobian)[0])

    def states(self) -> NDArray[np.float32]:
        """h_t of the first layer's forward direction on the example, (T, H)."""
        with torch.inference_mode():
            return record(self.network.recurrent, self.network.receive(self.example))["hidden_state"]

    def finite(self) -> bool:
        """Whether every weight still is a number."""
        with torch.no_grad():
            return all(math.isfinite(weight.sum().item()) for weight in self.network.parameters())

    def _shown(self, values: Tensor) -> NDArray[np.float32]:
        return self.task.final(values, self.batch)[:SHOWN].float().numpy()
