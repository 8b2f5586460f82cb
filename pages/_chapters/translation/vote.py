"""What a class votes on at /translation: how the network writes a city's name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.attention.glosses import glossed
from pages._chapters.translation.evaluation import ASKED, SPELT, spelling
from pages._ui.classroom.ballot import Ballot, write_ballot
from pages._ui.classroom.lesson import Lesson, Link
from rnn_core.messages import text
from rnn_core.tasks.loanwords import USUAL

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(
    (
        Link("teach.translation.link.network", {"network": "katakana", "english": "network"}),
        Link("teach.translation.link.yacht", {"network": "katakana", "english": "yacht"}),
        Link("teach.translation.link.kanji", {"network": "kanji", "kanji": "美咲"}),
    ),
    ("usual", "sound", "letters", "each"),
)


def ballot(view: View) -> Ballot:
    """The spellings.

    Raises:
        KiokuError: the network can't be loaded.
    """
    written = spelling(ASKED)
    options = [*SPELT.values(), *([] if written in SPELT.values() else [written])]
    return write_ballot(
        view.chapter.name,
        lambda lang: text("translation.predict", lang),
        lambda lang: [glossed(kana, lang) for kana in options],
        (options.index(written),),
        lambda lang: text(
            "translation.becomes",
            lang,
            word=ASKED,
            written=glossed(written, lang),
            usual=glossed(USUAL[ASKED][0], lang),
        ),
    )
