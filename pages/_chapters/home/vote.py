"""What a class votes on at /: which of two networks still knows how the sentence began."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.home.contrast import CELLS
from pages._ui import cache
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, Link
from rnn_core import ModelSpec, contrasts
from rnn_core.figures.words import quoted
from rnn_core.messages import text
from rnn_core.tasks.smalltalk import gloss

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.chapter import Value
    from pages._ui.shell import View

OPTIONS = ("rnn", "lstm", "both", "neither")

_CASE: Mapping[str, Value] = {"text": "僕は友達とレストランに行って牛乳を飲んだよ", "hidden": 16, "t": 1}
LESSON = Lesson(
    (
        Link("teach.home.link.rnn", {**_CASE, "cell": "rnn"}),
        Link("teach.home.link.lstm", {**_CASE, "cell": "lstm"}),
        Link("teach.home.link.short", {"text": "今日は暑い", "cell": "rnn", "hidden": 16}),
    ),
    OPTIONS,
)


def ballot(view: View) -> Ballot:
    """The prepared sentence, whatever the page reads.

    Raises:
        KiokuError: the sentence or a network can't be read.
    """
    case = contrasts.forgotten()
    replies = [cache.trace(ModelSpec(cell=cell, hidden=case.hidden), case.words).reply.text for cell in CELLS]
    rnn, lstm = (reply == case.reply for reply in replies)
    right = OPTIONS.index("both" if rnn and lstm else "rnn" if rnn else "lstm" if lstm else "neither")

    def said(word: str, english: str, lang: str) -> str:
        return quoted(word, "" if lang == "ja" else english, lang)

    return write_ballot(
        view.chapter.name,
        lambda lang: text("home.vote", lang, sentence=said("".join(case.words), case.english, lang), units=case.hidden),
        lambda lang: [text(f"home.vote.{option}", lang) for option in OPTIONS],
        (right,),
        lambda lang: text(
            "home.vote_why",
            lang,
            correct=said(case.reply, gloss(case.reply), lang),
            rnn=said(replies[0], gloss(replies[0]), lang),
            lstm=said(replies[1], gloss(replies[1]), lang),
        ),
    )
