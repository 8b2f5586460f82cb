"""What is computed only when it is opened: two networks of which one explodes, a training, and the cliff."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages._chapters.gradients import settings
from pages._ui import blocks, cache, controls, predict
from pages._ui.words import formula, plain
from rnn_core import figures
from rnn_core.gradients import cliff
from rnn_core.messages import text
from rnn_core.models.sentence_spec import continued, exploding, saturating

if TYPE_CHECKING:
    from pages._ui.shell import View

WORDS = 60
DECADES = (-6.0, 3.0)
GUESSES = {
    "guess_growth": ("left", "right", "both", "none"),
    "guess_clipping": ("lower", "same", "higher", "breaks"),
    "guess_cliff": ("flies", "climbs", "waits"),
}


def choose(view: View) -> None:
    """Which part is open, and that part."""
    blocks.part(view, "gradients.more", anchor="explode")
    controls.choice("part", view.lang)
    opened = {"explode": _explode, "clip": _clip, "cliff": _cliff}.get(view.text("part"))
    if opened:
        with blocks.errors_shown(view):
            opened(view)


def _lead(view: View, message: str) -> None:
    st.html(f'<p class="lead" lang="{view.lang}">{formula(text(message, view.lang))}</p>')


def _revealed(view: View, control: str) -> bool:
    """Ask what is expected; whether the picture may be shown."""
    names = {place: text(f"gradients.{control}.{name}", view.lang) for place, name in enumerate(GUESSES[control], 1)}
    answer = predict.ask(view, f"gradients.{control}.ask", names, control)
    if answer.revealed:
        if answer.guess is not None:
            said = text("gradients.expected", view.lang, guess=names[answer.guess])
            st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
        predict.again(view, control)
    return answer.revealed


def _explode(view: View) -> None:
    """A ReLU network that explodes beside a tanh network that, at a larger radius, does not."""
    words = continued(cache.words(view.text("text")).tokens, WORDS)
    _lead(view, "gradients.explode.lead")
    if not _revealed(view, "guess_growth"):
        return
    pairs = (("relu", exploding(words)), ("tanh", saturating(words)))
    for column, (name, spec) in zip(st.columns(2, gap="large", vertical_alignment="bottom"), pairs, strict=True):
        drawn = figures.gradient_norms(
            {"rnn": cache.find_gradients(spec).by_h},
            words,
            spec.at,
            lang=view.lang,
            theme=view.theme,
            decades=DECADES,
            suffix=f"_{name}",
        )
        title = text(f"gradients.explode.{name}", view.lang, rho=f"{spec.rho:g}")
        with column:
            blocks.picture(view, replace(drawn, title=title))


def _clip(view: View) -> None:
    """The same training with clipping and without."""
    _lead(view, "gradients.clip.lead")
    with st.container(key="clip_row", horizontal=True, vertical_alignment="bottom"):
        controls.choice("clip", view.lang)
        settings.limit(view, "limit")
    if not _revealed(view, "guess_clipping"):
        return
    kind: Literal["norm", "value"] = "value" if view.state["clip"] == "value" else "norm"
    threshold = view.real("limit")
    clipped, free = cache.training(kind, threshold), cache.training("none", 1.0)
    blocks.picture(view, figures.training_loss(clipped, free, **view.style))
    blocks.picture(view, figures.clipping(clipped, free, threshold, clip=kind, **view.style))


def _cliff(view: View) -> None:
    """The loss of one unit over its two numbers, and two descents on it."""
    _lead(view, "gradients.cliff.lead")
    with st.container(key="cliff_row", horizontal=True, vertical_alignment="bottom"):
        settings.place(view, "w0")
        settings.place(view, "b0")
        settings.limit(view, "cap")
    if not _revealed(view, "guess_cliff"):
        return
    start, most = (view.real("w0"), view.real("b0")), view.real("cap")
    ways = (cliff.descend(start, limit=None), cliff.descend(start, limit=most))
    blocks.picture(view, figures.cliff(cache.surface(), *ways, most, lang=view.lang, theme=view.theme))
