"""Other outputs than the likeliest word at each step: a beam search, and a word of the reader's own choice."""

from __future__ import annotations

from math import exp
from typing import TYPE_CHECKING

import streamlit as st

from pages._ui import blocks, cache_attention, controls, decoded
from pages._ui.decoded_lines import Line, lines
from pages._ui.kept import kept
from pages._ui.words import markdown, plain
from rnn_core import figures
from rnn_core.figures.captions import percent
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.decoded import Decoded
    from pages._ui.shell import View
    from rnn_core.models.beam import Beam

OTHERS = 6  # words that can be chosen instead
STEP = 4.25  # rem that a step of the tree needs


def study(view: View, shown: Decoded) -> None:
    """The tree of the search; then the words that could stand at the chosen step instead."""
    controls.choice("beam", view.lang)
    source = decoded.letters(shown)
    width = int(view.state["beam"] or 1)
    found = cache_attention.beam(shown.spec, source, width)
    drawn = kept(branches, found)
    room = STEP * max(branch.step for branch in drawn)
    st.html(f"<style>.st-key-chart_beam > div {{ min-width: {room}rem; }}</style>")  # beyond the page, it scrolls
    blocks.picture(view, kept(figures.beam_tree, drawn, width, lang=view.lang, look=view.look))
    _compare(view, shown, found)
    _choose(view, shown)


def branches(found: Beam) -> tuple[figures.Branch, ...]:
    """The beginnings that were kept, as the figure takes them."""
    places: dict[int, int] = {}
    drawn: list[figures.Branch] = []
    for place, node in enumerate(found.nodes):
        if node.kept:
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


def _compare(view: View, shown: Decoded, found: Beam) -> None:
    """The search's output under the one that takes the likeliest word at each step."""
    lang = view.lang
    greedy = cache_attention.beam(shown.spec, decoded.letters(shown), 1)
    names = text("decoded.greedy", lang), text("decoded.beam", lang, width=found.width)
    rows = [_line(name, one, lang) for name, one in zip(names, (greedy, found), strict=True)]
    lines(view, rows, rows[0].words)


def _line(name: str, found: Beam, lang: str) -> Line:
    best = found.nodes[found.best]
    return Line(name, found.written(), percent(exp(best.log_probability), lang))


def _choose(view: View, shown: Decoded) -> None:
    """Another word at the chosen step, from which the decoder goes on; and the way back."""
    lang, step = view.lang, shown.step
    written = shown.raw.written[step]
    others = [guess for guess in shown.raw.top(step, OTHERS) if guess.text != written.text]
    said = text("decoded.instead", lang, step=step + 1, word=shown.word(step))
    st.html(f'<p class="lead" lang="{lang}">{plain(said)}</p>')
    with st.container(key="instead", horizontal=True, vertical_alignment="center"):
        for place, guess in enumerate(others):
            name = decoded.END if guess.ends else guess.text
            st.button(
                markdown(f"{name} {percent(guess.probability, lang)}"),
                key=f"instead_{place}",
                on_click=controls.take,
                args=({"force": step + 1, "token": guess.text, "step": step + 1},),
            )


def told(view: View, shown: Decoded) -> None:
    """Where the reader has put a word: what the decoder writes by itself, what with it, and the way back."""
    lang, choose = view.lang, decoded.forced(view)
    if not choose:
        return
    ((step, token),) = choose
    itself = decoded.named(cache_attention.translation(shown.spec, decoded.letters(shown)))
    before = tuple(guess.text for guess in itself.written)
    name = decoded.END if token in decoded.ending(shown) else token
    said = text("decoded.forced", lang, step=step + 1, word=name)
    lines(view, [Line(text("decoded.itself", lang), before), Line(said, shown.target(lang).tokens)], before)
    st.button(
        text("decoded.undo", lang),
        key="undo",
        type="tertiary",
        on_click=controls.take,
        args=({"force": None, "token": ""},),
    )
