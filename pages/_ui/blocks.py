"""The pieces that chapters are made of: its words, a figure with everything that belongs to it, errors."""

from __future__ import annotations

from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec
from urllib.parse import urlencode, urlsplit

import streamlit as st

from pages._ui import controls, failures, tables, turns
from pages._ui.address import FRAME, serialize
from pages._ui.components.save_image import save_image
from pages._ui.contents import CHAPTERS
from pages._ui.memo import kept_for, memoized
from pages._ui.words import explained, markdown, plain, sentences
from rnn_core import figures
from rnn_core.messages import text
from rnn_core.quantities import MINIMAL
from rnn_core.text.typography import SUPERSCRIPT

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from contextlib import AbstractContextManager

    from pages._ui.shell import View
    from rnn_core.figures import Legend, Picture
    from rnn_core.figures.picture import Mark
    from rnn_core.models.model_trace import ModelTrace
    from rnn_core.recurrent.trace import Trace

Given = ParamSpec("Given")
_level: ContextVar[str] = ContextVar("kioku_level", default="h3")  # of a picture's name: below its part's
_part: ContextVar[str] = ContextVar("kioku_part", default="")  # in which what comes next stands, as a link calls it


def question(view: View, below: str = "") -> None:
    """What a chapter asks, and HTML that stands below it."""
    _level.set("h2")
    _part.set("")
    asked = sentences(text(f"{view.chapter.name}.question", view.lang))
    st.html(f'<h1 class="question" lang="{view.lang}">{asked}</h1>{below}')


def lead(view: View, case: str = "") -> None:
    """The one sentence that says why it is asked.

    It comes after the drawing where a screen must hold the drawing whole.

    Args:
        view: the page.
        case: of which choices it speaks, where one sentence would not be true of all.
    """
    st.html(lead_said(view, case))


def lead_said(view: View, case: str = "") -> str:
    """The same as HTML."""
    chapter = view.chapter.name
    said = text(f"{chapter}.{case}.lead" if case else f"{chapter}.lead", view.lang)
    return f'<p class="lead" lang="{view.lang}">{explained(said, view.lang)}</p>'


def part(view: View, question: str, below: str = "", *, anchor: str = "", **places: object) -> None:
    """A part of a chapter begins.

    Args:
        view: the page.
        question: which it answers, a message id.
        below: HTML that stands below it.
        anchor: its name in a link (`#clip`), and in a contrast; that of its question where nothing is said.
        places: what fills the question.
    """
    st.html(part_said(view, question, anchor=anchor, **places) + below)


def part_said(view: View, question: str, *, anchor: str = "", **places: object) -> str:
    """The same as HTML."""
    _level.set("h3")
    name = anchor or question.partition(".")[2].replace(".", "-")
    _part.set(name)
    return f'<h2 class="part" id="{name}" lang="{view.lang}">{sentences(text(question, view.lang, **places))}</h2>'


def principle(view: View) -> None:
    """What the pictures have shown, said after them."""
    st.html(principle_said(view))


def principle_said(view: View) -> str:
    """The same as HTML."""
    said = text(f"{view.chapter.name}.principle", view.lang)
    return f'<p class="principle" lang="{view.lang}">{explained(said, view.lang)}</p>'


def next_word(view: View, trace: ModelTrace, step: int) -> None:
    """What is expected after the word at a step (0-based); of a network that says nothing, why there is no picture."""
    if trace.distribution is not None:
        picture(view, memoized(figures.next_word, trace, step, **view.style))
    else:
        said = text("ui.no_readout", view.lang)
        st.html(f'<p class="quiet" lang="{view.lang}">{plain(said)}</p>')


def parity(view: View, trace: Trace) -> None:
    """How far the numbers shown are from PyTorch's own; of a cell that torch has not, a scan's from a loop's."""
    st.html(parity_said(view, trace))


def parity_said(view: View, trace: Trace) -> str:
    """The same as HTML."""
    said = text("ui.parity_scan" if trace.cell in MINIMAL else "ui.parity", view.lang, gap=power(trace.parity))
    return f'<p class="quiet" lang="{view.lang}">{explained(said, view.lang)}</p>'


def power(size: float) -> str:
    """A small number as a reader writes it.

    Example:
        >>> power(5.96e-08), power(0.0)
        ('6.0 × 10⁻⁸', '0')
    """
    if size == 0:
        return "0"
    digits, exponent = f"{size:.1e}".split("e")
    return f"{digits} × 10{str(int(exponent)).translate(SUPERSCRIPT)}"


def onwards(view: View, chapter: str, said: str) -> None:
    """A link to another chapter, by its name, with the message that says what is to be seen there."""
    row = next(row for row in CHAPTERS if row.name == chapter)
    st.page_link(row.script, label=markdown(text(said, view.lang)), query_params={"lang": view.lang})


def errors_shown(view: View) -> AbstractContextManager[None]:
    """Say what fails within, in the reader's language, in the place of what it prevented."""
    return failures.told(view.lang, view.chapter.address)


def alone(part: Callable[Concatenate[View, Given], None], run_every: float | None = None) -> Callable[..., None]:
    """A part of a page that a control of it runs without the rest; what fails in it is said there.

    Args:
        part: its first argument is the view.
        run_every: seconds after which it runs again by itself.
    """

    @wraps(part)
    def shown(view: View, *args: Given.args, **named: Given.kwargs) -> None:
        with errors_shown(view), turns.one_by_one(), kept_for(view.state):
            part(view, *args, **named)

    return st.fragment(shown, run_every=run_every)


@contextmanager
def control_row(key: str = "controls") -> Iterator[None]:
    """The few controls that are in sight, side by side where there is room."""
    with st.container(key=key, horizontal=True, vertical_alignment="bottom"):
        yield


def more(view: View, *folded: str | Callable[[View], None]) -> None:
    """The folded controls, by their keys or as what draws them; made when opened."""
    opened = st.popover(text("ui.more", view.lang), type="tertiary", key="more", on_change="rerun")
    if not opened.open:
        return
    with opened:
        for one in folded:
            controls.draw(one, view.lang) if isinstance(one, str) else one(view)


def picture(
    view: View, shown: Picture, picked: Callable[[], None] | None = None, *, above: str = "", below: str = ""
) -> None:
    """A figure: its name, what is to be seen, what colours mean, the drawing, how it was made, what to take away.

    Args:
        view: the page.
        shown: the figure.
        picked: called when a point of it is chosen by a click; which, is in the state of its widget.
        above, below: HTML that stands next to it: the words before it and those after it.
    """
    level = _level.get()
    title = f'<{level} class="section" lang="{view.lang}">{explained(shown.title, view.lang)}</{level}>'
    finding = f'<p class="finding" lang="{view.lang}">{explained(shown.finding, view.lang)}</p>'
    # One element for all words: each costs the server and the browser as much as a small chart's arrays.
    st.html(above + title + finding + (legend(view, shown.legend) if shown.legend else ""))
    chart(view, shown, picked)
    st.html(f'<p class="method beside" lang="{view.lang}">{explained(shown.method, view.lang)}</p>{below}')


def chart(view: View, shown: Picture, picked: Callable[[], None] | None = None) -> None:
    """A drawing without its words, and what to take away."""
    # Streamlit calls a chart by all that it plots, whatever its key: one that plots the same stays in the browser, any
    # other is another element there. Called by its key alone, it would go on showing what it was first given.
    st.plotly_chart(
        shown.figure,
        key=f"chart_{shown.key}",
        theme=None,
        alt=shown.finding,
        config={"displayModeBar": False},
        on_select=picked or "ignore",
        selection_mode="points",
    )
    take_away(view, shown)


def legend(view: View, meant: Legend) -> str:
    """The legend as HTML: a ramp with its ends, and each sign that occurs."""
    ramp = ""
    if meant.scale:
        colours = ", ".join(view.theme.ramp(meant.scale))
        ramp = (
            f'<span>{meant.symbol}</span><span>{plain(meant.low)}<span class="ramp" '
            f'style="background: linear-gradient(90deg, {colours})"></span>{plain(meant.high)}</span>'
        )
    return f'<p class="key" lang="{view.lang}">{ramp}{"".join(map(_mark, meant.marks))}</p>'


def _mark(mark: Mark) -> str:
    colour = f' style="color: {mark.color}"' if mark.color else ""
    return f"<span><span{colour}>{plain(mark.glyph)}</span> {plain(mark.meaning)}</span>"


def take_away(view: View, shown: Picture) -> None:
    """The exact numbers as a table and as CSV, the drawing as a file, and the link; made when it is opened."""
    lang = view.lang
    folded = st.popover(text("ui.take", lang), type="tertiary", key=f"take_{shown.key}", on_change="rerun")
    if not folded.open:
        return
    numbers = tables.glossed(shown.table, lang)
    with folded:
        st.html(tables.table(numbers))
        with st.container(horizontal=True):
            st.download_button(
                "CSV",
                tables.comma_separated(numbers),
                f"kioku-{shown.key}.csv",
                "text/csv",
                key=f"csv_{shown.key}",
                on_click="ignore",
            )
            save_image(lang, view.theme, shown)
        st.caption(text("ui.link", lang))
        here = f"#{_part.get()}" if _part.get() else ""
        st.code(f"{address(view)}{here}", language=None, wrap_lines=True)


def address(view: View, without: Collection[str] = ()) -> str:
    """The link that opens this state, with some controls as they are when an address says nothing of them."""
    keys = tuple(key for key in (*FRAME, *view.chapter.controls) if key not in without)
    here = urlsplit(st.context.url or "")
    return here._replace(path=here.path or "/", query=urlencode(serialize(view.state, keys))).geturl()
