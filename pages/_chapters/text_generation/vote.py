"""What a class votes on at /text-generation: how many of the texts that the network writes are new."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.text_generation import novelty, settings
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("text_generation", settings.CONTRASTS, "cold", "hot", "nucleus"))


def ballot(view: View) -> Ballot | None:
    """The shares; None where nobody has counted them."""
    if not novelty.asked(view):
        return None
    rows, shown = novelty.found(view)
    measured = novelty.right(rows[shown].share("new"))
    return write_ballot(
        view.chapter.name,
        lambda lang: text("text_generation.predict", lang),
        lambda lang: list(novelty.options(lang).values()),
        [novelty.OFFERED.index(one) for one in measured],
        lambda lang: novelty.why(rows[shown], lang),
    )
