"""What each has its own guess: two networks of which one explodes, a training with and without clipping, the cliff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages._chapters.gradients import rows, settings
from pages._ui import blocks, cache, controls, predict
from pages._ui.memo import memoized
from pages._ui.words import formula
from rnn_core import figures
from rnn_core.figures.captions import number
from rnn_core.figures.ratio import ratio
from rnn_core.gradients import cliff, decay
from rnn_core.messages import text
from rnn_core.models.sentence_spec import continued, exploding, saturating
from rnn_core.runs import outcome

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.predict import Verdict
    from pages._ui.shell import View

WORDS = 60
DECADES = (-12.0, 3.0)
GUESSES = {
    "guess_growth": ("left", "right", "both", "none"),
    "guess_clipping": ("lower", "same", "higher", "breaks", "both"),
    "guess_cliff": ("jumps", "arrives", "stays"),
}
GROWTH = {(True, False): "left", (False, True): "right", (True, True): "both", (False, False): "none"}
# What is half of the truth, or next to it.
NEAR: Mapping[str, tuple[tuple[str, str], ...]] = {
    "guess_growth": (("left", "both"), ("right", "both"), ("left", "none"), ("right", "none")),
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


def explode(view: View) -> None:
    """A ReLU network that explodes beside a tanh network that, at a larger radius, does not."""
    answer = _asked(view, "guess_growth", "gradients.explode.lead")
    if not answer.revealed:
        return
    words = continued(cache.words(view.text("text")).tokens, WORDS)
    drawn, grown, left = [], [], []
    for name, spec in (("relu", exploding(words)), ("tanh", saturating(words))):
        by_h = cache.find_gradients(spec).by_h
        shares = memoized(decay.shares, by_h, spec.at)
        picture = figures.gradient_norms(
            {"rnn": shares},
            words,
            spec.at,
            lang=view.lang,
            theme=view.theme,
            decades=DECADES,
            relative=True,
            suffix=f"_{name}",
        )
        drawn.append(replace(picture, title=text(f"gradients.explode.{name}", view.lang, rho=f"{spec.rho:g}")))
        grown.append(decay.explodes(by_h, spec.at))
        left.append(ratio(float(shares[0]), view.lang))
    why = text("gradients.guess_growth.why", view.lang, left=left[0], right=left[1])
    _verdict(view, "guess_growth", answer, GROWTH[grown[0], grown[1]], why)
    rows.show(view, drawn, said=False, method=False)


def clip(view: View) -> None:
    """The same training with clipping and without."""
    blocks.part(view, "gradients.clip")
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
