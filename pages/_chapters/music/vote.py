"""What a class votes on at /music: how unsure the network is of the next note."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.music import settings, unsure
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("music", settings.CONTRASTS, "cold", "hot", "minor"))


def ballot(view: View) -> Ballot:
    """The five answers."""
    spec = settings.network(view)
    return write_ballot(
        view.chapter.name,
        unsure.asked,
        lambda lang: list(unsure.options(lang).values()),
        [unsure.OFFERED.index(one) for one in unsure.right(unsure.measured(spec))],
        lambda lang: unsure.why(spec, lang),
    )
