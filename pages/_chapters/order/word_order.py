"""Two words change places: which, what becomes of the sentence, and what each network makes of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache, controls, predict
from pages._ui import contrasts as prepared
from pages._ui.sentence import card, remarks
from pages._ui.words import plain
from rnn_core import KiokuError, figures, order
from rnn_core.figures.networks import listed
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.models.answer import Contrast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._ui.chapter import Value
    from pages._ui.predict import Verdict
    from pages._ui.shell import View
    from rnn_core.specs import NetworkSpec
    from rnn_core.text.tokenizer import Token


def _swap(sentence: str, places: tuple[int, int]) -> Mapping[str, Value]:
    """A sentence and two of its places, 0-based, as the controls have them."""
    first, second = (place + 1 for place in places)
    return {"text": sentence, "first": first, "second": second}


ALL, NOT_THE_BAG, RECURRENT, NONE, OTHERS = range(1, 6)
CONTRASTS = (
    prepared.Contrast("bite", _swap(order.SENTENCE, order.SWAP)),
    prepared.Contrast("early", _swap(order.SENTENCE, order.BEFORE_THE_KERNEL)),
    prepared.Contrast("plain", _swap(order.PLAIN, order.SWAP)),
    prepared.Contrast("long", _swap(order.LONG, order.SWAP)),
)
OPTIONS = {ALL: "all", NOT_THE_BAG: "not_the_bag", RECURRENT: "recurrent", NONE: "none", OTHERS: "others"}


def read(view: View) -> tuple[tuple[Token, ...], bool]:
    """The words of the sentence as the networks receive them, and whether it was longer than what is read."""
    segmented = cache.words(view.text("text"))
    (answer,) = cache.answers(order.READERS[0], (segmented.tokens,))
    return answer.tokens, segmented.cut


def choose(view: View, tokens: Sequence[Token]) -> tuple[int, int] | None:
    """The controls of the swap. Returns the two places, 0-based, or None where there is nothing to swap."""
    lang = view.lang
    if len(tokens) < 2:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("order.one_word", lang))}</p>')
        return None
    last = len(tokens)
    places = range(1, last + 1)
    chosen = []
    with st.container(key="swap_row", horizontal=True, vertical_alignment="bottom"):
        for key, default in zip(("first", "second"), order.SWAP, strict=True):
            asked = _place(view, key, min(default + 1, last), last)
            controls.keep(key, asked, tuple(token.text for token in tokens))
            st.selectbox(
                text(f"controls.{key}.label", lang),
                places,
                key=key,
                format_func=lambda place: named(tokens[place - 1], place, lang),
                width=200,
            )
            chosen.append(asked - 1)
    return chosen[0], chosen[1]


def named(token: Token, place: int, lang: str) -> str:
    """A word in a list of choices: its place, 1-based, and its meaning for those who need it."""
    gloss = Words((token.text,), (token.gloss,), lang).gloss(0)
    return text("order.choice_gloss" if gloss else "order.choice", lang, place=place, word=token.text, gloss=gloss)


def _place(view: View, key: str, default: int, last: int) -> int:
    """The place that the address names; one that the sentence does not have is replaced, and it is said."""
    asked = view.state[key]
    if isinstance(asked, int) and asked <= last:
        return asked
    if asked != view.rows[key].default:
        st.warning(text("order.no_word", view.lang, given=asked, last=last, used=default))
    controls.correct(key, default)
    return default


def contrasts(tokens: Sequence[str], other: Sequence[str]) -> tuple[Contrast, ...]:
    """What each network answers to both sentences; nothing where a window is too narrow."""
    return tuple(_both(spec, tuple(tokens), tuple(other)) for spec in order.NETWORKS)


def _both(spec: NetworkSpec, tokens: tuple[str, ...], other: tuple[str, ...]) -> Contrast:
    try:
        before, after = cache.answers(spec, (tokens, other))
    except KiokuError as error:
        if error.code != "window_full":
            raise
        return Contrast(spec, len(tokens), None)
    return Contrast(spec, len(tokens), (before, after))


def spoken(view: View, seen: Sequence[Token], swap: tuple[int, int] | None, cut: bool) -> None:
    """The words in both orders, one below the other, and what there is to remark on them."""
    lang = view.lang
    sentences = [("before", tuple(seen))]
    if swap:
        sentences.append(("after", order.swapped(seen, *swap)))
    for side, words in sentences:
        cards = "".join(card(token, lang, moved=place in (swap or ())) for place, token in enumerate(words))
        st.html(f'<ol class="reading" aria-label="{plain(text(f"reply_order.{side}", lang))}">{cards}</ol>')
    remarks(view, seen, cut)


def refusal(view: View, words: int) -> None:
    """Which networks can't read so many words, as the library says it."""
    for spec in order.READERS:
        if not spec.takes(words):
            why = KiokuError("window_full", words=words, places=spec.words).text(view.lang)
            said = text("order.refused", view.lang, network=figures.network_name(spec, view.lang), why=why)
            st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def answered(view: View, tokens: Sequence[Token], swap: tuple[int, int] | None) -> bool:
    """Ask whose probabilities the swap changes, and show it once that is answered. Whether nothing is left to ask."""
    if not swap:
        return True
    answer = predict.ask(view, "order.predict", options(view.lang), "guess_order")
    if not answer.revealed:
        return False
    words = tuple(token.text for token in tokens)
    found = contrasts(words, order.swapped(words, *swap))
    said = ""
    if answer.guess is not None:
        said = predict.verdict_said(view, verdict(answer.guess, found), why(found, view.lang))
    first, second = (quoted(tokens, place, view.lang) for place in swap)
    guess = expected(answer.guess, found)
    blocks.picture(view, figures.reply_order(found, (first, second), guess=guess, **view.style), above=said)
    predict.again(view, "guess_order")
    return True


def options(lang: str) -> Mapping[int, str]:
    """What can be guessed, and what it is called."""
    return {number: text(f"order.guess.{name}", lang) for number, name in OPTIONS.items()}


def expected(guess: int | None, found: Sequence[Contrast]) -> frozenset[NetworkSpec] | None:
    """Whose probabilities change by the guess, of those that can read the sentence; None for no guess or "others"."""
    could = frozenset(contrast.spec for contrast in found if contrast.answers)
    meant = {
        ALL: could,
        NOT_THE_BAG: could - {order.READERS[0]},
        RECURRENT: frozenset(order.RECURRENT),
        NONE: frozenset(),
    }
    return None if guess is None else meant.get(guess)


def verdict(guess: int, found: Sequence[Contrast]) -> Verdict:
    """A guess that is wrong of one network alone is near."""
    changed = frozenset(contrast.spec for contrast in found if contrast.notices)
    named = {number: expected(number, found) for number in OPTIONS}
    if guess == OTHERS:
        return "wrong" if changed in named.values() else "right"
    away = len(changed ^ (named[guess] or frozenset()))
    return "right" if away == 0 else "near" if away == 1 else "wrong"


def why(found: Sequence[Contrast], lang: str) -> str:
    """Whose probabilities change, and whose are the same to the last bit."""
    read = [contrast for contrast in found if contrast.answers]
    changed, same = ([one.spec for one in read if one.notices is notices] for notices in (True, False))
    if not changed or not same:
        return text("order.why.all" if changed else "order.why.none", lang)
    return text("order.why.some", lang, changed=listed(changed, lang), same=listed(same, lang))


def quoted(tokens: Sequence[Token], place: int, lang: str) -> str:
    """A word of the sentence as a finding quotes it."""
    return Words(tuple(t.text for t in tokens), tuple(t.gloss for t in tokens), lang).said(place)
