"""What a class votes on at /sentiment: from which word on the unidirectional network keeps its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.sentiment import judged
from pages._ui.classroom.ballot import MOST_OPTIONS, Ballot, word_names, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("sentiment", judged.CONTRASTS, "negated", "affirmed", "turning"))


def ballot(view: View) -> Ballot | None:
    """The words; None where they are too few or too many.

    Raises:
        KiokuError: nothing to read in the sentence.
    """
    found = judged.read(view)
    if not 2 <= len(found.tokens) <= MOST_OPTIONS:
        return None
    return write_ballot(
        view.chapter.name,
        lambda lang: text("sentiment.predict", lang),
        lambda lang: word_names(found.words(lang)),
        (found.settled - 1,),
        lambda lang: judged.why(found, lang),
    )
