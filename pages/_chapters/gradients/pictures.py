"""The charts of /gradients: how far the error reaches in each cell, and what makes it so."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import streamlit as st

from pages._chapters.gradients import prediction
from pages._ui import blocks
from pages._ui.memo import memoized
from pages._ui.reading import order_said
from pages._ui.words import formula
from rnn_core import figures
from rnn_core.figures.captions import joined
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray
    from streamlit.delta_generator import DeltaGenerator

    from pages._chapters.gradients.inputs import Asked
    from pages._chapters.gradients.prediction import Guess
    from pages._ui.shell import View
    from rnn_core.models.sentence_spec import SentenceGradients
    from rnn_core.quantities import Cell

    Float64 = NDArray[np.float64]
    Found = Mapping[Cell, SentenceGradients]

SHORT, LONG = (-4.0, 0.0), (-18.0, 0.0)  # the ends of the axis, so that it does not jump with every knob
FEW = 12  # words up to which the short one is enough


def decades(steps: int) -> tuple[float, float]:
    """The least extent of the axis of sizes for so many words."""
    return SHORT if steps <= FEW else LONG


def _columns(networks: Mapping[Cell, object]) -> Sequence[DeltaGenerator]:
    """One a network, side by side, whose charts stand on one line."""
    return st.columns(len(networks), gap="medium", vertical_alignment="bottom")


def norms(view: View, asked: Asked, found: Found, drawn: Guess) -> None:
    """How far the error reaches in each cell, and how far the reader's own curve is from it."""
    lang, by_h = view.lang, {cell: one.by_h for cell, one in found.items()}
    guess = None if drawn.curve is None else drawn.curve * by_h[drawn.cell][asked.at]
    # What one reader has drawn is nobody else's, and needs no keeping.
    make = figures.gradient_norms if guess is not None else partial(memoized, figures.gradient_norms)
    blocks.picture(
        view,
        make(
            by_h,
            asked.words,
            asked.at,
            lang=lang,
            theme=view.theme,
            cell_states={cell: one.by_c for cell, one in found.items() if one.by_c is not None},
            guess=guess,
            decades=decades(len(asked.words)),
            glosses=asked.glosses,
        ),
        picked=partial(_move_loss, asked),
    )
    said = [figures.gradient_reach(by_h, asked.at, lang=lang)]
    if guess is not None:
        said.insert(0, figures.gradient_gap(drawn.cell, by_h[drawn.cell], guess, asked.words, lang=lang))
    leads = "".join(f'<p class="lead" lang="{lang}">{formula(sentence)}</p>' for sentence in said)
    others = joined(filter(None, (prediction.meant(view), text("gradients.click", lang))), lang)
    st.html(f'{leads}<p class="quiet" lang="{lang}">{formula(others)}</p>')
    if asked.at > 0:
        prediction.again(view)


def _move_loss(asked: Asked) -> None:
    """Put the loss at the word whose point was clicked; the reply comes after the last word only, so a unit is read."""
    chosen = st.session_state["chart_gradient_norms"].selection.points
    if not chosen:
        return
    st.session_state["read"] = asked.turned(round(chosen[0]["x"]) - 1) + 1
    if st.session_state.get("loss") == "reply":
        st.session_state["loss"] = "unit"


def causes(view: View, asked: Asked, found: Found) -> None:
    """What each word does to each later state, how each step stretches, and what of it a weight would learn."""
    blocks.part(view, "gradients.influence")
    order_said(view, asked.part)
    maps = {cell: one.influence for cell, one in found.items()}
    across = figures.influence_across(maps, asked.words, lang=view.lang, glosses=asked.glosses)
    st.html(f'<p class="lead" lang="{view.lang}">{formula(across)}</p>')
    ends = figures.influence_decades(len(asked.words))
    for column, (cell, values) in zip(_columns(maps), maps.items(), strict=True):
        with column:
            blocks.picture(
                view,
                memoized(
                    figures.influence_map, cell, values, asked.words, decades=ends, glosses=asked.glosses, **view.style
                ),
            )
    blocks.part(view, "gradients.spectrum")
    for column, (cell, one) in zip(_columns(found), found.items(), strict=True):
        with column:
            blocks.picture(view, memoized(figures.spectrum, cell, one.blocks, one.steps, **view.style))
    shares = {cell: one.shares for cell, one in found.items()}
    blocks.picture(
        view,
        memoized(
            figures.weight_shares,
            shares,
            asked.words,
            asked.at,
            decades=decades(len(asked.words)),
            glosses=asked.glosses,
            **view.style,
        ),
        above=blocks.part_said(view, "gradients.shares"),
    )
