"""Who looks at whom: the maps of all heads of the chosen layer, on one scale, which is explained once."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks
from pages._ui.memo import memoized
from pages._ui.words import formula, plain
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.quantities import QUANTITIES

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._ui.components.place import Axis
    from pages._ui.reading import Reading
    from pages._ui.shell import View
    from rnn_core.figures import Picture

HEADS = 4  # of every Transformer that the address can name; a test holds it
WEIGHTS = next(row.key for row in QUANTITIES if row.axes == ("target", "source"))
STATE = QUANTITIES.state("transformer").key
MARKED: Mapping[str, Axis] = MappingProxyType(
    {**{f"{WEIGHTS}_head{head + 1}": "y" for head in range(HEADS)}, STATE: "x"}
)
"""The charts that mark the chosen step, and along which axis they do."""


def maps(view: View, reading: Reading) -> None:
    """The maps side by side."""
    lang, trace, layer = view.lang, reading.trace, view.whole("layer", 1)
    weights = trace.attention[layer - 1][WEIGHTS]  # (T, heads, T)
    tokens, glosses = (tuple(getattr(token, part) for token in trace.tokens) for part in ("text", "gloss"))
    style = {"lang": lang, "theme": view.theme, "glosses": glosses, "step": reading.step}
    shown = [memoized(figures.self_attention, weights, head, tokens, **style) for head in range(HEADS)]
    st.html(f'<h3 class="section" lang="{lang}">{plain(text("transformer.heads", lang, layer=layer))}</h3>')
    said = figures.heads_look(weights, tokens, step=reading.step, lang=lang, glosses=glosses)
    st.html(f'<p class="finding" lang="{lang}">{formula(said)}</p>')
    if shown[0].legend:
        st.html(blocks.legend(view, shown[0].legend))
    for column, picture in zip(st.columns(HEADS, gap="small"), shown, strict=True):
        with column:
            _one(view, memoized(figures.with_cursor, picture, reading.step, "row", view.theme))
    parity = text("transformer.parity", lang, gap=blocks.power(trace.layers.parity))
    st.html(f'<p class="method" lang="{lang}">{formula(shown[0].method)} {formula(parity)}</p>')


def _one(view: View, picture: Picture) -> None:
    st.html(f'<p class="network cell-transformer">{plain(picture.title)}</p>')
    blocks.chart(view, picture)


def inside(view: View, reading: Reading) -> None:
    """The states and what they predict, folded: made when they are opened."""
    folded = st.expander(text("transformer.states", view.lang), key="states", on_change="rerun")
    if not folded.open:
        return
    with folded:
        blocks.picture(view, _states(view, reading))
        blocks.picture(view, memoized(figures.next_word, reading.trace, reading.step, count=5, **view.style))


def _states(view: View, reading: Reading) -> Picture:
    """The states of the chosen layer."""
    layer = reading.trace.layers.layers[view.whole("layer", 1) - 1][0]
    words, glosses = zip(*((token.text, token.gloss) for token in reading.trace.tokens), strict=True)
    drawn = memoized(figures.heatmap, layer, STATE, words, glosses=glosses, **view.style)
    return memoized(figures.with_cursor, drawn, reading.step, "column", view.theme)
