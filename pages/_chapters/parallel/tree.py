"""The second question: in how many rounds a cell is computed whose gates read the input only."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.parallel import computed
from pages._ui import controls, predict
from pages._ui.components.scan_tree import MOST, scan_tree
from pages._ui.words import plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._ui.predict import Verdict
    from pages._ui.shell import View
    from rnn_core.text.tokenizer import Token

GUESS = "guess_stages"


def draw(view: View, tokens: Sequence[Token]) -> bool:
    """Ask, and once it is answered draw chain and tree. Whether nothing is left to ask."""
    lang, shown = view.lang, tuple(tokens[:MOST])
    total = len(shown)
    if total < 3:
        return True
    answer = predict.ask(view, "parallel.stages", options(total, lang), GUESS)
    if not answer.revealed:
        return False
    if answer.guess is not None:
        why = text("parallel.stages_why", lang, rounds=rounds(total), words=total)
        st.html(predict.verdict_said(view, verdict(total, answer.guess), why))
    if len(tokens) > MOST:
        st.html(f'<p class="quiet" lang="{lang}">{plain(text("parallel.first_words", lang, words=MOST))}</p>')
    seen = view.state["stage"]
    words = tuple(token.text for token in shown)
    scan_tree(
        lang,
        shown,
        computed.chained(words),
        computed.scanned(words),
        lengths=computed.lengths(),
        guess=answer.guess,
        round_seen=seen if isinstance(seen, int) else None,
        on_round_change=lambda now: controls.take({"stage": now}),
    )
    predict.again(view, GUESS)
    return True


def rounds(total: int) -> int:
    """The stages of a scan over so many words.

    Example:
        >>> [rounds(total) for total in (3, 4, 6, 8)]
        [2, 2, 3, 3]
    """
    return math.ceil(math.log2(total))


def options(total: int, lang: str) -> Mapping[int, str]:
    """What can be guessed: one for all, as many as a scan takes, one less than in order, as many as words."""
    counts = sorted({1, rounds(total), total - 1, total})
    return {count: text("parallel.rounds", lang, rounds=count) for count in counts}


def verdict(total: int, guess: int) -> Verdict:
    """Whether it is right; nearly, if it is one more or less."""
    away = abs(guess - rounds(total))
    return "right" if away == 0 else "near" if away == 1 else "wrong"
