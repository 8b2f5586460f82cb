"""What a class votes on at /sentiment: from which token on the network keeps its answer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.sentiment import inputs
from pages._ui.classroom.ballot import MOST_OPTIONS, Ballot, word_names, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("sentiment", inputs.CONTRASTS, "negated", "affirmed", "turning"))


def ballot(view: View) -> Ballot | None:
    """The tokens; None where they are too few or too many.

    Raises:
        KiokuError: nothing to read in the text.
    """
    found = inputs.read(view)
    if not 2 <= len(found.words) <= MOST_OPTIONS:
        return None
    name = found.spec.cell.upper()
    return write_ballot(
        view.chapter.name,
        lambda lang: text("sentiment.predict", lang, name=name),
        lambda lang: word_names(found.quoted(lang)),
        (found.reading.settled,),
        lambda lang: inputs.why(found, lang),
    )
