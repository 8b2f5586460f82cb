"""What a class votes on at /speech: what becomes of the speech that is heard once the forget gate is clamped."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.speech import heard, sounds
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text
from rnn_core.speech.facts import CHANGES, HALF
from rnn_core.speech.measures import change

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("speech", heard.CONTRASTS, "endless", "emptied", "words"), behind=CHANGES)


def ballot(view: View) -> Ballot | None:
    """The four answers; None of a sound in which nothing is heard, or where there is none.

    Raises:
        KiokuError: a sound of the reader's own that can't be read.
    """
    sound = sounds.choose(view)
    measured = change(sound.found, HALF) if sound else None
    if sound is None or measured is None:
        return None
    return write_ballot(
        view.chapter.name,
        lambda lang: text(f"speech.ask.{view.whole('held', 1)}", lang),
        lambda lang: [text(f"speech.change.{name}", lang) for name in CHANGES],
        (CHANGES.index(measured),),
        lambda lang: heard.why(sound, lang),
    )
