"""The words that the segmenter finds, and the question which of them breaks without the backward half."""

from __future__ import annotations

from dataclasses import replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, controls, predict
from pages._ui.words import plain
from rnn_core.messages import text
from rnn_core.segmentation.tags import SEARCHED, changes, glyphs, spans
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.bidirectional.inputs import Reading
    from pages._ui.shell import View

BREAKS = "guess_boundaries"  # the control of the guess
NONE = 0  # the guess that no word breaks
MOST = 24  # words up to which one is asked; so many buttons are no question any more
LONGEST = 12  # characters of a word on a button


def shown(view: View, reading: Reading) -> None:
    """The words, side by side; those that the chosen backward half divides otherwise stand out."""
    own, seen = reading.own, reading.seen
    moved = {k for change in changes(own.words, seen.words) for k in range(change.begin, change.end)}
    cards = "".join(
        _card(word, moved=begin in moved) for word, (begin, _) in zip(seen.words, spans(seen.words), strict=True)
    )
    label = plain(text("bidirectional.words", view.lang))
    st.html(f'<ol class="reading cell-lstm" aria-label="{label}">{cards}</ol>')


def _card(word: str, *, moved: bool) -> str:
    return f'<li><span class="word{" moved" if moved else ""}" lang="ja">{plain("".join(glyphs(word)))}</span></li>'


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
        named[place] = "".join(glyphs(shorten(word, LONGEST))) + number
    return named | {NONE: text("bidirectional.none", lang)}


def broken(reading: Reading) -> frozenset[int]:
    """The places, 1-based, of the words that are not found any more once the backward half is shut off."""
    own = reading.own.words
    moved = {k for change in changes(own, reading.found["off"].words) for k in range(change.begin, change.end)}
    return frozenset(place for place, (begin, _) in enumerate(spans(own), 1) if begin in moved)


def judged(reading: Reading, guess: int | None, lang: str) -> str:
    """What is to be said of the guess, beside what was computed; "" without one."""
    if guess is None:
        return ""
    found = broken(reading)
    right = guess in found or (guess == NONE and not found)
    said = "right" if right else "wrong"
    return text(f"bidirectional.guessed.{said}", lang, guess=options(reading, lang)[guess])


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
