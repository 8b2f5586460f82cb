"""The charts of /gradients that are opened: sizes, influence, singular values and eigenvalues, the weights' shares."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.gradients import inputs, rows
from pages._ui import blocks, cache
from pages._ui.memo import memoized
from pages._ui.reading import order_said
from pages._ui.words import formula, plain
from rnn_core import figures
from rnn_core.gradients import decay
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._chapters.gradients.inputs import Asked
    from pages._ui.shell import View

SHORT, LONG = (-4.0, 0.0), (-18.0, 0.0)  # the ends of the axis, so that it does not jump with every knob
FEW = 12  # words up to which the short one is enough


def decades(steps: int) -> tuple[float, float]:
    """The least extent of the axis of sizes for so many words."""
    return SHORT if steps <= FEW else LONG


def norms(view: View, asked: Asked) -> None:
    """What of the gradient there is at each word in each cell, after the loss too; a click moves the loss."""
    lang, found = view.lang, inputs.by_cell(view, asked, cache.find_gradients)
    by_h = {cell: memoized(decay.shares, one.by_h, asked.at) for cell, one in found.items()}
    blocks.picture(
        view,
        memoized(
            figures.gradient_norms,
            by_h,
            asked.words,
            asked.at,
            cell_states={
                cell: memoized(decay.shares, one.by_c, asked.at) for cell, one in found.items() if one.by_c is not None
            },
            decades=decades(len(asked.words)),
            glosses=asked.glosses,
            relative=True,
            **view.style,
        ),
        picked=partial(_move_loss, asked),
    )
    reach = figures.gradient_reach(by_h, asked.at, lang=lang) if asked.at else ""
    click = plain(text("gradients.click", lang))
    st.html(f'<p class="lead" lang="{lang}">{formula(reach)}</p><p class="quiet" lang="{lang}">{click}</p>')


def _move_loss(asked: Asked) -> None:
    """Put the loss at the word whose point was clicked; the reply comes after the last word only, so a unit is read."""
    chosen = st.session_state["chart_gradient_norms"].selection.points
    if not chosen:
        return
    st.session_state["read"] = asked.turned(round(chosen[0]["x"]) - 1) + 1
    if st.session_state.get("loss") == "reply":
        st.session_state["loss"] = "unit"


def influence(view: View, asked: Asked) -> None:
    """What each word does to each later state."""
    order_said(view, asked.part)
    maps = inputs.by_cell(view, asked, cache.find_influence)
    across = figures.influence_across(maps, asked.words, lang=view.lang, glosses=asked.glosses)
    st.html(f'<p class="lead" lang="{view.lang}">{formula(across)}</p>')
    ends = figures.influence_decades(len(asked.words))
    drawn = [
        memoized(figures.influence_map, cell, values, asked.words, decades=ends, glosses=asked.glosses, **view.style)
        for cell, values in maps.items()
    ]
    rows.show(view, drawn, said=False)


def steps(view: View, asked: Asked) -> None:
    """What each step can stretch at most and all of them do together; and the eigenvalues, for those who look for ρ."""
    found = inputs.by_cell(view, asked, cache.find_steps)
    sparse = [
        f"{figures.called(cell, view.lang)} 1/{one.every}"
        for cell, one in found.items()
        if one.every > -(-len(asked.words) // 60)
    ]
    ends = figures.common_decades(*(decades for one in found.values() for decades in (one.products, one.bounds)))
    drawn = [
        memoized(
            figures.step_stretch,
            cell,
            one.stretch,
            one.products,
            one.bounds,
            asked.words,
            asked.at,
            decades=ends,
            glosses=asked.glosses,
            **view.style,
        )
        for cell, one in found.items()
    ]
    rows.show(view, drawn)
    if sparse:
        cells = text("figures.list", view.lang).join(sparse)
        said = text("gradients.note.sparse", view.lang, cells=cells)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
    rings = [
        memoized(figures.spectrum, cell, one.blocks, one.steps, one.widths, one.stretch, **view.style)
        for cell, one in found.items()
    ]
    rows.show(view, rings)


def shares(view: View, asked: Asked) -> None:
    """What each step contributes to the gradient of W_hh."""
    blocks.picture(
        view,
        memoized(
            figures.weight_shares,
            {cell: one.shares for cell, one in inputs.by_cell(view, asked, cache.find_gradients).items()},
            asked.words,
            asked.at,
            decades=decades(len(asked.words)),
            glosses=asked.glosses,
            **view.style,
        ),
    )
