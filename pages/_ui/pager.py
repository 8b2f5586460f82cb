"""The reader's place among the chapters, and the way to the one before and the one after."""

from __future__ import annotations

from typing import TYPE_CHECKING

import streamlit as st

from pages._ui.contents import CHAPTERS
from pages._ui.words import markdown, plain
from rnn_core.messages import text

if TYPE_CHECKING:
    from pages._ui.chapter import Chapter


def number(chapter: Chapter) -> int:
    """Which chapter it is, from 1."""
    return CHAPTERS.index(chapter) + 1


def title(chapter: Chapter, lang: str) -> str:
    """Its number and what it is about.

    Example:
        >>> title(CHAPTERS[1], "en")
        '2 · Inside a cell'
    """
    return f"{number(chapter)} · {text(f'{chapter.name}.title', lang)}"


def beside(chapter: Chapter) -> tuple[Chapter | None, Chapter | None]:
    """The chapter before it and the one after it; None at an end."""
    at = CHAPTERS.index(chapter)
    return (CHAPTERS[at - 1] if at else None), (CHAPTERS[at + 1] if at + 1 < len(CHAPTERS) else None)


def small(chapter: Chapter, lang: str) -> None:
    """For the frame: the place between two links that are an arrow to who sees them."""
    before, after = beside(chapter)
    with st.container(key="place", horizontal=True, vertical_alignment="center"):
        if before:
            _link(before, "ui.previous", "small_previous", lang)
        st.html(_place(chapter, lang), width="content")
        if after:
            _link(after, "ui.next", "small_next", lang)


def large(chapter: Chapter, lang: str) -> None:
    """For the end of a page: the next chapter with its question, the place, and the chapter before."""
    before, after = beside(chapter)
    with st.container(key="pager", horizontal=True, horizontal_alignment="distribute"):
        if before:
            st.page_link(before.script, label=f"‹ {markdown(title(before, lang))}", width="content")
        st.html(_place(chapter, lang), width="content")
        if after:
            asks = markdown(text(f"{after.name}.question", lang))
            with st.container(key="pager_next", width="content"):
                st.page_link(after.script, label=f"**{markdown(title(after, lang))} ›**  \n{asks}", width="content")


def _link(chapter: Chapter, says: str, key: str, lang: str) -> None:
    with st.container(key=key):
        st.page_link(chapter.script, label=markdown(text(says, lang, title=title(chapter, lang))), width="content")


def _place(chapter: Chapter, lang: str) -> str:
    at, count = number(chapter), len(CHAPTERS)
    said = plain(text("ui.place", lang, number=at, count=count))
    seen = f'<span aria-hidden="true">{at} / {count}</span>'
    return f'<p class="place" lang="{lang}"><span class="unseen">{said}</span>{seen}</p>'
