"""Draw how often the network without attention will be right, then see all three.

What was drawn is in the address: `guess_accuracy=40_10_0_0_0`, in percent from two names on, or `guess_accuracy=skip`.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.attention import computed
from pages._chapters.attention.three_networks import KINDS, spec, typed
from pages._ui import blocks, controls
from pages._ui.address import literal
from pages._ui.components.accuracy_curve import accuracy_curve
from pages._ui.controls import SKIP
from pages._ui.memo import memoized
from pages._ui.words import plain
from rnn_core import KiokuError, figures
from rnn_core.figures.captions import hundredths
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from pages._ui.shell import View

TASK, SIZE_OF = "names", "names"  # the task whose input can be made as long as one likes, and how its length is counted
SHAPE = re.compile(r"\d{1,3}(_\d{1,3}){0,9}", re.ASCII)


def counted(view: View) -> Sequence[figures.Counts]:
    """How often each of the three is right, by the number of names."""
    lang = view.lang
    return [
        computed.counts(
            spec({**view.state, "task": TASK}, kind), SIZE_OF, controls.option_name("attention", kind, lang), style
        )
        for style, kind in enumerate(KINDS)
    ]


def bottleneck(view: View) -> None:
    """Ask for the curve as long as it has not been drawn, then show the measured ones with it."""
    lang, said = view.lang, view.text("guess_accuracy")
    counts = counted(view)
    first = counts[0]
    guess = _read(said, len(first.lengths) - 1)
    if said != SKIP and guess is None:
        first_said = plain(text("predict.first", lang))
        blocks.part(view, "attention.predict", f'<p class="lead" lang="{lang}">{first_said}</p>')
        if said:
            st.warning(text("attention.no_curve", lang, given=literal(said)))
        with st.container(key="predict_curve"):
            accuracy_curve(lang, first.lengths, round(100 * float(first.shares[0])), on_curve_change=_say)
        return
    drawn = None if guess is None else [float(first.shares[0]), *(share / 100 for share in guess)]
    blocks.picture(
        view,
        memoized(
            figures.bottleneck,
            counts,
            computed.longest(TASK, SIZE_OF),
            lang=lang,
            theme=view.theme,
            guess=drawn,
            chosen=_chosen(view),
        ),
        above=blocks.part_said(view, "attention.predict"),
    )
    if drawn is not None:
        off = sum(abs(one - share) for one, share in zip(drawn, first.shares, strict=True)) / (len(drawn) - 1)
        st.html(f'<p class="lead" lang="{lang}">{plain(text("attention.off", lang, off=hundredths(off)))}</p>')
    st.button(text("predict.again", lang), key="again_guess_accuracy", type="tertiary", on_click=_say, args=("",))


def _chosen(view: View) -> int | None:
    """How many names the reader has joined; None where the page shows another task, or where they can't be read."""
    if view.state["task"] != TASK:
        return None
    try:
        return computed.size(TASK, computed.tokens(TASK, typed(view.state)), TASK, SIZE_OF)
    except KiokuError:
        return None  # what is wrong with them is said where they are read


def _read(said: str, points: int) -> list[int] | None:
    """The percentages of the address; None where it does not have one a length."""
    if not SHAPE.fullmatch(said):
        return None
    values = [int(value) for value in said.split("_")]
    return values if len(values) == points and max(values) <= 100 else None


def _say(curve: str) -> None:
    st.session_state["guess_accuracy"] = curve
