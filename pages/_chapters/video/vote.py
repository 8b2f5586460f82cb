"""What a class votes on at /video: in which frame the network's error is largest."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.video import computed, strip
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View
    from rnn_core.tasks.video.clips import Clip

LESSON = Lesson(prepared("video", strip.CONTRASTS, "bounce", "hidden", "change"), last="other")
MOST = 5  # frames to choose from, beside any other


def frames(shown: Clip) -> tuple[int, ...]:
    """The frames with something new in them, 1-based, the second one first."""
    found = [place + 1 for place, event in enumerate(shown.events) if event != "none" and place]
    return tuple(found[:MOST])


def ballot(view: View) -> Ballot:
    """A frame each, and any other.

    Raises:
        KiokuError: the weights are missing or damaged.
    """
    shown = strip.clip(view)
    found = computed.watched(strip.cell(view), shown)
    choices, peak = frames(shown), int(found.surprise.argmax()) + 2

    def said(lang: str) -> list[str]:
        names = [
            text("video.option", lang, frame=one, event=text(f"video.event.{shown.events[one - 1]}", lang))
            for one in choices
        ]
        return [*names, text("video.other", lang)]

    right = choices.index(peak) if peak in choices else len(choices)
    return write_ballot(
        view.chapter.name,
        lambda lang: text(strip.QUESTION, lang),
        said,
        (right,),
        lambda lang: strip.why(found, shown, None, lang),
    )
