"""What a reader sets before a training: the task, the network, and how it learns."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from pydantic import model_validator

from rnn_core.errors import KiokuError
from rnn_core.quantities import MINIMAL, Minimal, Recurrent
from rnn_core.specs import Spec
from rnn_core.training.lab.limits import LENGTHS, LIMITS, OUTLINES, RECORDS, SNAPSHOTS, Range, TaskName

if TYPE_CHECKING:
    from collections.abc import Mapping

GATES: Mapping[Recurrent | Minimal, int] = {"rnn": 1, "gru": 3, "lstm": 4, "mingru": 2, "minlstm": 3}
# What the estimate of the time rests on, in seconds: one step of one layer, and one multiplication with its way back.
EACH_STEP: Mapping[Recurrent | Minimal, float] = {
    "rnn": 6e-5,
    "lstm": 5e-5,
    "gru": 2e-4,
    "mingru": 5e-5,
    "minlstm": 5e-5,
}
EACH_PRODUCT = 7e-11


class TrainSpec(Spec):
    """One training, completely. Equal specs give bit-equal runs on one machine, torch version and thread count.

    What the cell or the task does not have is put to its usual value, so that equal runs have equal ids: a
    nonlinearity is the RNN's alone, a forget bias the LSTM's, and only a task that answers at its end can be read in
    both directions. A minGRU or minLSTM is one layer in one direction and has no W_hh.

    Attributes:
        length: T, how many positions an example has.
        activation: the RNN's nonlinearity.
        lr: the learning rate, the same from the first update to the last.
        batch: examples an update.
        clip: the largest norm of all gradients together; None for no limit.
        forget_bias: what an LSTM's forget gates have as their first bias, None for torch's own draw.
        initialisation: "orthogonal" and "identity" put such a matrix in the place of each block of W_hh.
        weight_scale: the first W_hh is multiplied by this.
        steps: how many updates.
        seed: draws the first weights and every batch.

    Raises:
        KiokuError: an unknown field, a value of the wrong type or beyond `limits`, or a training that would take too
            long.

    Example:
        >>> TrainSpec(task="adding", length=50, cell="gru", forget_bias=3.0) == TrainSpec(
        ...     task="adding", length=50, cell="gru"
        ... )
        True
    """

    task: TaskName
    length: int
    cell: Recurrent | Minimal = "lstm"
    hidden: int = int(LIMITS["hidden"].usual)
    layers: int = int(LIMITS["layers"].usual)
    bidirectional: bool = False
    activation: Literal["tanh", "relu"] = "tanh"
    optimizer: Literal["adam", "sgd", "rmsprop"] = "adam"
    lr: float = LIMITS["lr"].usual
    batch: int = int(LIMITS["batch"].usual)
    clip: float | None = LIMITS["clip"].usual
    forget_bias: float | None = None
    initialisation: Literal["default", "orthogonal", "identity"] = "default"
    weight_scale: float = LIMITS["weight_scale"].usual
    steps: int = int(LIMITS["steps"].usual)
    seed: int = int(LIMITS["seed"].usual)

    def __init__(self, **values: object) -> None:
        for field, value in values.items():
            limit = _limit(field, values.get("task")) if isinstance(value, int | float) else None
            if limit is not None and not limit.low <= value <= limit.high:  # type: ignore[operator]  # it is a number
                raise KiokuError("lab_limit", field=field, given=value, low=limit.low, high=limit.high)
        super().__init__(**values)
        if self.seconds > (most := OUTLINES[self.task].seconds):
            raise KiokuError("lab_too_long", seconds=round(self.seconds), most=round(most))

    @model_validator(mode="before")
    @classmethod
    def _without_what_there_is_not(cls, values: object) -> object:
        """The usual value of what the cell or the task does not have; what is no table of settings is refused later."""
        if not isinstance(values, dict):
            return values
        missing = missing_settings(values.get("cell", "lstm"), values.get("task"))
        return {name: value for name, value in values.items() if name not in missing}

    @property
    def every(self) -> int:
        """Updates from one record to the next."""
        return -(-self.steps // RECORDS)

    @property
    def records(self) -> tuple[int, ...]:
        """After how many updates the run is looked at: at the start, every so often, and at its end.

        Example:
            >>> TrainSpec(task="parity", length=5, steps=300).records[:3]
            (0, 3, 6)
        """
        return tuple(sorted({*range(0, self.steps, self.every), self.steps}))

    @property
    def snapshots(self) -> tuple[int, ...]:
        """At which of the records states and weights are kept too: the first, every so often, and the last."""
        apart = self.every * max(1, RECORDS // SNAPSHOTS)
        return tuple(sorted({*range(0, self.steps, apart), self.steps}))

    @property
    def seconds(self) -> float:
        """How long it will take one core, roughly."""
        passes = self.layers * (1 + self.bidirectional)
        products = self.batch * GATES[self.cell] * self.hidden * (2 * self.hidden + 1)
        return self.steps * self.length * passes * (EACH_STEP[self.cell] + products * EACH_PRODUCT)


def missing_settings(cell: object, task: object) -> frozenset[str]:
    """The settings that a cell or a task does not have.

    Example:
        >>> sorted(missing_settings("gru", "recall")), "layers" in missing_settings("mingru", "recall")
        (['activation', 'forget_bias'], True)
    """
    minimal = cell in MINIMAL
    missing = {
        "activation": cell != "rnn",
        "forget_bias": cell != "lstm",
        "bidirectional": minimal or not any(row.at_the_end for name, row in OUTLINES.items() if name == task),
        "layers": minimal,
        "initialisation": minimal,
        "weight_scale": minimal,
    }
    return frozenset(field for field, is_missing in missing.items() if is_missing)


def _limit(field: str, task: object) -> Range | None:
    """The bounds of a setting; None where it has none, or where the task that decides on them is unknown."""
    if field == "length":
        return next((limit for name, limit in LENGTHS.items() if name == task), None)
    return LIMITS.get(field)
