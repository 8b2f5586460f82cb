"""What a class votes on at /forecast: by how much the network's error is smaller than that of persistence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.forecast import computed, errors, month
from pages._chapters.forecast.choices import GAINS
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("forecast", month.CONTRASTS, "heat", "storm", "calm"))


def ballot(view: View) -> Ballot:
    """The options of the guess.

    Raises:
        KiokuError: the manifest is missing or damaged.
    """
    found = computed.errors(month.cell(view))
    right = [place for place, gain in enumerate(GAINS) if errors.verdict(found, gain) == "right"]
    return write_ballot(
        view.chapter.name,
        lambda lang: text(errors.QUESTION, lang),
        lambda lang: errors.options(lang).values(),
        right,
        lambda lang: errors.why(found, lang),
    )
