"""What a class votes on at /bidirectional: which word is another one when the backward direction is zeroed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from pages._chapters.bidirectional import computed
from pages._chapters.bidirectional.inputs import CONTRASTS
from pages._ui.classroom.ballot import MOST_OPTIONS, Ballot, word_names, write_ballot
from pages._ui.classroom.lesson import Lesson, prepared
from rnn_core.figures.characters import divided
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.segmentation.tags import spans
from rnn_core.text.romaji import romanize_word

if TYPE_CHECKING:
    from pages._ui.shell import View

LESSON = Lesson(prepared("bidirectional", CONTRASTS, "needed", "better_without", "unmoved"), last="none")


def ballot(view: View) -> Ballot | None:
    """The words, and that none changes; None where there is one word, or too many.

    Raises:
        KiokuError: nothing to read.
    """
    own = computed.segmented(view.text("text"))
    zeroed = computed.segmented(own.characters.text, "off")
    words = own.words
    if not 2 <= len(words) < MOST_OPTIONS:
        return None
    kept = set(spans(zeroed.words))
    right = tuple(at for at, span in enumerate(spans(words)) if span not in kept) or (len(words),)

    romaji = tuple(map(romanize_word, words))

    def options(lang: str) -> list[str]:
        return [*word_names(Words(words, romaji, lang)), text("directions.none", lang)]

    def why(lang: str) -> str:
        if right == (len(words),):
            return text("directions.same.off", lang)
        return text("bidirectional.vote_why", lang, own=divided(words, lang), zeroed=divided(zeroed.words, lang))

    def question(lang: str) -> str:
        return text("bidirectional.vote", lang, sentence=own.characters.text)

    return write_ballot(view.chapter.name, question, options, right, why)
