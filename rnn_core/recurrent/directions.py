"""Which layer and which direction is meant, checked."""

from __future__ import annotations

import operator

from rnn_core.errors import KiokuError


def within(field: str, given: object, size: int) -> int:
    """`given` as a whole number from 0 to `size` − 1.

    Args:
        field: what is counted, for the message: "layer", "direction".
        given: numpy's and torch's whole numbers are taken too; True is not a number here.
        size: how many there are.

    Raises:
        KiokuError: anything else.

    Example:
        >>> within("layer", 1, 3)
        1
    """
    try:
        index = -1 if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]  # a TypeError says no
    except (TypeError, ValueError):
        index = -1
    if not 0 <= index < size:
        raise KiokuError("no_such_place", field=field, given=repr(given), last=size - 1)
    return index
