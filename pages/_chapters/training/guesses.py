"""What the reader expects of a training, as the address has it: `solves_600`, and after it a loss bent by hand."""

from __future__ import annotations

import re

from pages._ui.components.training_map import HANDLES, Guess
from pages._ui.controls import SKIP

WRITTEN = re.compile(
    rf"(solves|diverges)_([0-9]{{1,5}})((_-?[0-9]{{1,3}}){{{HANDLES}}})?|(stuck)((_-?[0-9]{{1,3}}){{{HANDLES}}})?"
)
HUNDREDTHS = 100  # of a power of ten, in which the address has the curve


def read(said: str) -> Guess | None:
    """The guess that the address has; None where that is none.

    Example:
        >>> read("solves_600")
        Guess(outcome='solves', by=600, curve=None, skipped=False)
    """
    if said in ("", SKIP):
        return Guess(skipped=said == SKIP)
    found = WRITTEN.fullmatch(said)
    if found is None:
        return None
    outcome, by, curve = found[1] or found[5], found[2], found[3] or found[6]
    bent = tuple(int(one) / HUNDREDTHS for one in curve[1:].split("_")) if curve else None
    return Guess(outcome, int(by) if by else None, bent)


def write(guess: Guess) -> str | None:
    """The same the other way round; None for nothing.

    Example:
        >>> write(Guess("stuck"))
        'stuck'
    """
    if guess.outcome is None:
        return SKIP if guess.skipped else None
    said = [guess.outcome, *([str(guess.by)] if guess.by is not None and guess.outcome != "stuck" else [])]
    return "_".join([*said, *(str(round(one * HUNDREDTHS)) for one in guess.curve or ())])
