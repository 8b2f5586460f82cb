"""What a class votes on at /parallel: after how many rounds of Newton's method all states are right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.parallel import inputs, rounds
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("parallel", inputs.CONTRASTS, "fresh", "clip", "chaos"))


def ballot(view: View) -> Ballot | None:
    """The options of the drawing; None where the words are too few to ask.

    Raises:
        KiokuError: nothing to read, or a network that can't be loaded.
    """
    reading = inputs.read(view)
    total = len(reading.words)
    if not rounds.options_of(total, view.lang):
        return None
    right = rounds.outcome(reading)

    def why(lang: str) -> str:
        found = "never" if right == rounds.NEVER else "found"
        return text(f"parallel.vote_{found}", lang, rounds=reading.run.rounds, total=total)

    return write_ballot(
        view.chapter.name,
        lambda lang: text("parallel.vote", lang, cell=reading.spec.cell.upper(), total=total),
        lambda lang: list(rounds.options_of(total, lang).values()),
        (right - 1,),
        why,
    )
