"""What a training tells: typed events, a line of JSON each, numbered in the order in which they happen.

Equal specs tell equal lines, with the same numbers, however often the run was broken off. Only how a run was stopped
from outside, `Cancelled` and `Failed`, is no part of that order: it bears the number of the last event before it.
"""

from __future__ import annotations

import base64
import binascii
import math
from typing import Annotated, Any, Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, ConfigDict, Field, PlainSerializer, TypeAdapter, ValidationError
from pydantic.dataclasses import dataclass

from rnn_core.errors import KiokuError
from rnn_core.training.lab.limits import LENGTHS, LIMITS, SHOWN

NOT_FINITE = ("inf", "-inf", "nan")
LONGEST = int(max(limit.high for limit in LENGTHS.values()))
WIDEST = int(LIMITS["hidden"].high)


def pack(values: tuple[float, ...]) -> str:
    """Numbers as base64 of little-endian float32."""
    return base64.b64encode(np.array(values, dtype="<f4").tobytes()).decode("ascii")


def unpack(given: Any) -> Any:
    """The other way; numbers in any other form as float32 has them."""
    if isinstance(given, str):
        try:
            given = np.frombuffer(base64.b64decode(given, validate=True), dtype="<f4")
        except (binascii.Error, ValueError):
            raise ValueError("not base64 of float32") from None
    with np.errstate(over="ignore"):  # beyond float32 is inf
        return tuple(np.asarray(given, dtype=np.float32).ravel().tolist())


def _named(given: Any) -> Any:
    return float(given) if given in NOT_FINITE else given


def _in_json(value: float) -> float | str:
    return value if math.isfinite(value) else str(value)


Floats = Annotated[tuple[float, ...], BeforeValidator(unpack), PlainSerializer(pack, when_used="json")]
"""Numbers in float32: in JSON one string, which a browser reads as a `Float32Array`."""
Count = Annotated[int, Field(ge=0)]
_checked = ConfigDict(extra="forbid", strict=True)
Number = Annotated[float, BeforeValidator(_named), PlainSerializer(_in_json, when_used="json")]
"""A number; in JSON, which has neither, inf and NaN are the strings "inf", "-inf" and "nan"."""


@dataclass(frozen=True, config=_checked)
class Started:
    """The first event.

    Attributes:
        spec: the canonical JSON of the `TrainSpec`.
        baseline: the loss of the best answer without memory.
        goal: below this held-out loss the task counts as solved.
        truth: the right answers of the examples whose answers are recorded, up to `SHOWN`; for symbols their numbers.
    """

    n: Count
    spec: Annotated[str, Field(max_length=2000)]
    baseline: Number
    goal: Number
    truth: Annotated[Floats, Field(max_length=SHOWN)]
    kind: Literal["started"] = "started"


@dataclass(frozen=True, config=_checked)
class Point:
    """One look at the run, after `step` updates.

    Attributes:
        train: the mean loss of the batches since the point before; None at the first.
        loss: on the held-out examples.
        train_accuracy: the share of right answers in the last batch; None at the first point.
        accuracy: the same on the held-out examples.
        before: the largest gradient norm since the point before, before clipping; None at the first.
        after: the same after clipping.
        reach: ‖∂L/∂h_t‖ at every position over all paths, of the first layer's forward direction on the probe, (T,).
        reach_cell: ‖∂L/∂c_t‖, (T,); empty where there is no c.
        guess: what is answered to the first held-out examples; for symbols their numbers.
        rho: the spectral radius of ∂s_t/∂s_{t−1} in the middle of the example, where s is h, in the LSTM h and c.
        sigma: its largest singular value.
    """

    n: Count
    step: Count
    train: Number | None
    loss: Number
    train_accuracy: Number | None
    accuracy: Number
    before: Number | None
    after: Number | None
    reach: Annotated[Floats, Field(max_length=LONGEST)]
    reach_cell: Annotated[Floats, Field(max_length=LONGEST)]
    guess: Annotated[Floats, Field(max_length=SHOWN)]
    rho: Number
    sigma: Number
    kind: Literal["point"] = "point"


@dataclass(frozen=True, config=_checked)
class Snapshot:
    """States and weights after `step` updates; the run can go on from here.

    Attributes:
        states: h_t of the first layer's forward direction on the example, (T, H) row by row.
        sha256: of `kept`, in hexadecimal.
        kept: the `LabState` as bytes; no part of the line.
    """

    n: Count
    step: Count
    states: Annotated[Floats, Field(max_length=LONGEST * WIDEST)]
    sha256: Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]
    kept: Annotated[bytes, Field(exclude=True, repr=False)] = b""
    kind: Literal["snapshot"] = "snapshot"


@dataclass(frozen=True, config=_checked)
class Solved:
    """The first point whose held-out loss is below the goal; the training goes on."""

    n: Count
    step: Count
    loss: Number
    kind: Literal["solved"] = "solved"


@dataclass(frozen=True, config=_checked)
class Diverged:
    """Loss or gradients were no longer finite after `step` updates: the last event, and no further update was made.

    Attributes:
        before: the largest finite gradient norm since the last point; None where there was none.
    """

    n: Count
    step: Count
    loss: Number
    norm: Number
    before: Number | None
    kind: Literal["diverged"] = "diverged"


@dataclass(frozen=True, config=_checked)
class Finished:
    """The last event of a run that made all of its updates."""

    n: Count
    step: Count
    kind: Literal["finished"] = "finished"


@dataclass(frozen=True, config=_checked)
class Cancelled:
    """Stopped from outside after `step` updates; its number is that of the event before, so that the run can go on."""

    n: Count
    step: Count
    kind: Literal["cancelled"] = "cancelled"


@dataclass(frozen=True, config=_checked)
class Failed:
    """Something else went wrong; its number is that of the event before, so that the run can go on.

    Attributes:
        code: of the `KiokuError`, or "" for any other error.
    """

    n: Count
    step: Count
    code: Annotated[str, Field(max_length=64, pattern=r"^[a-z_]*$")] = ""
    kind: Literal["failed"] = "failed"


Event: TypeAlias = Started | Point | Snapshot | Solved | Diverged | Finished | Cancelled | Failed
LAST: tuple[type[Event], ...] = (Diverged, Finished, Cancelled, Failed)
"""After one of these there is no other."""
_EVENTS: TypeAdapter[Any] = TypeAdapter(Annotated[Event, Field(discriminator="kind")])


def to_line(event: Event) -> str:
    """An event as one line of JSON, without the line's end; equal events give equal lines.

    Example:
        >>> to_line(Finished(n=7, step=30))
        '{"n":7,"step":30,"kind":"finished"}'
    """
    line: str = _EVENTS.dump_json(event).decode()
    return line


def from_line(line: str | bytes) -> Event:
    """The event of a line.

    Raises:
        KiokuError: it is none.
    """
    try:
        event: Event = _EVENTS.validate_json(line)
    except ValidationError:
        raise KiokuError("lab_event") from None
    return event


def as_array(values: tuple[float, ...], width: int | None = None) -> NDArray[np.float32]:
    """The numbers of an event as an array; with a width as rows of it.

    Example:
        >>> as_array((1.0, 2.0, 3.0, 4.0), 2).shape
        (2, 2)
    """
    found = np.array(values, dtype=np.float32)
    return found if width is None else found.reshape(-1, width)
