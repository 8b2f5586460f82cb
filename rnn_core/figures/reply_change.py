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

    Example: 「そうだね!」は 87 % → 31 %。最も確かな返事は「…」（45 %）に変わる。
    """
    reply, now = before.reply, after.reply
    left = float(after.probabilities[-1, after.outputs.index(reply.text)])
    change = text(
        "reply_change.change",
        lang,
        reply=_said(reply, lang),
        before=percent(reply.probability, lang),
        after=percent(left, lang),
    )
    if now.text == reply.text:
        return text("figures.join", lang, first=change, second=text("reply_change.same", lang))
    other = text("reply_change.other", lang, reply=_said(now, lang), share=percent(now.probability, lang))
    return text("figures.join", lang, first=change, second=other)


def _said(guess: Guess, lang: str) -> str:
    return quoted(guess.text, guess.gloss if lang != TOKEN_LANGUAGE else "", lang)
