"""Other outputs than the likeliest word at each step: a beam search, and a word of the reader's own choice."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import streamlit as st

from pages._chapters.attention import computed, decoded
from pages._chapters.attention.aligned import Line, lines
from pages._chapters.attention.glosses import glossed
from pages._ui import blocks, controls
from pages._ui.memo import memoized
from pages._ui.words import markdown, on_button, plain
from rnn_core import figures
from rnn_core.figures.captions import percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from collections.abc import Mapping

    from pages._chapters.attention.decoded import Decoded
    from pages._ui.shell import View
    from rnn_core.models.model_trace import Guess
    from rnn_core.translation.beam import Beam

OTHERS = 6  # words that can be chosen instead
INSTEAD = "instead"


def study(view: View, shown: Decoded) -> None:
    """The tree of the search; then the words that could stand at the chosen step instead."""
    controls.choice("beam", view.lang)
    width = view.whole("beam", 1)
    found = computed.beam(shown.spec, decoded.letters(shown), width)
    drawn = memoized(branches, found)
    blocks.picture(view, memoized(figures.beam_tree, drawn, width, lang=view.lang, theme=view.theme))
    # One element for all of it; a tree that is wider than the page scrolls.
    room = figures.beam_width(drawn, view.theme)
    wide = f"<style>.st-key-chart_beam > div {{ min-width: {room}px; }}</style>"
    said = text("decoded.instead", view.lang, step=shown.step + 1, word=shown.word(shown.step))
    st.html(f'{wide}{_compared(view, shown, found)}<p class="lead" lang="{view.lang}">{plain(said)}</p>')
    _choose(view, shown)


def branches(found: Beam) -> tuple[figures.Branch, ...]:
    """The beginnings that were kept, as the figure takes them."""
    places: dict[int, int] = {}
    drawn: list[figures.Branch] = []
    for place, node in enumerate(found.nodes):
        if node.in_beam:
            places[place] = len(drawn)
            drawn.append(
                figures.Branch(
                    None if node.parent is None else places[node.parent],
                    node.step + 1,
                    decoded.END if node.ends else node.token,
                    node.probability,
                    node.log_probability,
                    node.ends,
                )
            )
    return tuple(drawn)


def _compared(view: View, shown: Decoded, found: Beam) -> str:
    """The search's output under the one that takes the likeliest word at each step."""
    lang = view.lang
    greedy = computed.beam(shown.spec, decoded.letters(shown), 1)
    names = text("decoded.greedy", lang), text("decoded.beam", lang, width=found.width)
    rows = [_line(name, one, lang) for name, one in zip(names, (greedy, found), strict=True)]
    return lines(view, rows, rows[0].words)


def _line(name: str, found: Beam, lang: str) -> Line:
    best = found.nodes[found.best]
    return Line(name, found.written(), percent(exp(best.log_probability), lang))


def _choose(view: View, shown: Decoded) -> None:
    """Another word at the chosen step, from which the decoder goes on."""
    lang, step = view.lang, shown.step
    written = shown.raw.written[step]
    others = {
        f"{_called(guess, lang)} {percent(guess.probability, lang)}": guess.text
        for guess in shown.raw.top(step, OTHERS)
        if guess.text != written.text
    }
    st.pills(
        text("controls.token.label", lang),
        list(others),
        key=INSTEAD,
        format_func=lambda label: on_button(markdown(label)),
        label_visibility="collapsed",
        on_change=_take,
        args=(step + 1, others),
        wrap=True,
    )


def _called(guess: Guess, lang: str) -> str:
    return decoded.END if guess.ends else glossed(guess.text, lang)


def _take(step: int, others: Mapping[str, str]) -> None:
    if chosen := st.session_state[INSTEAD]:
        controls.take({"force": step, "token": others[chosen], "t": step})
    st.session_state[INSTEAD] = None


def undo(view: View, shown: Decoded) -> None:
    """Where the reader has put an output: which, and the way back."""
    if not (choose := decoded.forced(view)):
        return
    ((step, token),) = choose
    name = decoded.END if token in decoded.ending(shown) else token
    with st.container(key="forced", horizontal=True, vertical_alignment="center"):
        said = text("decoded.forced", view.lang, step=step + 1, word=name)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')
        st.button(
            text("decoded.undo", view.lang),
            key="undo",
            type="tertiary",
            on_click=controls.take,
            args=({"force": None, "token": ""},),
        )
