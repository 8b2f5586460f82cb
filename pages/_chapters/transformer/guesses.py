"""From which length on the Transformer is expected to be faster: what can be guessed, and whether it was so."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

from rnn_core import figures
from rnn_core.figures.captions import number
from rnn_core.messages import text
from rnn_core.parallelism import LENGTHS, crossover

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._ui.predict import Verdict
    from rnn_core.models.timing import Point
    from rnn_core.quantities import Recurrent

RIVALS: Mapping[Recurrent, str] = MappingProxyType({"gru": "guess_crossover", "lstm": "guess_crossover_lstm"})
"""With which networks it is compared, and the control of the guess."""
NEVER = len(LENGTHS) + 1


def options(lang: str) -> dict[int, str]:
    """What can be guessed: from which number of words on, or never."""
    named = {at: text("transformer.from", lang, words=words) for at, words in enumerate(LENGTHS, 1)}
    return named | {NEVER: text("transformer.never", lang, words=LENGTHS[-1])}


def words_of(guess: int) -> int | None:
    """The number of words that a guess names; None for never."""
    return None if guess == NEVER else LENGTHS[guess - 1]


def judged(rival: Recurrent, guess: int, points: Sequence[Point], lang: str) -> tuple[Verdict, str]:
    """Whether the reader guessed what was measured at every length, nearly if it is the next option; and why."""
    times = figures.trained(points)
    ours, theirs = times["transformer"], times[rival]
    first = crossover(ours, theirs)
    measured = NEVER if first is None else 1 + LENGTHS.index(first)
    words = max(ours) if first is None else first
    why = text(
        "transformer.measured",
        lang,
        measured=options(lang)[measured],
        words=words,
        ours=number(1e3 * ours[words]),
        theirs=number(1e3 * theirs[words]),
        cell=rival.upper(),
    )
    verdict: Verdict = "right" if guess == measured else "near" if abs(guess - measured) == 1 else "wrong"
    return verdict, why
