"""Prepared contrasts: settings that are a click away, with what they set said in place."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

import streamlit as st

from pages._ui import controls, document
from pages._ui.words import formula, meanings
from rnn_core.figures.captions import number
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from pages._ui.chapter import Value
    from pages._ui.shell import View


@dataclass(frozen=True)
class Contrast:
    """One of a chapter's.

    Attributes:
        name: its message, `<chapter>.contrast.<name>`.
        sets: what it sets. Everything else stays as the reader has it.
        part: the anchor of the part whose picture it changes; "" for what is in view with its button.
        silent: what it sets that goes without saying: guesses that are asked again, or which part is open.
    """

    name: str
    sets: Mapping[str, Value]
    part: str = ""
    silent: Mapping[str, Value] = field(default_factory=dict)


def row(view: View, table: Sequence[Contrast], width: Literal["stretch", "content"] = "stretch") -> None:
    """Draw a button for each, and after them, while the page is as one of them has set it, what that is.

    Args:
        view: the page.
        table: what is prepared.
        width: "content" beside controls, so that a screen holds the drawing whole.
    """
    # Of two that agree with the page, the one that says more; nothing of a page that is as it opens.
    set_now = [one for one in table if _in_force(view, one) and not _opens_so(view, one)]
    now = max(set_now, key=lambda one: len(one.sets), default=None)
    with st.container(key="contrasts", horizontal=True, vertical_alignment="center", width=width):
        for one in table:
            label = text(f"{view.chapter.name}.contrast.{one.name}", view.lang)
            st.button(
                label,
                key=f"contrast_{one.name}",
                help=meanings(label, view.lang),
                type="tertiary",
                on_click=_put,
                args=(one,),
            )
        if now is not None:
            said = text("ui.contrast_set", view.lang, settings=settings_said(view, now.sets))
            st.html(f'<p class="quiet" lang="{view.lang}">{formula(said)}</p>')


def settings_said(view: View, settings: Mapping[str, Value]) -> str:
    """What controls are set to, each with its label.

    Example:
        "Weights: randomly initialised, Spectral radius ρ: 1.1"
    """
    lang = view.lang
    named = [
        text("ui.setting", lang, name=text(view.rows[key].message, lang), value=_value(view, key, value))
        for key, value in settings.items()
    ]
    return text("figures.list", lang).join(named)


def _in_force(view: View, one: Contrast) -> bool:
    return bool(one.sets) and all(view.state[key] == value for key, value in one.sets.items())


def _opens_so(view: View, one: Contrast) -> bool:
    opens = dict(view.chapter.opens)
    return all(opens.get(key, view.rows[key].default) == value for key, value in one.sets.items())


def _value(view: View, key: str, value: Value) -> str:
    row = view.rows[key]
    if row.kind == "choice" or value in row.options:
        return controls.option_name(key, value, view.lang)
    return number(value) if isinstance(value, float) else str(value)


def _put(one: Contrast) -> None:
    controls.take({**one.silent, **one.sets})
    if one.part:
        document.bring(one.part)
