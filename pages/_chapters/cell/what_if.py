"""Hold a gate or a state at a value: what is held, its controls, and what becomes of everything after it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.cell.selection import absent, picture
from pages._ui import blocks, cache, contrasts, controls
from pages._ui.contrasts import Contrast
from pages._ui.memo import memoized
from pages._ui.network import recurrent_spec_of
from pages._ui.words import formula, markdown, on_button
from rnn_core import QUANTITIES, Clamp, figures, forgetting, runtime
from rnn_core.figures.captions import number
from rnn_core.figures.words import Words
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from pages._chapters.cell.selection import Chosen
    from pages._ui.chapter import Value
    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core import Quantity
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.quantities import Cell

NONE, ALL = "none", "all"
STEP = 0.05


@dataclass(frozen=True)
class Held:
    """What is held, and everything that the network computed then.

    Attributes:
        row: the quantity.
        clamp: as the network takes it, its steps places in the sentence.
        shown: as the pictures have it, its steps in the order in which the direction reads.
        trace: everything.
    """

    row: Quantity
    clamp: Clamp
    shown: Clamp
    trace: ModelTrace


def held(view: View, reading: Reading) -> Held | None:
    """What the address holds, if this cell has it."""
    state, trace, part = view.state, reading.shown, reading.part
    row = QUANTITIES[str(state["hold"])] if state["hold"] != NONE else None
    if row is None or trace.layers.cell not in row.forms or not runtime.ready():
        return None  # a page that is shown before torch is there runs again as soon as it is
    units = trace.layer()[row.key].shape[1]
    shown = Clamp(row.key, _value(view, row), units=_one(view, "over", units), steps=_one(view, "at", len(trace)))
    step = shown.steps if part.direction == 0 or not isinstance(shown.steps, int) else len(trace) - 1 - shown.steps
    clamp = replace(shown, steps=step, layer=part.layer, direction=part.direction)
    words = tuple(token.text for token in reading.trace.tokens)
    return Held(row, clamp, shown, cache.trace(recurrent_spec_of(view.state), words, (clamp,)))


def _ends(row: Quantity) -> tuple[float, float]:
    """Between which values a quantity can be held; one without bounds like one that has been through a tanh."""
    return row.bounds or (-1.0, 1.0)


def _one(view: View, key: str, size: int) -> int | None:
    """Which step or unit is held, 0-based, None for all; all too where the address names one beyond the last."""
    asked = view.state[key]
    if asked == ALL:
        return None
    if int(asked or 0) <= size:
        return int(asked or 0) - 1
    st.warning(text(f"what_if.{key}", view.lang, given=asked, last=size))
    view.correct(key, ALL)
    return None


def _value(view: View, row: Quantity) -> float:
    """The address's value; where the quantity cannot have it, the default, and it is said."""
    value, (low, high) = view.real("value"), _ends(row)
    if low <= value <= high:
        return value
    default = 0.0
    name = controls.option_name("hold", row.key, view.lang)
    st.warning(text("what_if.beyond", view.lang, name=name, given=number(value), low=f"{low:g}", high=f"{high:g}"))
    view.correct("value", default)
    return default


def choose(view: View, reading: Reading, seen: Chosen, now: Held | None) -> None:
    """The controls of what is held; what matters only while something is held appears with it."""
    cell, lang = recurrent_spec_of(view.state).cell, view.lang
    with st.container(key="hold_row", horizontal=True, vertical_alignment="bottom"):
        _quantity(view, cell)
        if now:
            low, high = _ends(now.row)
            controls.keep("value", now.clamp.value, (low, high))
            st.slider(_value_label(now.row, lang), low, high, key="value", step=STEP, width=220)
            words = Words(seen.tokens, seen.glosses, lang)
            _which(view, "at", now.shown.steps, reading.step, words.said)
            _which(view, "over", now.clamp.units, seen.unit, lambda unit: text("figures.unit", lang, unit=unit + 1))
            release = text("what_if.release", lang)
            st.button(release, key="release", type="tertiary", on_click=controls.take, args=({"hold": NONE},))
    absent(view, "hold", cell, "what_if.nothing")
    contrasts.row(view, prepared(view))


def _value_label(row: Quantity, lang: str) -> str:
    """What the slider is called; of a gate also what its two ends do."""
    label = text("controls.value.label", lang)
    if not row.gate:
        return label
    low, high = (text(f"quantities.{row.key}.{end}", lang) for end in ("low", "high"))
    return text("what_if.gate_value", lang, label=label, low=low, high=high)


def prepared(view: View) -> tuple[Contrast, ...]:
    """A prepared what-if: of what the reader has, only what the reply would not change with is set.

    None of a cell for which no such sentence was searched.
    """
    cell = recurrent_spec_of(view.state).cell
    if cell == "mingru" or cell == "minlstm":
        return ()
    clamp, network = forgetting.shut(cell), forgetting.network(cell)
    _, step = forgetting.CARRIES[cell]
    size = {} if view.whole("hidden", 0) in forgetting.sizes(cell) else {"hidden": network.hidden}
    sets: Mapping[str, Value] = {
        "text": "".join(forgetting.WORDS),
        "weights": network.weights,
        **size,
        "hold": clamp.quantity,
        "value": clamp.value,
        "at": step + 1,
    }
    return (Contrast(cell, sets, silent={"t": step + 1, "over": ALL}),)


def _quantity(view: View, cell: Cell) -> None:
    """What is clamped; nothing any more where this cell lacks it."""
    lang, asked = view.lang, view.text("hold")
    gates_first = sorted(QUANTITIES.of(cell), key=lambda row: not row.gate)
    options = [NONE, *(row.key for row in gates_first)]
    if asked not in options:
        controls.correct("hold", NONE)
    controls.keep("hold", asked if asked in options else NONE, options)
    st.selectbox(
        text("controls.hold.label", lang),
        options,
        key="hold",
        format_func=lambda option: controls.option_name("hold", option, lang),
        width=220,
    )


def _which(view: View, key: str, held_at: object, chosen: int, name: Callable[[int], str]) -> None:
    """All, the one that is held, or the one that the reader has chosen in the drawing (0-based), by their names."""
    lang = view.lang
    now = held_at + 1 if isinstance(held_at, int) else ALL
    options = [ALL, *sorted({chosen + 1} if now == ALL else {chosen + 1, now})]
    controls.keep(key, now, options)
    st.segmented_control(
        text(f"controls.{key}.label", lang),
        options,
        key=key,
        required=True,
        format_func=lambda option: on_button(
            controls.option_name(key, ALL, lang) if option == ALL else markdown(name(option - 1))
        ),
        width="content",
    )


def note(view: View, seen: Chosen, now: Held) -> None:
    """Say that the drawing above shows the network with what is held."""
    said = text("what_if.note", view.lang, what=_what(view, seen, now))
    st.html(f'<p class="quiet" lang="{view.lang}">{formula(said)}</p>')


def finding(view: View, reading: Reading, seen: Chosen, now: Held) -> None:
    """What is held and what became of the reply, as a sentence."""
    lang = view.lang
    if reading.trace.distribution is None:
        return
    change = memoized(figures.reply_change, reading.trace, now.trace, lang=lang)
    said = text("what_if.finding", lang, what=_what(view, seen, now), change=change)
    st.html(f'<p class="finding" lang="{lang}">{formula(said)}</p>')


def _what(view: View, seen: Chosen, now: Held) -> str:
    """What is held where and at which value, as a part of a sentence."""
    lang, clamp = view.lang, now.shown
    at, over = ("all" if which is None else "one" for which in (clamp.steps, clamp.units))
    return text(
        f"what_if.held.{at}.{over}",
        lang,
        name=controls.option_name("hold", now.row.key, lang),
        unit=text("figures.unit", lang, unit=clamp.units + 1) if isinstance(clamp.units, int) else "",
        word=Words(seen.tokens, seen.glosses, lang).said(clamp.steps) if isinstance(clamp.steps, int) else "",
        value=number(clamp.value),
    )


def side_by_side(view: View, reading: Reading, seen: Chosen, now: Held) -> None:
    """The chosen quantity as it is and as it becomes, on one scale; how far apart they are; what the unit keeps."""
    lang = view.lang
    part = reading.part.layer, reading.part.direction
    before, after = (cache.shown(trace, *part).layer() for trace in (reading.trace, now.trace))
    pairs = ((before, after, "", "what_if.before"), (after, before, "_clamped", "what_if.after"))
    for column, (layer, other, suffix, title) in zip(
        st.columns(2, gap="large", vertical_alignment="bottom"), pairs, strict=True
    ):
        drawn = picture(view, seen, layer, others=(other,), lines_of=before, suffix=suffix)
        with column:
            blocks.picture(view, replace(drawn, title=text(title, lang, name=drawn.title)))
    style = {"lang": lang, "theme": view.theme, "glosses": seen.glosses, "suffix": "_clamped"}
    apart = memoized(figures.difference, before, after, seen.quantity.key, seen.tokens, **style)
    if figures.ledger_state(before.cell) is None:
        blocks.picture(view, apart)
        return
    left, right = st.columns(2, gap="large")
    with left:
        blocks.picture(view, apart)
    with right:
        made = memoized(figures.ledger, after, seen.unit, seen.tokens, compare=(before,), **style)
        blocks.picture(view, replace(made, title=text("what_if.after", lang, name=made.title)))
