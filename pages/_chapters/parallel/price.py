"""The fourth question: what is given up for one scan; and what others choose for the same recurrence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.parallel import computed
from pages._ui import blocks, predict, tables
from pages._ui.memo import memoized
from pages._ui.words import formula, plain
from rnn_core import figures
from rnn_core.figures.captions import percent
from rnn_core.messages import text
from rnn_core.recurrences import RECURRENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.predict import Verdict
    from pages._ui.shell import View

GUESS = "guess_parity"
EXPECTED: Mapping[int, tuple[str, ...]] = {
    1: ("rnn", "lstm", "gru", "mingru"),
    2: ("rnn", "lstm", "gru"),
    3: ("lstm",),
    4: (),
}
COUNTS = 0.9  # from this share of right answers on a network counts, between chance and all


def draw(view: View) -> bool:
    """Ask, and once it is answered show what is lost, what is kept, and the table. Whether nothing is left to ask."""
    lang = view.lang
    answer = predict.ask(view, "parallel.price", options(lang), GUESS)
    if not answer.revealed:
        return False
    accuracy, learned = computed.parity()
    guess = None if answer.guess is None else EXPECTED[answer.guess]
    said = "" if guess is None else predict.verdict_said(view, verdict(guess), why(lang))
    shown = memoized(figures.parity_by_length, accuracy, learned, guess=guess, **view.style)
    blocks.picture(view, shown, above=said, below=kept_said(lang))
    predict.again(view, GUESS)
    recalled(view)
    chosen(view)
    return True


def options(lang: str) -> Mapping[int, str]:
    """What can be guessed."""
    return {at: text(f"parallel.price_{at}", lang) for at in EXPECTED}


def counting() -> tuple[str, ...]:
    """The networks of the question that count to the end, on the mean of their seeds."""
    accuracy, _ = computed.parity()
    last = max(accuracy["rnn"][0])
    return tuple(
        kind for kind in EXPECTED[1] if sum(run[last] for run in accuracy[kind]) / len(accuracy[kind]) > COUNTS
    )


def verdict(guess: tuple[str, ...]) -> Verdict:
    """Whether the networks that were named are those that count; nearly, where one is too many or missing."""
    away = len(set(guess) ^ set(counting()))
    return "right" if away == 0 else "near" if away == 1 else "wrong"


def why(lang: str) -> str:
    """Which networks count, as a sentence."""
    names = [text(f"parity_by_length.{kind}", lang) for kind in counting()]
    return text("parallel.price_why", lang, names=text("figures.list", lang).join(names) or "–")


def kept_said(lang: str) -> str:
    """What minGRU loses nothing of, as HTML."""
    spread: dict[str, str] = {}
    for name, spec in (("ours", computed.MINIMAL), ("gru", computed.CHAIN)):
        shares = [percent(share, lang, 1) for share in sorted(computed.replies(spec))]
        spread |= {f"{name}_low": shares[0], f"{name}_high": shares[-1]}
    said = text("parallel.kept_lead", lang, seeds=len(computed.replies(computed.MINIMAL)), **spread)
    return f'<p class="lead" lang="{lang}">{plain(said)}</p>'


def recalled(view: View) -> None:
    """How much a state of fixed size recalls, side by side: keys written once, and written again."""
    lang = view.lang
    blocks.part(
        view, "parallel.recall", f'<p class="lead" lang="{lang}">{formula(text("parallel.recall_lead", lang))}</p>'
    )
    once, again = computed.recall()
    left, right = st.columns(2, gap="large")
    with left:
        blocks.picture(view, memoized(figures.recall_by_pairs, once, computed.WIDTH, **view.style))
    with right:
        blocks.picture(view, memoized(figures.recall_rewritten, again, **view.style))


def chosen(view: View) -> None:
    """The same recurrence with other choices, with sources and dates."""
    lang = view.lang
    columns = {
        text(f"parallel.choice_{key}", lang): tuple(getattr(row, key) for row in RECURRENCES)
        for key in ("name", "factor", "addend", "date", "source")
    }
    lead = f'<p class="lead" lang="{lang}">{formula(text("parallel.choices_lead", lang))}</p>'
    blocks.part(view, "parallel.choices", lead + tables.table(columns))
