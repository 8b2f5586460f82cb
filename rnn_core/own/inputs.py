"""Numbers of the reader's own for a network to read: a CSV, or an `.npz` with one array in it.

Nothing in the file is executed. What is larger than what is used is cut off and said, or refused, before it is computed
with.
"""

from __future__ import annotations

import csv
import hashlib
import io
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from rnn_core.errors import KiokuError
from rnn_core.own.limits import MOST_INPUT_MEGABYTES, MOST_INPUTS, MOST_STEPS
from rnn_core.recurrent.tensor_files import DTYPES, ZIP, open_tensors

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Array = NDArray[np.float32]

MOST_NUMBERS = 1 << 21  # of an array with several sequences
FAVOURED = "inputs"  # the array's name in an .npz that has several
LONGEST = 20  # characters of a cell that a message repeats


@dataclass(frozen=True, eq=False)
class Inputs:
    """What was read.

    Attributes:
        name: the first 16 digits of the SHA-256 of the file.
        numbers: (steps, D), or of several sequences (…, …, D), whose first two axes the file does not tell apart.
        cut: the file has more steps than are read.
        frames: of a sound, what its frames are: "detector" or "mel"; else "".
    """

    name: str
    numbers: Array
    cut: bool = False
    frames: str = ""

    @property
    def several(self) -> bool:
        """Whether there are several sequences."""
        return self.numbers.ndim == 3

    def sequence(self, place: int = 0, *, batch_first: bool = False) -> Inputs:
        """One of the sequences, (T, D), named after its numbers; where there is only one, that.

        Args:
            place: 0-based.
            batch_first: whether the first axis counts the sequences, else the second does.

        Raises:
            KiokuError: there is no such sequence.
        """
        chosen = self.numbers
        if self.several:
            axis = 0 if batch_first else 1
            if not 0 <= place < chosen.shape[axis]:
                raise KiokuError("own_sequence", given=place + 1, last=chosen.shape[axis])
            chosen = np.take(chosen, place, axis)
        cut = np.ascontiguousarray(chosen[:MOST_STEPS])
        told = hashlib.sha256(str(cut.shape).encode() + cut.tobytes()).hexdigest()[:16]
        return Inputs(told, cut, self.cut or len(chosen) > MOST_STEPS, self.frames)


def is_sound(content: bytes) -> bool:
    """Whether a file says that it is a sound.

    Example:
        >>> is_sound(b"RIFF....WAVEfmt "), is_sound(b"1,2")
        (True, False)
    """
    return content[:4] in (b"RIFF", b"RIFX") and content[8:12] == b"WAVE"


def read_inputs(content: bytes) -> Inputs:
    """Read a file of numbers, by what is in it.

    Raises:
        KiokuError: it is empty or too large, is of another kind, has text or nothing where numbers belong, numbers that
            are not finite, or rows of different lengths.

    Example:
        >>> read_inputs(b"a,b\\n1,2\\n3,4\\n").numbers.tolist()
        [[1.0, 2.0], [3.0, 4.0]]
    """
    if not content:
        raise KiokuError("own_empty")
    if len(content) > MOST_INPUT_MEGABYTES << 20:
        raise KiokuError("own_large", most=MOST_INPUT_MEGABYTES)
    numbers, cut = (_stored(content), False) if content.startswith(ZIP) else _table(content)
    if not np.isfinite(numbers).all():
        step = int(np.argwhere(~np.isfinite(numbers))[0][0])
        raise KiokuError("own_not_finite", row=step + 1)
    return Inputs(hashlib.sha256(content).hexdigest()[:16], numbers, cut)


def _stored(content: bytes) -> Array:
    """The one array of an `.npz`, or the one called `inputs`."""
    with open_tensors(content) as stored:
        name = FAVOURED if FAVOURED in stored else next(iter(stored))
        if len(stored) > 1 and name != FAVOURED:
            raise KiokuError("own_arrays", given=len(stored), name=FAVOURED)
        one = stored[name]
        if one.dtype not in DTYPES:
            raise KiokuError("own_array_kind", given=one.dtype)
        if len(one.shape) not in (2, 3) or not one.size or one.size > MOST_NUMBERS or one.shape[-1] > MOST_INPUTS:
            raise KiokuError("own_array_shape", given=str(one.shape), most=MOST_NUMBERS, inputs=MOST_INPUTS)
        return _single(one.read().double().numpy())


def _table(content: bytes) -> tuple[Array, bool]:
    """The rows of a CSV, at most `MOST_STEPS`, and whether there are more; a first one without a number is no step."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise KiokuError("own_inputs_kind") from None
    lines = io.StringIO(text, newline=None)
    between = max(",;\t", key=lines.readline().count)
    lines.seek(0)
    rows = (row for row in csv.reader(lines, delimiter=between) if row)
    try:
        found = list(islice(rows, MOST_STEPS + 2))
    except csv.Error:
        raise KiokuError("own_inputs_kind") from None
    if found and len(found[0]) > MOST_INPUTS:
        raise KiokuError("own_columns", given=len(found[0]), most=MOST_INPUTS)
    heads = bool(found) and all(_number(cell) is None for cell in found[0])
    kept = found[heads:][:MOST_STEPS]
    if not kept:
        raise KiokuError("own_inputs_kind")
    made = [_row(cells, len(kept[0]), place) for place, cells in enumerate(kept, 1 + heads)]
    return _single(np.array(made)), len(found) - heads > MOST_STEPS


def _row(cells: Sequence[str], width: int, place: int) -> list[float]:
    if len(cells) != width:
        raise KiokuError("own_row", row=place, given=len(cells), want=width)
    numbers = [_number(cell) for cell in cells]
    if None in numbers:
        column = numbers.index(None)
        raise KiokuError("own_text", row=place, column=column + 1, given=cells[column][:LONGEST])
    return [one for one in numbers if one is not None]


def _number(cell: str) -> float | None:
    """A cell as a number; None where it is none."""
    try:
        return float(cell.strip().replace("−", "-")) if "_" not in cell else None
    except ValueError:
        return None


def _single(numbers: NDArray[np.float64]) -> Array:
    with np.errstate(over="ignore"):
        return numbers.astype(np.float32)
