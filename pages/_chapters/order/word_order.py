"""Two words change places: which, what becomes of the sentence, and what each network makes of both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import cache, controls
from pages._ui.sentence import card, remarks
from pages._ui.words import plain
from rnn_core import KiokuError, figures, order
from rnn_core.figures.words import Words
from rnn_core.messages import text
from rnn_core.models.answer import Contrast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._ui.chapter import Value
    from pages._ui.shell import View
    from rnn_core.specs import NetworkSpec
    from rnn_core.text.tokenizer import Token

ALL, NOT_THE_BAG, RECURRENT, NONE, OTHERS = range(1, 6)
OPTIONS = {ALL: "all", NOT_THE_BAG: "not_the_bag", RECURRENT: "recurrent", NONE: "none", OTHERS: "others"}


def read(view: View) -> tuple[tuple[Token, ...], bool]:
    """The words of the sentence as the networks receive them, and whether it was longer than what is read."""
    segmented = cache.words(view.text("text"))
    (answer,) = cache.answers(order.READERS[0], (segmented.tokens,))
    return answer.tokens, segmented.cut


def choose(view: View, tokens: Sequence[str]) -> tuple[int, int] | None:
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
            controls.keep(key, asked, tuple(tokens))
            st.selectbox(
                text(f"controls.{key}.label", lang),
                places,
                key=key,
                format_func=lambda place: f"{place} {tokens[place - 1]}",
                width=170,
            )
            chosen.append(asked - 1)
        _contrast(view)
    return chosen[0], chosen[1]


def _place(view: View, key: str, default: int, last: int) -> int:
    """The place that the address names; one that the sentence does not have is replaced, and it is said."""
    asked = view.state[key]
    if isinstance(asked, int) and asked <= last:
        return asked
    if asked is not None:
        st.warning(text("order.no_word", view.lang, given=asked, last=last, used=default))
    controls.correct(key, default)
    return default


def _contrast(view: View) -> None:
    """The prepared contrast, a click away while another sentence is shown."""
    if view.state["text"] != order.SENTENCE:
        first, second = (place + 1 for place in order.SWAP)
        state = {"text": order.SENTENCE, "first": first, "second": second}
        st.button(text("order.contrast", view.lang), key="contrast", on_click=_set, args=(state,))


def _set(state: Mapping[str, Value]) -> None:
    st.session_state.update(state)


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


def options(lang: str) -> Mapping[int, str]:
    """What can be guessed, and what it is called."""
    return {number: text(f"order.guess.{name}", lang) for number, name in OPTIONS.items()}


def judged(guess: int | None, found: Sequence[Contrast], lang: str) -> str:
    """What is to be said of the guess, beside what was measured; "" without one."""
    if guess is None:
        return ""
    noticed = {contrast.spec for contrast in found if contrast.answers and contrast.moved > 0}
    could = {contrast.spec for contrast in found if contrast.answers}
    meant = {
        ALL: could,
        NOT_THE_BAG: could - {order.READERS[0]},
        RECURRENT: set(order.RECURRENT),
        NONE: set(),
    }
    right = noticed not in meant.values() if guess == OTHERS else meant[guess] == noticed
    said = "right" if right else "wrong"
    return text(f"order.guessed.{said}", lang, guess=options(lang)[guess])


def quoted(tokens: Sequence[Token], place: int, lang: str) -> str:
    """A word of the sentence as a finding quotes it."""
    return Words(tuple(t.text for t in tokens), tuple(t.gloss for t in tokens), lang).said(place)
