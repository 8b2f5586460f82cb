"""What each has its own guess: a training with and without clipping, and the cliff."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages._chapters.gradients import settings
from pages._ui import blocks, cache, controls, predict
from pages._ui.words import formula
from rnn_core import figures
from rnn_core.figures.captions import number
from rnn_core.gradients import cliff
from rnn_core.messages import text
from rnn_core.runs import outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.predict import Verdict
    from pages._ui.shell import View

GUESSES = {
    "guess_clipping": ("lower", "same", "higher", "breaks", "both"),
    "guess_cliff": ("jumps", "arrives", "stays"),
}
# What is half of the truth, or next to it.
NEAR: Mapping[str, tuple[tuple[str, str], ...]] = {
    "guess_clipping": (("lower", "breaks"), ("lower", "same"), ("same", "higher"), ("breaks", "both")),
    "guess_cliff": (),
}


def _asked(view: View, control: str, lead: str) -> predict.Answer:
    """Ask what is expected."""
    names = {place: text(f"gradients.{control}.{name}", view.lang) for place, name in enumerate(GUESSES[control], 1)}
    above = f'<p class="lead" lang="{view.lang}">{formula(text(lead, view.lang))}</p>'
    return predict.ask(view, f"gradients.{control}.ask", names, control, above=above)


def _verdict(view: View, control: str, answer: predict.Answer, found: str, why: str) -> None:
    """Say what there is to say of a guess, or what was measured where there is none, and offer another."""
    if answer.guess is None:
        st.html(f'<p class="finding" lang="{view.lang}">{formula(why)}</p>')
    else:
        guessed = GUESSES[control][answer.guess - 1]
        said = text("gradients.expected", view.lang, guess=text(f"gradients.{control}.{guessed}", view.lang), why=why)
        st.html(predict.verdict_said(view, judge(control, guessed, found), said))
    predict.again(view, control)


def judge(control: str, guessed: str, found: str) -> Verdict:
    """Whether a guess is right, or next to what was found."""
    if guessed == found:
        return "right"
    return "near" if {(guessed, found), (found, guessed)} & set(NEAR[control]) else "wrong"


def clip(view: View) -> None:
    """The same training with clipping and without."""
    blocks.part(view, "gradients.clip", anchor="clip")
    with st.container(key="clip_row", horizontal=True, vertical_alignment="bottom"):
        controls.choice("clip", view.lang)
        settings.limit(view, "limit")
    answer = _asked(view, "guess_clipping", "gradients.clip.lead")
    if not answer.revealed:
        return
    kind: Literal["norm", "value"] = "value" if view.state["clip"] == "value" else "norm"
    threshold = view.real("limit")
    clipped, free = cache.training(kind, threshold), cache.training("none", 1.0)
    ends = {"clipped": number(float(clipped.loss[-1])), "free": number(float(free.loss[-1]))}
    why = text("gradients.guess_clipping.why", view.lang, **ends)
    _verdict(view, "guess_clipping", answer, outcome(clipped, free), why)
    blocks.picture(view, figures.training_loss(clipped, free, **view.style))
    blocks.picture(view, figures.clipping(clipped, free, threshold, clip=kind, **view.style))


def descents(view: View) -> None:
    """The loss of one unit over its two parameters, and two descents on it."""
    with st.container(key="cliff_row", horizontal=True, vertical_alignment="bottom"):
        settings.place(view, "w0")
        settings.place(view, "b0")
        settings.limit(view, "cap")
    answer = _asked(view, "guess_cliff", "gradients.cliff.lead")
    if not answer.revealed:
        return
    start, most = (view.real("w0"), view.real("b0")), view.real("cap")
    free, held = cliff.descend(start, limit=None), cliff.descend(start, limit=most)
    ends = {"length": number(cliff.longest_update(free)[1]), "loss": number(float(free.loss[-1]))}
    why = text("gradients.guess_cliff.why", view.lang, **ends)
    _verdict(view, "guess_cliff", answer, cliff.outcome(free), why)
    blocks.picture(view, figures.cliff(cache.surface(), free, held, most, lang=view.lang, theme=view.theme))
