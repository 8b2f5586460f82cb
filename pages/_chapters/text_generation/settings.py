"""What the address of /text-generation asks for: the network, the beginning, and how the next token is found."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.text_generation import BEGINS, computed
from pages._chapters.uses import networks
from pages._ui import blocks, contrasts, controls
from pages._ui.contrasts import Contrast
from rnn_core.messages import text
from rnn_core.statistics.truncation import Truncation

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from pages._ui.chapter import Value
    from pages._ui.shell import View
    from rnn_core.models.writing import Written
    from rnn_core.specs import ModelSpec

OFFERED = {
    "temperature": (0.0, 0.2, 0.5, 0.8, 1.0, 1.2, 1.5, 2.0, 3.0, 5.0, 10.0),
    "top_k": (1, 2, 3, 5, 10, 20, 50, "all"),
    "top_p": (0.0, 0.5, 0.8, 0.9, 0.95, 1.0),
}
"""Where the sliders stop; the address takes whatever lies between."""
PLAIN: Mapping[str, Value] = {"temperature": 1.0, "top_k": "all", "top_p": 1.0}
CONTRASTS = (
    Contrast("cold", {**PLAIN, "temperature": 0.0}, silent={"way": "draw"}),
    Contrast("hot", {**PLAIN, "temperature": 3.0}, silent={"way": "draw"}),
    Contrast("nucleus", {**PLAIN, "temperature": 3.0, "top_p": 0.8}, silent={"way": "draw"}),
)


@dataclass(frozen=True)
class Asked:
    """What is to be written.

    Attributes:
        spec: which network.
        tokens: the beginning.
        cut: some of it was left out.
        written: what came of it.
    """

    spec: ModelSpec
    tokens: tuple[str, ...]
    cut: bool
    written: Written


def choose(view: View) -> None:
    """The few knobs; the sliders are what changes the distribution, so that a beam has none."""
    drawn, trained = view.state["way"] == "draw", networks.is_run(view)
    with blocks.control_row():
        if not trained:
            controls.choice("task", view.lang)
        controls.sentence(BEGINS[task_of(view)], view.lang)
        for key in OFFERED if drawn else ():
            slide(view, key)
        if not drawn:
            controls.choice("beam", view.lang)
    with st.container(horizontal=True, vertical_alignment="center", key="draw_row"):
        if drawn:
            st.button(text("text_generation.again", view.lang), key="again", on_click=_again)
            contrasts.row(view, CONTRASTS, width="content")
        blocks.more(view, "way", networks.back if trained else networks.choose, *(["seed"] if drawn else []))


def task_of(view: View) -> str:
    """What is written: the task of the address, or what the run has learned that it names."""
    found = networks.known_run(view, BEGINS)
    return view.text("task") if found is None else found.task


def _again() -> None:
    st.session_state["seed"] = st.session_state.get("seed", 0) + 1


def slide(view: View, key: str) -> None:
    """A slider over what is offered, and over what the address says beside that."""
    value = view.state[key]
    offered = _with(OFFERED[key], value)
    controls.keep(key, value, offered)
    st.select_slider(
        text(f"controls.{key}.label", view.lang),
        offered,
        key=key,
        format_func=lambda one: controls.option_name(key, one, view.lang) if isinstance(one, str) else f"{one:g}",
        width=140,
    )


def _with(offered: Iterable[Value], value: Value) -> list[Value]:
    """In their order, a word last."""
    return sorted({*offered, value}, key=lambda one: (isinstance(one, str), one))


def read(view: View) -> Asked:
    """Write what the address asks for.

    Raises:
        KiokuError: nothing to begin with, weights that can't be loaded, or a run that has learned something else.
    """
    task = task_of(view)
    spec = networks.run(view, BEGINS) or networks.spec(view, task)
    tokens, cut = computed.beginning(task, view.text(BEGINS[task]))
    if view.state["way"] == "beam":
        written = computed.search(spec, tokens, view.whole("beam", 3))
    else:
        written = computed.draw(spec, tokens, truncation(view), view.whole("seed", 0))
    return Asked(spec, tokens, cut, written)


def truncation(view: View) -> Truncation:
    """What the sliders leave of a distribution."""
    kept = view.state["top_k"]
    return Truncation(
        temperature=float(view.state["temperature"] or 0),
        top_k=kept if isinstance(kept, int) else None,
        top_p=float(view.state["top_p"] or 0),
    )
