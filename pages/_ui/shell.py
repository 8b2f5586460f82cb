"""What every chapter stands in: navigation, language, theme, address. `main` runs it around the chosen page.

A page is a function of the view, `page(view)`, that is called within the frame: behind `app.py` by `main`; on a cold
deep link, and alone in a test, by `show`, which is the last line of its script.
"""

from __future__ import annotations

import sys
from contextvars import ContextVar
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

import pandas  # noqa: F401  # before any Plotly call: of many first visitors some would meet it half imported
import streamlit as st

from pages._ui import controls, document, failures, memo, pager, pin, stage, turns, uploads, waiting
from pages._ui.address import Notice, State, controls_of
from pages._ui.chapter import HOME, ROOT, Chapter, Control, Value
from pages._ui.classroom import panel, teach
from pages._ui.components import assets
from pages._ui.contents import CHAPTERS
from pages._ui.words import markdown
from rnn_core.figures import Theme
from rnn_core.figures.theme import Mode
from rnn_core.messages import LANGUAGES, complaint, text
from rnn_core.quantities import Scale

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

FILES = ROOT / "pages" / "_ui"
SIGNED: Scale = "signed"
DESK: State = {"present": 0}
PROJECTOR = 1.85  # how much larger charts are on the stage: their least type is then 24 px


class Style(TypedDict):
    """The language and the theme of a picture."""

    lang: str
    theme: Theme


@dataclass(frozen=True)
class View:
    """What a page needs to know of its reader and its address.

    Attributes:
        pinned: `state` is the one that the reader has pinned, not the one of the controls.
    """

    chapter: Chapter
    lang: str
    theme: Theme
    state: State
    notices: tuple[Notice, ...]
    pinned: bool = False

    def key(self, name: str) -> str:
        """The key of a drawing here: a pinned state has one of its own."""
        return f"{name}_pinned" if self.pinned else name

    def correct(self, key: str, value: Value) -> None:
        """Replace a value that this page cannot use, in the address too; of a pinned state it stays as it is."""
        if not self.pinned:
            controls.correct(key, value)

    def text(self, key: str) -> str:
        """What the address says of a control as a text: a sentence, or what is chosen by its name."""
        return str(self.state[key])

    def whole(self, key: str, otherwise: int) -> int:
        """A whole number of the address; `otherwise` where it has none."""
        value = self.state[key]
        return value if isinstance(value, int) else otherwise

    def real(self, key: str, otherwise: float = 0.0) -> float:
        """A number of the address; `otherwise` where it has none."""
        value = self.state[key]
        return float(value) if isinstance(value, (int, float)) else otherwise

    @property
    def staged(self) -> bool:
        """Whether it is in front of a class."""
        return self.state["present"] == 1

    @property
    def rows(self) -> Mapping[str, Control]:
        """What each control may be in this chapter."""
        return controls_of(self.chapter)

    @property
    def style(self) -> Style:
        """What every picture is drawn for, as its arguments."""
        return {"lang": self.lang, "theme": self.theme}


_view: ContextVar[View | None] = ContextVar("kioku_view", default=None)


@cache
def _brand(lang: str, theme: Theme) -> str:
    """The name beside three cells of a state, as SVG."""
    cells = "".join(
        f'<rect x="2" y="{4 + 8 * row}" width="7" height="7" rx="1.5" fill="{theme.at(SIGNED, share)}"/>'
        for row, share in enumerate((0.95, 0.35, 0.1))
    )
    name = text("ui.name", lang)
    width = 24 + sum(11 if letter.isascii() else 18 for letter in name)
    style = f'x="18" y="22" font-family="sans-serif" font-size="18" font-weight="700" fill="{theme["ink"]}"'
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 32" height="32" width="{width}">'
        f"{cells}<text {style}>{name}</text></svg>"
    )


@cache
def style(*, staged: bool = False) -> str:
    """The one style sheet, and what the stage adds to it."""
    files = ("page.css", "stage.css") if staged else ("page.css",)
    return "".join(assets.whole_or_nothing(FILES / file) for file in files)


@cache
def _icon() -> str | None:
    """The picture on the browser's tab."""
    return assets.whole_or_nothing(FILES / "icon.svg") or None


def main() -> None:
    """Draw the frame, then the page that the address names."""
    lang = _language()
    with failures.told(lang, ""), turns.one_by_one():
        chapter = _navigation(lang)
        name = f"{text(f'{chapter.name}.title', lang)} · {text('ui.name', lang)}"
        st.set_page_config(page_title=name, page_icon=_icon(), layout="wide")
        view = _frame(chapter)
        panel.open_if_asked(view)
        token = _view.set(view)
        try:
            _body(chapter)
        finally:
            _view.reset(token)
        _end(view)


@st.fragment
def _body(chapter: Chapter) -> None:
    """The page. A control of it runs it alone: navigation and frame stay as they are."""
    with failures.told(_language(), chapter.address):
        whole = _view.get()
        view = whole or _settled(chapter)
        _notices(view)
        with waiting.shown(view.lang), stage.ended(), memo.kept_for(view.state), uploads.page_drawn():
            _page(chapter)(view)  # st.Page.run would do it in whole runs only
            teach.note(view)
        document.brought(chapter)
        if not whole:
            controls.ended()


def _page(chapter: Chapter) -> Callable[[View], None]:
    """What draws a chapter: imported by its name, so that the frame knows none of them."""
    page: Callable[[View], None] = import_module(f"pages.{chapter.name}").page
    return page


def show(page: Callable[[View], None]) -> None:
    """Draw a page that Streamlit runs without `app.py`: the last line of every page script."""
    chapter = _navigation(_language())  # this makes Streamlit look for the page anew
    script = Path(str(sys.modules["__main__"].__file__)).resolve()
    if script == ROOT / "app.py":
        st.rerun()
    view = _frame(next((row for row in CHAPTERS if row.name == script.stem), chapter))
    _notices(view)
    with stage.ended(), memo.kept_for(view.state):
        page(view)
    document.brought(view.chapter)
    _end(view)


def _end(view: View) -> None:
    """What stands below every page. It is not in the body: it is the same whatever a control says."""
    if not view.staged:
        pager.large(view.chapter, view.lang)


def _language() -> str:
    """The language before the address has been read: the widget's, the address's, else the browser's."""
    asked = st.session_state.get("lang", st.query_params.get("lang"))
    return asked if asked in LANGUAGES else _browser_language()


def _browser_language() -> str:
    return "ja" if (st.context.locale or "").lower().startswith("ja") else "en"


def _navigation(lang: str) -> Chapter:
    """Draw the contents; the chapter that the address names."""
    pages = {
        row: st.Page(
            row.script,
            title=pager.title(row, lang),
            url_path=row.path,
            default=row.name == HOME,
        )
        for row in CHAPTERS
    }
    sections = {
        text(f"ui.section.{section}", lang): [pages[row] for row in rows]
        for section, rows in groupby(CHAPTERS, lambda row: row.section)
    }
    chosen = st.navigation(sections, position="top")
    return next(row for row, page in pages.items() if page is chosen)


def _settled(chapter: Chapter) -> View:
    """The view of this run, its address and its widgets settled."""
    opens = {"lang": _browser_language(), **dict(chapter.opens)}
    state, notices = controls.settle(chapter, opens)
    mode: Mode = "dark" if st.context.theme.type == "dark" else "light"
    theme = Theme(mode, PROJECTOR if state["present"] == 1 else 1.0, document.narrow())
    return View(chapter, str(state["lang"]), theme, state, notices)


def _frame(chapter: Chapter) -> View:
    """Everything that is the same on all pages, and the view."""
    view = _settled(chapter)
    lang, theme = view.lang, view.theme
    st.logo(_brand(lang, theme), size="large")
    # A dialog stands beside the app's root, on which Streamlit says which theme is in force.
    beside = f'[data-testid="stDialog"] {{ color-scheme: {theme.mode}; }}'
    st.html(f"<style>{style(staged=view.staged)}{beside}</style>")
    document.describe(chapter, lang, theme, staged=view.staged)
    with st.container(key="frame", horizontal=True, horizontal_alignment="right", vertical_alignment="center"):
        pager.small(chapter, lang)
        compares = pin.KEY in chapter.controls
        if view.staged:
            if compares and view.state[pin.KEY] is not None:
                st.button(text("ui.swap", lang), key="swap", type="tertiary", on_click=pin.swap)
            panel.button(lang)
            st.button(text("ui.leave", lang), key="leave", type="tertiary", on_click=controls.take, args=(DESK,))
            return view
        st.button(
            text("ui.reset", lang),
            key="reset",
            type="tertiary",
            on_click=controls.reset,
            args=(dict(chapter.opens),),
        )
        with st.popover(text("ui.view", lang), type="tertiary", key="view"):
            controls.choice("present", lang)
            if compares:
                st.button(text("ui.pin", lang), key="pin_state", on_click=pin.keep)
        panel.button(lang)
        controls.choice("lang", lang, label="collapsed")
    return view


def _notices(view: View) -> None:
    """What of the address could not be taken, and what of the app itself is damaged."""
    said = [notice.text(view.lang) for notice in view.notices]
    said += [
        markdown(one) for one in (*(error.text(view.lang) for error in assets.damaged()), complaint(view.lang)) if one
    ]
    if said:
        with st.container(key="notices"):
            for one in said:
                st.warning(one)
