"""What became of the reply, as a sentence: the same model twice, with something held or another word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rnn_core.figures.captions import percent
from rnn_core.figures.words import TOKEN_LANGUAGE, quoted
from rnn_core.messages import text

if TYPE_CHECKING:
    from rnn_core.models.model_trace import Guess, ModelTrace


def reply_change(before: ModelTrace, after: ModelTrace, *, lang: str) -> str:
    """How likely the reply of `before` is in both, each after its last word, and what is likeliest in `after`.

    Example: 「そうだね!」は 87% から 31% に。確率が最も高いのは「…」（45%）に変わる。
    """
    reply, now = before.reply, after.reply
    left = percent(float(after.probabilities[-1, after.outputs.index(reply.text)]), lang)
    change = _changed(_said(reply, lang), percent(reply.probability, lang), left, lang)
    if now.text == reply.text:
        return text("figures.join", lang, first=change, second=text("reply_change.same", lang))
    other = text("reply_change.other", lang, reply=_said(now, lang), share=percent(now.probability, lang))
    return text("figures.join", lang, first=change, second=other)


def _changed(reply: str, before: str, after: str, lang: str) -> str:
    """Both shares of a reply, or the one that they both are."""
    if before == after:
        return text("reply_change.stays", lang, reply=reply, share=after)
    return text("reply_change.change", lang, reply=reply, before=before, after=after)


def _said(guess: Guess, lang: str) -> str:
    return quoted(guess.text, guess.gloss if lang != TOKEN_LANGUAGE else "", lang)
