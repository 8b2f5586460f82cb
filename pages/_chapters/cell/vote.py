"""What a class votes on at /cell: which word changes the state most."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._ui.classroom.ballot import MOST_OPTIONS, Ballot, word_names, write_ballot
from pages._ui.classroom.lesson import Lesson, Link
from pages._ui.reading import read
from rnn_core import figures
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(
    (
        Link("teach.cell.link.rnn", {"cell": "rnn"}),
        Link("teach.cell.link.lstm", {"cell": "lstm"}),
        Link("teach.cell.link.gru", {"cell": "gru"}),
    )
)


def ballot(view: View) -> Ballot | None:
    """The words of the sentence; None where they are too few or too many, or nothing in them is a number.

    Raises:
        KiokuError: nothing to read, or a network that can't be loaded.
    """
    shown = read(view).shown
    tokens, glosses = zip(*((token.text, token.gloss) for token in shown.tokens), strict=True)
    right = figures.movement_most(shown.layer(), tokens)
    if not 2 <= len(tokens) <= MOST_OPTIONS or not right:
        return None
    return write_ballot(
        view.chapter.name,
        lambda lang: text("cell.predict", lang),
        lambda lang: word_names(Words(tokens, glosses, lang)),
        right,
        lambda lang: figures.movement_judged(shown.layer(), tokens, right[0], lang=lang, glosses=glosses)[1],
    )
