"""The sentence on the page: example sentences, and the words as the network read them, with what comes out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.words import on_button, plain
from rnn_core.figures.captions import percent
from rnn_core.figures.words import TOKEN_LANGUAGE, quoted, stem_of
from rnn_core.messages import text
from rnn_core.tasks import smalltalk
from rnn_core.text.tokenizer import MAX_TOKENS
from rnn_core.text.typography import shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from pages._ui.shell import View
    from rnn_core.models.model_trace import Guess, ModelTrace
    from rnn_core.text.tokenizer import Pieces, Token

EXAMPLE = "example"
LONGEST = 16  # characters of a word
EXAMPLES = {"今日は天気が良いね": "weather", "今日は暑い": "hot", "犬が人を噛む": "dog", "人が犬を噛む": "person"}


def examples(view: View) -> None:
    """Sentences that are a click away."""

    def named(sentence: str) -> str:
        return on_button(text(f"ui.example.{EXAMPLES[sentence]}", view.lang))

    st.pills(text("ui.examples", view.lang), EXAMPLES, key=EXAMPLE, format_func=named, on_change=_take, wrap=True)


def _take() -> None:
    sentence = st.session_state[EXAMPLE]
    if sentence:
        st.session_state["text"] = sentence
    st.session_state[EXAMPLE] = None


def spoken_said(view: View, trace: ModelTrace) -> str:
    """The words in their order and the likeliest output, as HTML."""
    lang = view.lang
    cards = "".join(card(token, lang) for token in trace.tokens)
    reply = "" if trace.distribution is None else bubble(trace.reply, lang)
    label = plain(text("ui.reading", lang))
    return f'<ol class="reading cell-{trace.layers.cell}" aria-label="{label}">{cards}{reply}</ol>'


def remarks(
    view: View, tokens: Sequence[Token], cut: bool, outputs: Iterable[str] = (), *, by: Pieces = "word"
) -> None:
    """What of the sentence was not read, which words the network never learned, and why one seems to be half a word.

    Args:
        view: the page.
        tokens: the words.
        cut: the sentence was longer than what is read.
        outputs: what a drawing shows of what networks expect.
        by: what a token is.
    """
    lang = view.lang
    if cut:
        st.warning(text("ui.cut" if by == "word" else "ui.cut_characters", lang, limit=MAX_TOKENS))
    unknown = list(dict.fromkeys(token.text for token in tokens if not token.known))
    if unknown:
        said = text("ui.unknown", lang, words=text("ui.comma", lang).join(shorten(word, LONGEST) for word in unknown))
        st.html(f'<p class="quiet" lang="{lang}">{plain(said)}</p>')
    if by == "word":
        stem(view, [*(token.text for token in tokens if token.known), *outputs], smalltalk.gloss)


def stem(view: View, words: Iterable[str], gloss: Callable[[str], str]) -> None:
    """Why one of the words seems to be half a word, if one does.

    Args:
        view: the page.
        words: those that are shown.
        gloss: what one means, for readers of English.
    """
    lang, found = view.lang, stem_of(words)
    if found is not None:
        said = text("ui.stem", lang, stem=quoted(found, gloss(found) if lang != TOKEN_LANGUAGE else "", lang))
        st.html(f'<p class="quiet" lang="{lang}">{plain(said)}</p>')


def card(token: Token, lang: str, moved: bool = False) -> str:
    """One word, with its gloss for those who need it."""
    state = ("" if token.known else " unknown") + (" moved" if moved else "")
    word = plain(shorten(token.text, LONGEST))
    return f'<li><span class="word{state}" lang="ja">{word}</span>{_gloss(token.gloss, lang)}</li>'


def bubble(reply: Guess, lang: str) -> str:
    """What comes out, with its probability: a reply, or a word that does not end the sentence."""
    shape = "" if reply.ends else " open"
    said = reply.text if reply.ends else f"{reply.text} …"
    share = text("ui.share", lang, share=percent(reply.probability, lang))
    return (
        f'<li class="reply"><span class="says{shape}" lang="ja">{plain(said)}</span>'
        f"{_gloss(reply.gloss, lang)}<small>{plain(share)}</small></li>"
    )


def _gloss(gloss: str, lang: str) -> str:
    return f"<small>{plain(gloss)}</small>" if gloss and lang != "ja" else ""
