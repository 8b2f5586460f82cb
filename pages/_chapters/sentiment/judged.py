"""One sentence as the four networks judge it, and the question from which word on one of them stays with its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.sentiment import computed
from pages._ui import blocks, cache, predict
from pages._ui.contrasts import Contrast
from pages._ui.sentence import card, remarks
from pages._ui.words import plain
from rnn_core import figures
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.tasks import smalltalk
from rnn_core.tasks.sentiment import AFFIRMED, NEGATED, SHIPPED, TURNING
from rnn_core.text.tokenizer import Token

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View
    from rnn_core.models.sentiment import SentimentPrediction

GUESS = "guess_settled"  # the control of the guess
CONTRASTS = tuple(
    Contrast(name, {"text": sentence})
    for name, sentence in (("negated", NEGATED), ("affirmed", AFFIRMED), ("turning", TURNING))
)
NOT_ASKED = predict.Answer(revealed=True)


@dataclass(frozen=True, eq=False)
class Judged:
    """The sentence and what is said of it.

    Attributes:
        tokens: its words.
        cut: it was longer than what is read.
        at_each: one direction and two, asked at each word.
        after: one direction and two, asked after the sentence.
    """

    tokens: tuple[Token, ...]
    cut: bool
    at_each: tuple[SentimentPrediction, ...]
    after: tuple[SentimentPrediction, ...]

    @property
    def settled(self) -> int:
        """The word, 1-based, from which on one direction gives the answer that it gives at the last one."""
        return self.at_each[0].settled + 1

    def words(self, lang: str) -> Words:
        """Its words as a sentence quotes them."""
        return Words(tuple(one.text for one in self.tokens), tuple(one.gloss for one in self.tokens), lang)


def read(view: View) -> Judged:
    """What the networks say of the sentence of the address.

    Raises:
        KiokuError: nothing to read in it.
    """
    segmented = cache.words(view.text("text"))
    words = segmented.tokens
    said = {spec: computed.classify(spec, words) for spec in SHIPPED}
    return Judged(
        tuple(Token(word, cache.known(word), smalltalk.gloss(word)) for word in words),
        segmented.cut,
        tuple(one for spec, one in said.items() if spec.asked == "word"),
        tuple(one for spec, one in said.items() if spec.asked == "sentence"),
    )


def spoken(view: View, found: Judged) -> None:
    """The words, and what there is to remark on them."""
    cards = "".join(card(token, view.lang) for token in found.tokens)
    label = plain(text("ui.reading", view.lang))
    st.html(f'<ol class="reading cell-lstm" aria-label="{label}">{cards}</ol>')
    remarks(view, found.tokens, found.cut)


def shown(view: View, found: Judged) -> None:
    """The question, and once it is answered the map with the guess in it; of one word nothing is asked."""
    asked = len(found.tokens) > 1
    if not asked:
        blocks.part(view, "sentiment.predict")
    answer = predict.ask(view, "sentiment.predict", options(found, view.lang), GUESS) if asked else NOT_ASKED
    if not answer.revealed:
        return
    said = ""
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(found.settled, answer.guess), why(found, view.lang))
    drawn = figures.feelings_by_word(
        found.at_each,
        found.after,
        guess=None if answer.guess is None else answer.guess - 1,
        glosses=tuple(token.gloss for token in found.tokens),
        **view.style,
    )
    blocks.picture(view, drawn, above=said)
    if asked:
        predict.again(view, GUESS)


def options(found: Judged, lang: str) -> Mapping[int, str]:
    """The words by their places, 1-based."""
    words = found.words(lang)
    return {place: words.said(place - 1) for place in range(1, len(found.tokens) + 1)}


def verdict(settled: int, guess: int) -> predict.Verdict:
    """Of a guess, 1-based: one word beside it is near."""
    return "right" if guess == settled else "near" if abs(guess - settled) == 1 else "wrong"


def why(found: Judged, lang: str) -> str:
    """What one direction says at which words."""
    one, first = found.at_each[0], found.settled - 1
    words, last = found.words(lang), _named(one.feeling(-1), lang)
    if first == 0:
        return text("sentiment.why.always", lang, feeling=last)
    before = _named(one.feeling(first - 1), lang)
    return text(
        "sentiment.why.turns", lang, before=before, last=words.said(first - 1), word=words.said(first), feeling=last
    )


def _named(feeling: str, lang: str) -> str:
    return text(f"feelings_by_word.{feeling}", lang)
