"""What a class votes on at /claims: how many of the claims are confirmed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.claims import piles, table
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("claims", piles.CONTRASTS, "size", "context", "waiting"))


def ballot(view: View) -> Ballot:
    """The ranges."""
    return write_ballot(
        view.chapter.name,
        lambda lang: text("claims.predict", lang),
        lambda lang: list(table.options(lang).values()),
        (table.right() - 1,),
        table.why,
    )
