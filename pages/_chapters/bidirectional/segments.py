"""The drawing of both directions, in which the reader says which word changes when the backward one is zeroed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.bidirectional import computed as cache
from pages._chapters.bidirectional import inputs
from pages._ui import controls, pin, stage
from pages._ui.components.directions import MOST_PLAYED, directions
from pages._ui.controls import SKIP
from pages._ui.words import plain
from rnn_core.figures.characters import meaning
from rnn_core.messages import text
from rnn_core.segmentation.tags import SEARCHED, spans
from rnn_core.text.romaji import romanize_word

if TYPE_CHECKING:
    from pages._chapters.bidirectional.inputs import Reading
    from pages._ui.components.directions import Gloss
    from pages._ui.shell import View

BREAKS = "guess_boundaries"  # the control of the guess


def draw(view: View, reading: Reading) -> bool:
    """Draw both directions; the guess is made in the drawing. Whether nothing is left to ask."""
    said, words = answer(view, reading), reading.own.words
    with stage.drawing(view):
        directions(
            view.lang,
            cache.played(reading.text, reading.lent, whole=len(reading.text) > MOST_PLAYED),
            cache.revealed(reading.text).waits,
            mode=reading.later,
            answer=said,
            glosses=glosses(words, view.lang),
            step=reading.step,
            key=view.key("directions"),
            on_step_change=controls.rest,
            on_change=lambda later, now: pin.take(view, {"later": later, BREAKS: now}),
        )
    return said is not None or len(words) == 1


def pinned(view: View) -> None:
    """Draw both directions of a pinned state."""
    draw(view, inputs.read(view))


def answer(view: View, reading: Reading) -> int | str | None:
    """Which word the address says will change, by its place; 0 for none. One that is no word is asked again."""
    said, last = view.state[BREAKS], len(reading.own.words)
    if isinstance(said, int) and said > last:
        st.warning(text("bidirectional.no_word", view.lang, given=said, last=last))
        view.correct(BREAKS, None)
        return None
    if last == 1:  # of one word nothing is asked
        return None
    return said if isinstance(said, int) or said == SKIP else None


def glosses(words: tuple[str, ...], lang: str) -> tuple[Gloss, ...]:
    """What stands over the words for readers of English: over each kana its letters, over other words their meaning.

    Example:
        >>> glosses(("今日", "は", "てん"), "en"), glosses(("今日",), "ja")
        (((0, 2, 'today'), (2, 3, 'ha'), (3, 4, 'te'), (4, 5, 'n')), ())
    """
    found: list[Gloss] = []
    for word, (begin, end) in zip(words, spans(words), strict=True):
        said = meaning(word, lang)
        each = [(begin + place, begin + place + 1, romanize_word(kana)) for place, kana in enumerate(word)]
        one_by_one = said and len(word) > 1 and romanize_word(word)
        found += each if one_by_one else [(begin, end, said)]
    return tuple(one for one in found if one[2])


def searched(view: View) -> None:
    """How often the backward direction is needed at all, by the search that found the prepared sentences."""
    said = text(
        "bidirectional.searched",
        view.lang,
        sentences=SEARCHED.sentences,
        right=SEARCHED.correct,
        needed=SEARCHED.needed,
        better=SEARCHED.better_without,
    )
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
