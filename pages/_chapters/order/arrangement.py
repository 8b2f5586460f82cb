"""The words in another order: which, what the reader expects of each network, and the drawing of both."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.order import computed
from pages._ui import blocks, cache, controls, pin, stage
from pages._ui.address import literal
from pages._ui.components.word_order import word_order
from pages._ui.contrasts import Contrast
from pages._ui.controls import SKIP
from pages._ui.memo import memoized
from pages._ui.words import markdown
from rnn_core import figures, order
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View
    from rnn_core.text.tokenizer import Token

MARKS = re.compile(rf"[01-]{{{len(order.NETWORKS)}}}")  # a guess: of each network that it notices, or doesn't
PLACES = re.compile(r"[0-9]{1,2}(-[0-9]{1,2})*", re.ASCII)


def written(places: Sequence[int]) -> str:
    """An order as the address has it, counted from 1.

    Example:
        >>> written((2, 1, 0))
        '3-2-1'
    """
    return "-".join(str(place + 1) for place in places)


CONTRASTS = (
    Contrast("bite", {"text": order.SENTENCE, "places": written(order.swapped(range(5), *order.SWAP))}),
    Contrast("early", {"text": order.SENTENCE, "places": written(order.swapped(range(5), *order.BEFORE_THE_KERNEL))}),
    Contrast("plain", {"text": order.PLAIN, "places": written(order.swapped(range(6), *order.SWAP))}),
    Contrast("long", {"text": order.LONG, "places": ""}),
)


def read(view: View) -> tuple[tuple[Token, ...], bool]:
    """The words of the sentence as the networks receive them, and whether it was longer than what is read."""
    segmented = cache.words(view.text("text"))
    (found,) = cache.answers(order.READERS[0], (segmented.tokens,))
    return found.tokens, segmented.cut


def choose(view: View, words: int) -> tuple[int, ...]:
    """The order that the address names, 0-based; one that is none of these words is replaced, and it is said."""
    said = view.text("places")
    places = tuple(int(place) - 1 for place in said.split("-")) if PLACES.fullmatch(said) else ()
    if sorted(places) == list(range(words)):
        return places
    if said:
        st.warning(text("order.no_order", view.lang, given=literal(said), words=words))
        view.correct("places", "")
    return order.opening(words)


def draw(view: View, tokens: Sequence[Token], places: Sequence[int]) -> bool:
    """Draw both orders; the guess is made in the drawing. Whether nothing is left to ask."""
    words, said = tuple(token.text for token in tokens), view.text("guess_order")
    if said and said != SKIP and not MARKS.fullmatch(said):
        st.warning(text("predict.unknown", view.lang, given=literal(said)))
        view.correct("guess_order", "")
        said = ""
    step = view.state["t"]
    with stage.drawing(view):
        word_order(
            view.lang,
            tokens,
            places,
            [computed.read_orders(spec, words, tuple(places)) for spec in order.NETWORKS],
            answer=said,
            step=step if isinstance(step, int) else None,
            key=view.key("word_order"),
            on_step_change=controls.rest,
            on_order_change=lambda now: pin.take(view, {"places": written(now), "t": None}),
            on_answer_change=lambda now: pin.take(view, {"guess_order": now}),
        )
    return bool(said) or words == order.arranged(words, places)


def pinned(view: View) -> None:
    """Draw both orders of a pinned state."""
    tokens, _ = read(view)
    draw(view, tokens, choose(view, len(tokens)))


def outputs(words: Sequence[str], places: Sequence[int]) -> tuple[str, ...]:
    """The most probable output of each network after each word of both orders."""
    readings = (computed.read_orders(spec, tuple(words), tuple(places)) for spec in order.NETWORKS)
    return tuple(guess.text for found in readings if found for step in range(len(words)) for guess in found.top(step))


def numbers(view: View, words: Sequence[str], places: Sequence[int]) -> None:
    """The outputs of every network in both orders, folded: made when they are opened."""
    folded = st.expander(markdown(text("order.outputs", view.lang)), key="outputs", on_change="rerun")
    if folded.open:
        with folded:
            blocks.picture(
                view, memoized(figures.reply_order, computed.contrast(tuple(words), tuple(places)), **view.style)
            )
