"""The words that the segmenter finds, and the question which of them breaks without the backward half."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, controls, predict
from pages._ui.memo import memoized
from pages._ui.sentence import card
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.figures.characters import meaning
from rnn_core.figures.segmentations import listed
from rnn_core.messages import text
from rnn_core.segmentation.tags import SEARCHED, changes, glyphs, spans
from rnn_core.text.tokenizer import Token
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.bidirectional.inputs import Reading
    from pages._ui.shell import View
    from rnn_core.segmentation.tags import Segmentation

BREAKS = "guess_boundaries"  # the control of the guess
NONE = 0  # the guess that no word breaks
MOST = 24  # words up to which one is asked; so many buttons are no question any more
LONGEST = 12  # characters of a word on a button


def shown(view: View, own: Segmentation, seen: Segmentation) -> None:
    """The words of `seen`, side by side; those that `own` divides otherwise stand out."""
    moved = {k for change in changes(own.words, seen.words) for k in range(change.begin, change.end)}
    cards = "".join(
        _card(word, view.lang, moved=begin in moved)
        for word, (begin, _) in zip(seen.words, spans(seen.words), strict=True)
    )
    label = plain(text("bidirectional.words", view.lang))
    st.html(f'<ol class="reading cell-lstm" aria-label="{label}">{cards}</ol>')


def _card(word: str, lang: str, *, moved: bool) -> str:
    return card(Token("".join(glyphs(word)), True, meaning(word, lang)), lang, moved)


def compared(view: View, reading: Reading) -> bool:
    """The question, and once it is answered the segmentations with the guess in them. Whether it is answered."""
    answer = ask(view, reading)
    if not answer.revealed:
        return False
    said = ""
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(reading, answer.guess), why(reading, view.lang))
    guess = answer.guess - 1 if answer.guess else None  # no place where none was guessed
    blocks.picture(view, memoized(figures.segmentations, reading.found, guess=guess, **view.style), above=said)
    searched(view)
    predict.again(view, BREAKS)
    return True


def ask(view: View, reading: Reading) -> predict.Answer:
    """Ask which word breaks; of too many words, or of one character, nothing is asked."""
    named = options(reading, view.lang)
    said = view.state[BREAKS]
    if isinstance(said, int) and said not in named:
        st.warning(text("bidirectional.no_word", view.lang, given=said, last=len(reading.own.words)))
        controls.correct(BREAKS, None)
        view = replace(view, state=MappingProxyType({**view.state, BREAKS: None}))
    if len(named) > 2:
        return predict.ask(view, "bidirectional.predict", named, BREAKS)
    blocks.part(view, "bidirectional.predict")
    return predict.Answer(revealed=True)


def options(reading: Reading, lang: str) -> Mapping[int, str]:
    """What can be guessed: a word by its place, 1-based, or none; nothing where there are too many words."""
    words = reading.own.words
    if len(words) > MOST:
        return {}
    named = {}
    for place, word in enumerate(words, 1):
        number = f" {place}" if words.count(word) > 1 else ""
        beside = f" {said}" if (said := meaning(word, lang)) else ""
        named[place] = "".join(glyphs(shorten(word, LONGEST))) + beside + number
    return named | {NONE: text("bidirectional.none", lang)}


def broken(reading: Reading) -> frozenset[int]:
    """The places, 1-based, of the words that are not found any more once the backward half is shut off."""
    own = reading.own.words
    moved = {k for change in changes(own, reading.found["off"].words) for k in range(change.begin, change.end)}
    return frozenset(place for place, (begin, _) in enumerate(spans(own), 1) if begin in moved)


def verdict(reading: Reading, guess: int) -> predict.Verdict:
    """Of a guess, by what was computed: a word beside one that changes is near."""
    found = broken(reading)
    if guess in found or (guess == NONE and not found):
        return "right"
    return "near" if guess != NONE and any(abs(guess - place) == 1 for place in found) else "wrong"


def why(reading: Reading, lang: str) -> str:
    """What becomes of the words once the backward half is zeros."""
    found = changes(reading.own.words, reading.found["off"].words)
    if not found:
        return text("bidirectional.why.same", lang)
    return text("bidirectional.why.changes", lang, changes=listed(found, lang))


def searched(view: View) -> None:
    """How often the backward half is needed at all, by the search that found the prepared sentences."""
    said = text(
        "bidirectional.searched",
        view.lang,
        sentences=SEARCHED.sentences,
        right=SEARCHED.correct,
        needed=SEARCHED.needed,
        better=SEARCHED.better_without,
    )
    st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
