"""Predict, then reveal: a question before a picture. Only the picture that answers it waits.

What the reader said is in the address (`guess=3`, or `guess=skip`), so what was revealed stays so, also in a link. It
belongs to the settings it was made for, the row's `asked_of`: with others it is asked again. The answer is a verdict
with its reason, and the picture's own finding, computed from what was measured.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, TypeAlias

import streamlit as st

from pages._ui import blocks, controls
from pages._ui.controls import SKIP
from pages._ui.words import formula, markdown, on_button, plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.shell import View

Verdict: TypeAlias = Literal["right", "near", "wrong"]


@dataclass(frozen=True)
class Answer:
    """What the reader answered.

    Attributes:
        revealed: the picture may be shown: the reader has guessed, or asked to see it.
        guess: what was guessed, None for nothing.
    """

    revealed: bool
    guess: int | None = None


def ask(
    view: View,
    question: str,
    options: Mapping[int, str],
    control: str = "guess",
    above: str = "",
    places: Mapping[str, object] = MappingProxyType({}),
) -> Answer:
    """Ask what the reader expects, as long as they have not said.

    Args:
        view: the page.
        question: the message that asks.
        options: what can be guessed, and what it is called.
        control: the control that holds the guess.
        above: HTML that stands before the question.
        places: what fills the question.
    """
    said, lang, asked = view.state[control], view.lang, above + blocks.part_said(view, question, anchor="", **places)
    if said == SKIP or said in options:
        st.html(asked)
        return Answer(revealed=True, guess=said if isinstance(said, int) else None)
    st.html(f'{asked}<p class="lead" lang="{lang}">{plain(text("predict.first", lang))}</p>')
    if said is not None:
        st.warning(text("predict.unknown", lang, given=said))
    controls.keep(control, None, tuple(options))
    st.pills(
        text(f"controls.{control}.label", lang),
        list(options),
        key=control,
        format_func=lambda option: on_button(markdown(options[option])),
        label_visibility="collapsed",
        wrap=True,
    )
    st.button(
        controls.option_name(control, SKIP, lang),
        key=f"skip_{control}",
        type="tertiary",
        on_click=_say,
        args=(control, SKIP),
    )
    return Answer(revealed=False)


def verdict_said(view: View, verdict: Verdict, why: str) -> str:
    """What there is to say of a guess, as HTML: whether it is right, and why, as the measured numbers have it.

    Args:
        view: the page.
        verdict: "near" where the guess is not right, and what was measured is next to it.
        why: a finished sentence.
    """
    said = text(f"predict.verdict.{verdict}", view.lang)
    words = f"<strong>{plain(said)}</strong> {formula(why)}"
    return f'<p class="verdict {verdict}" lang="{view.lang}" role="status">{words}</p>'


def again(view: View, control: str = "guess") -> None:
    """The way back to the question."""
    st.button(
        text("predict.again", view.lang), key=f"again_{control}", type="tertiary", on_click=_say, args=(control, None)
    )


def _say(control: str, answer: str | None) -> None:
    st.session_state[control] = answer
